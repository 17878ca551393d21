import { VirtualClock } from '../../../sandbox/clock'
import { Faults } from '../../../sandbox/faults'
import { Ledger } from '../../../sandbox/ledger'
import { startLiveChat, type LiveChatEmulator, type LiveChatKnobs } from '../../../sandbox/livechat'
import { seededRandom } from '../../../sandbox/random'
import type { Fetch } from '../calls'
import { noHands, type Hands } from '../hands'
import { scopes } from '../preflight'
import { runProbe, type ProbeResult } from '../probe'
import { startReceiver } from '../receiver'
import { reportOf, textOf, type ProbeReport } from '../report'
import { Stopped } from '../sighting'

const clientId = '9cbf3a968289727cb3cdfe83ab1d9836'
const redirectUri = 'https://webhook.example.com/abc'
const receiverUrl = 'https://tunnel.example.com'
const owner = { email: 'plum@example.com', name: 'Agent Plum' }
const group = { id: 9, name: 'Probe' }
/** For the only moment in which time must pass although a delivery is under way: while its answer is held back. */
const graceMs = 1_000

export type SceneOptions = {
  knobs?: Partial<LiveChatKnobs>
  hasHands?: boolean
  isConfirmed?: boolean
  /** After how many calls to LiveChat the owner stops the probe. */
  stopsAfterCalls?: number
  /** Default: those that the probe lists. */
  scopes?: string[]
  /** Where a probe in another process waits for webhooks. Default: the receiver of this scene. */
  receiverPort?: number
  /** Further agents in the probe's group. */
  colleagues?: string[]
}

export type Scene = {
  runId: string
  livechat: LiveChatEmulator
  faults: Faults
  /** For a probe in another process. */
  environment: Record<string, string>
  switchWebhooksOff: () => void
  run: () => Promise<ProbeResult | undefined>
  report: () => Promise<ProbeReport>
  /** Runs the probe. Returns all that it prints and writes. */
  printed: () => Promise<string>
  /** What is still open, registered or changed. */
  leftovers: () => string[]
  secrets: () => string[]
  close: () => Promise<void>
}

/** A license on the emulator, and the probe with a receiver behind a tunnel. Waiting moves the clock. */
export const startScene = async (options: SceneOptions = {}): Promise<Scene> => {
  const runId = 'a1b2'
  const secret = 'secret-of-this-run'
  const clock = new VirtualClock()
  const faults = new Faults()
  const tokens = new Set<string>()
  const receiver = await startReceiver({ port: 0, secret, runId })
  const port = options.receiverPort ?? receiver.port
  let line: Promise<unknown> = Promise.resolve()

  const toReceiver = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${new URL(url).pathname}`, init)
    await response.arrayBuffer()
    return { status: response.status }
  }

  const livechat = await startLiveChat({
    clock,
    faults,
    ledger: new Ledger(clock),
    random: seededRandom(7),
    knobs: { deliveryGraceMs: 20, ...options.knobs },
    // One line to the receiver, so that deliveries arrive in the order in which LiveChat sends them.
    deliver: (url, body, signal) => {
      const sent = line.then(() => toReceiver(url, { method: 'POST', body, signal }))
      line = sent.catch(() => undefined)
      return sent
    },
  })
  const { license } = livechat
  license.addGroup(group)
  license.addApp({ clientId, redirectUris: [redirectUri] })
  license.addAgent({ ...owner, role: 'administrator', groupIds: [group.id], status: 'not_accepting_chats' })
  license.setWorkSchedule(owner.email, {
    timezone: 'Europe/Warsaw',
    days: { monday: { start: '09:00', end: '17:00' } },
  })
  for (const email of options.colleagues ?? []) license.addAgent({ email, name: email, groupIds: [group.id] })
  const basic = license.addPat({ agentEmail: owner.email, scopes: options.scopes ?? Object.keys(scopes) })
  const [accountId = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  const personalAccessToken = rest.join(':')

  const stopping = new AbortController()
  let calls = 0
  /** Vendors' names lead to the emulator, the tunnel to the receiver. Notes the credentials that LiveChat gives. */
  const mapped: Fetch = async (url, init) => {
    const { origin, pathname, search } = new URL(url)
    if (origin === receiverUrl) return fetch(`http://127.0.0.1:${receiver.port}${pathname}`, init)
    const response = await fetch(`${livechat.url}${pathname}${search}`, init)
    calls += 1
    if (calls === options.stopsAfterCalls) stopping.abort()
    for (const cookie of response.headers.getSetCookie()) tokens.add(/__lc_cst=([^;]+)/.exec(cookie)?.[1] ?? cookie)
    const token = /"access_token":"([^"]+)"/.exec(await response.clone().text())?.[1]
    if (token !== undefined) tokens.add(token)
    return response
  }

  const wait = async (ms: number): Promise<void> => {
    if (stopping.signal.aborted) throw new Stopped('stopped')
    await Promise.race([livechat.settle(), new Promise((resolve) => setTimeout(resolve, graceMs))])
    await clock.advance(ms)
  }
  const notes: string[] = []
  const run = (): Promise<ProbeResult | undefined> =>
    runProbe({
      app: { clientId, organizationId: license.organizationId, redirectUri },
      agentAccess: { accountId, personalAccessToken },
      groupId: group.id,
      receiverUrl,
      receiver,
      runId,
      secret,
      hands: options.hasHands === false ? noHands : handsAt(livechat),
      fetch: mapped,
      wait,
      signal: stopping.signal,
      confirm: () => Promise.resolve(options.isConfirmed ?? true),
      note: (note) => void notes.push(note),
    })
  const report = async (): Promise<ProbeReport> => {
    const result = await run()
    if (!result) throw new Error('the probe did not begin')
    return reportOf(result)
  }

  return {
    runId,
    livechat,
    faults,
    run,
    report,
    environment: {
      LIVECHAT_CLIENT_ID: clientId,
      LIVECHAT_ORGANIZATION_ID: license.organizationId,
      LIVECHAT_ACCOUNT_ID: accountId,
      LIVECHAT_PERSONAL_ACCESS_TOKEN: personalAccessToken,
      WEBHOOK_URL: redirectUri,
    },
    switchWebhooksOff: () => license.disableWebhooks(clientId),
    printed: async () => {
      const done = await report()
      return [...notes, textOf(done), JSON.stringify(done)].join('\n')
    },
    leftovers: () => [
      ...livechat.desk
        .chats()
        .flatMap(({ chatId, state, isPinned }) => [
          ...(state === 'closed' ? [] : [`chat ${chatId} is ${state}`]),
          ...(isPinned ? [`chat ${chatId} is pinned`] : []),
        ]),
      ...livechat.webhooks.list().map(({ action }) => `webhook ${action}`),
      ...license.agents().flatMap(({ id, status }) => (status === 'not_accepting_chats' ? [] : [`${id} is ${status}`])),
    ],
    secrets: () => [personalAccessToken, basic, secret, ...tokens],
    close: async () => {
      await livechat.close()
      await receiver.close()
    },
  }
}

/** Somebody who does in LiveChat's app what the probe asks for. Bold text is nothing that the emulator has. */
const handsAt = ({ desk }: LiveChatEmulator): Hands => ({
  do: (task, chatId) => {
    if (task === 'reopen') desk.reopen(chatId, owner.email)
    else desk.pickUp(chatId, owner.email)
    return Promise.resolve(true)
  },
  see: (look, chatId, text) =>
    Promise.resolve(
      look === 'boldText' ? undefined : desk.transcript(chatId).some((entry) => entry.text.includes(text)),
    ),
})
