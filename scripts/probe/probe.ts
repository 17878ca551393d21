import { acts } from './acts'
import { accepted, createLiveChat, Refused, Unreached, type Fetch } from './calls'
import { beliefIds } from './catalogue'
import { leave, restoreStatus } from './chats'
import { CleanUp } from './clean-up'
import { makeCustomer, type App, type ProbeCustomer } from './customer'
import type { Hands } from './hands'
import { hooksOf, register, unregisterAll, type HookStage } from './hooks'
import { NotReady, preflight, type Preflight } from './preflight'
import { greetingPath, hookPath, type Receiver } from './receiver'
import { CannotSee, Stopped, type Sightings } from './sighting'
import type { Stage } from './stage'

export type ProbeOptions = {
  app: App
  agentAccess: { accountId: string; personalAccessToken: string }
  groupId: number
  /** The tunnel's address, which leads to the receiver. */
  receiverUrl: string
  /** Takes the webhooks of this run. The caller closes it. */
  receiver: Receiver
  /** Part of every name that the probe gives. */
  runId: string
  /** A secret for the webhooks of this run alone. */
  secret: string
  hands: Hands
  fetch: Fetch
  /** Waits; rejects with `Stopped` once the owner has stopped the probe. */
  wait: (ms: number) => Promise<void>
  signal: AbortSignal
  /** Whether to begin, after this was read. */
  confirm: (found: Preflight) => Promise<boolean>
  note: (line: string) => void
}

export type ProbeResult = {
  runId: string
  sightings: Sightings
  /** What the owner has to put back by hand. */
  left: string[]
  isStopped: boolean
}

/**
 * Plays both sides of short chats on a license, and tells what LiveChat did. Closes, removes and puts back what it has
 * changed, also after a failure or when it is stopped.
 * @throws NotReady if it could not begin
 */
export const runProbe = async (options: ProbeOptions): Promise<ProbeResult | undefined> => {
  const { app, agentAccess, groupId, runId, signal, note } = options
  const cleanUp = new CleanUp()
  let isCleaning = false
  const fetch: Fetch = (url, init) =>
    signal.aborted && !isCleaning ? Promise.reject(new Stopped('stopped')) : options.fetch(url, init)
  const livechat = createLiveChat({ fetch, organizationId: app.organizationId, ...agentAccess })
  const sightings: Sightings = new Map()
  let outcome: 'done' | 'stopped' | 'failed' = 'failed'
  let left: string[] = []

  const found = await preflight(livechat, agentAccess.accountId, groupId)
  if (!(await options.confirm(found))) return undefined
  try {
    const stage = await setUp(options, { livechat, fetch, found, cleanUp })
    await playAll(stage, sightings, note)
    outcome = 'done'
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    outcome = 'stopped'
  } finally {
    isCleaning = true
    note('Closing and removing what the probe has made')
    left = await cleanUp.run()
    if (outcome === 'failed') for (const what of left) note(`PUT BACK BY HAND: ${what}`)
  }
  for (const id of beliefIds) if (!sightings.has(id)) sightings.set(id, { notSeen: 'the probe did not come so far' })
  return { runId, sightings, left, isStopped: outcome === 'stopped' }
}

type Making = {
  livechat: ReturnType<typeof createLiveChat>
  fetch: Fetch
  found: Preflight
  cleanUp: CleanUp
}

const setUp = async (options: ProbeOptions, { livechat, fetch, found, cleanUp }: Making): Promise<Stage> => {
  const { app, groupId, receiver, runId, secret, hands, wait, note } = options
  const { agent, configuration } = livechat
  const base = options.receiverUrl.replace(/\/+$/, '')
  await checkTunnel(fetch, base + greetingPath(runId), receiver.port)

  const hookStage: HookStage = { configuration, app, secret, runId, hookUrl: (hook) => base + hookPath(runId, hook) }
  cleanUp.add(`webhooks whose description is “Probe ${runId}: …”`, () => unregisterAll(hookStage))
  for (const [name, hook] of Object.entries(hooksOf(found.me.email))) {
    const answer = await register(hookStage, name, hook)
    if (!answer.isOk) note(`  The webhook ${hook.action} was ${answer.outcome}. What needs it stays unseen.`)
  }
  const make = async (number: number): Promise<ProbeCustomer> => {
    const customer = await makeCustomer(livechat, app, `Probe ${runId} (${number})`)
    cleanUp.add(`the chat of “${customer.name}”`, () => leave(livechat, customer))
    return customer
  }
  const customers = { first: await make(1), second: await make(2) }
  cleanUp.add(`the status of ${found.me.email}: ${found.me.status}`, () => restoreStatus(livechat, found.me))
  accepted('set_routing_status', await agent('set_routing_status', { status: 'accepting_chats' }))
  return { ...hookStage, groupId, me: found.me, livechat, agent, customers, receiver, hands, wait }
}

const checkTunnel = async (fetch: Fetch, url: string, port: number): Promise<void> => {
  const wanted = new URL(url).pathname.split('/')[1]
  const text = await fetch(url).then(
    (response) => response.text(),
    () => undefined,
  )
  if (text !== wanted)
    throw new NotReady(`${new URL(url).origin} does not lead to port ${port} of this machine: start the tunnel first.`)
}

/** A scene that fails costs its own beliefs only. */
const playAll = async (stage: Stage, sightings: Sightings, note: (line: string) => void): Promise<void> => {
  for (const [index, act] of acts.entries()) {
    note(`${`${index + 1}/${acts.length}`.padEnd(6)}${act.title}`)
    let why = 'the scene ended before'
    try {
      await act.play(stage, (belief, sighting) => void sightings.set(belief, sighting))
    } catch (error) {
      if (!(error instanceof CannotSee || error instanceof Refused || error instanceof Unreached)) throw error
      why = error.message
      await leaveAll(stage)
    }
    for (const belief of act.beliefs) if (!sightings.has(belief)) sightings.set(belief, { notSeen: why })
  }
}

/** The next scene begins with closed chats. What cannot be closed now is closed at the end. */
const leaveAll = async ({ livechat, customers }: Stage): Promise<void> => {
  for (const customer of Object.values(customers)) {
    try {
      await leave(livechat, customer)
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreached)) throw error
    }
  }
}
