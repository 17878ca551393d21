import { afterEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../sandbox/faults'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { closeAll, reportedFailures, shownFrom, startWithOneAgent } from './helpers/deliveries'
import { countOf, createRandom, fullTimeoutMs, isFull, numbers, record, size, timeScale } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

describe('row 6: killed at any moment, nothing is lost or doubled', () => {
  it(
    'with live sessions, at random points',
    async () => {
      const random = createRandom(6)
      sandbox = await startWithOneAgent({ latencyMs: 5, livechatKnobs: { inactivityMs: 24 * 3_600_000 } })
      const kills = size(4, 50)
      const talks: Talk[] = []
      while (talks.length < size(6, 20)) talks.push(await startTalk(sandbox))
      const byUser: [Talk, string][] = []
      const byAgent: [Talk, string][] = []
      for (const round of numbers(kills)) {
        for (const [index, talk] of talks.entries()) {
          const text = `message ${round} ${index}`
          if (random.chance(0.5)) {
            byUser.push([talk, text])
            await talk.user.say(text)
          } else {
            byAgent.push([talk, text])
            sandbox.livechat.desk.say(talk.chatId, amber.email, text)
          }
        }
        await pause(random.int(60))
        await sandbox.integration.restart()
        await sandbox.settle()
        // LiveChat redelivers what the killed process did not answer.
        await sandbox.advance(60_000)
      }
      const failed = reportedFailures(sandbox)
      const tally = { lostToUser: 0, doubledToUser: 0, lostToAgent: 0, doubledToAgent: 0 }
      for (const [talk, text] of byAgent) {
        const times = shownFrom(talk).filter((shown) => shown === text).length
        if (times === 0) tally.lostToUser += 1
        if (times > 1) tally.doubledToUser += 1
      }
      const atAgent = new Map(talks.map((talk) => [talk, countOf(talk.agentSees())]))
      let broken = 0
      for (const [talk, text] of byUser) {
        const times = atAgent.get(talk)?.get(`Teal: ${text}`) ?? 0
        if (times === 0 && failed.has(text)) broken += 1
        if (times === 0 && !failed.has(text)) tally.lostToAgent += 1
        if (times > 1) tally.doubledToAgent += 1
      }
      const failures = Object.values(tally).reduce((sum, each) => sum + each, 0)
      record({
        row: 6,
        what: `messages around ${kills} kills`,
        n: byUser.length + byAgent.length,
        failures,
        note: `${broken} operations visibly broken`,
      })
      expect(tally).toEqual({ lostToUser: 0, doubledToUser: 0, lostToAgent: 0, doubledToAgent: 0 })
    },
    fullTimeoutMs,
  )

  const openThreads = (): number => sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed').length
  let people = 0
  const newPerson = () => {
    people += 1
    return sandbox.installation.endUser({ name: 'Teal', email: `row6-${people}@example.com` })
  }

  /** The remote calls of one start, in order: the route, and how many calls of that route came before. */
  const callsOfStart = async (): Promise<{ route: string; skip: number; side: 'livechat' | 'botpress' }[]> => {
    const mark = sandbox.ledger.mark()
    await newPerson().askForHuman({ title: 'Count' })
    const calls = sandbox.ledger
      .since(mark, { kind: 'call' })
      .filter(({ name }) => name !== 'webhook/receive' && !name.startsWith('GET files/'))
    await sandbox.settle()
    await closeAll(sandbox)
    const seen = new Map<string, number>()
    return calls.map(({ name, side }) => {
      const skip = seen.get(name) ?? 0
      seen.set(name, skip + 1)
      return { route: name, skip, side }
    })
  }

  it(
    'a start that fails before or after any of its remote calls leaves no open thread',
    async () => {
      sandbox = await startWithOneAgent({ timeScale })
      const calls = await callsOfStart()
      let n = 0
      const wrong: string[] = []
      for (const when of ['before', 'after'] as const) {
        // A refusal means that nothing happened. If the call took effect all the same, it looks like a fault.
        const effects: FaultEffect[] = [
          when === 'before'
            ? { kind: 'status', status: 400, body: { error: { type: 'authorization' } } }
            : { kind: 'reset', when },
          ...(isFull ? [{ kind: 'status', status: 500, when } as const, { kind: 'hang', when } as const] : []),
        ]
        for (const effect of effects)
          for (const { route, skip, side } of calls) {
            n += 1
            const heal = sandbox.faults[side].add({ route, skip, times: Infinity, effect })
            const { started } = await newPerson().askForHuman({ title: 'Try' })
            heal()
            await sandbox.settle()
            if (started ? openThreads() !== 1 : openThreads() !== 0)
              wrong.push(
                `${route} ${skip} ${JSON.stringify(effect)}: started ${started}, ${openThreads()} open threads`,
              )
            await closeAll(sandbox)
          }
      }
      record({ row: 6, what: 'starts failed at a remote call', n, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )

  it(
    'a thread that a start leaves open when it is killed at any remote call is closed at that user’s next start',
    async () => {
      sandbox = await startWithOneAgent()
      const calls = await callsOfStart()
      let n = 0
      const wrong: string[] = []
      const chosen = isFull ? calls : calls.filter(({ route }) => /start_chat|conversations|get_chat/.test(route))
      for (const when of ['before', 'after'] as const)
        for (const { route, skip, side } of chosen) {
          n += 1
          const user = newPerson()
          const mark = sandbox.ledger.mark()
          const heal = sandbox.faults[side].add({ route, skip, times: Infinity, effect: { kind: 'hang', when } })
          const start = user.askForHuman({ title: 'First try' })
          const isReached = () =>
            sandbox.ledger.since(mark).some((entry) => entry.name === route && entry.detail?.['fault'] === 'hang')
          const over = start.then(() => true)
          // A webhook may make the call that the start made when the calls were counted.
          while (!isReached() && !(await Promise.race([over, pause(2)]))) continue
          await sandbox.integration.restart()
          heal()
          if ((await start).started) await user.end()
          await sandbox.settle()
          await sandbox.advance(60_000)
          await user.askForHuman({ title: 'Second try' })
          await sandbox.settle()
          if (openThreads() !== 1 || !user.session.active)
            wrong.push(`${route} ${skip} ${when}: ${openThreads()} open threads, active ${user.session.active}`)
          await closeAll(sandbox)
        }
      record({ row: 6, what: 'starts killed at a remote call', n, failures: wrong.length })
      // A known exception, counted above and described in SECURITY.md: if the process is killed while or after it
      // records the agent, what remains looks like a session whose end user is silent. Its thread stays open until
      // LiveChat closes it for inactivity.
      const known = /^(PUT \/v1\/chat\/conversations\/:id|POST \/v1\/chat\/events) \d+ \w+: 2 open threads/
      expect(wrong.filter((each) => !known.test(each))).toEqual([])
    },
    fullTimeoutMs,
  )
})
