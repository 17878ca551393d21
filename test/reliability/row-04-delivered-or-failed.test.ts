import { afterEach, describe, expect, it } from 'vitest'
import type { Faults } from '../../sandbox/faults'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { reportedFailures, shownFrom, startWithOneAgent } from './helpers/deliveries'
import { countOf, createRandom, fullTimeoutMs, numbers, record, size, timeScale } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

/**
 * 5 % of the calls answer 500, 3 % 429, 2 % reset, 1 % hang, 1 % junk. Half of the faults come after the request has
 * taken effect, except those with 429.
 */
const addWeather = (faults: Faults, route: RegExp): void => {
  const refusal = { error: { type: 'too_many_requests' } }
  faults.add({ route, times: Infinity, chance: 0.03, effect: { kind: 'status', status: 429, body: refusal } })
  for (const when of ['before', 'after'] as const) {
    const add = (chance: number, effect: Parameters<Faults['add']>[0]['effect']): unknown =>
      faults.add({ route, times: Infinity, chance: chance / 2, effect })
    add(0.05, { kind: 'status', status: 500, when })
    add(0.02, { kind: 'reset', when })
    add(0.01, { kind: 'hang', when })
    add(0.01, { kind: 'junk', body: '<html>bad gateway</html>', when })
  }
}

const livechatRoutes = /^(customer|accounts)\//
const botpressRoutes = /^(GET|POST|PUT|PATCH) \/v1\/chat\//

describe('row 4: accepted means delivered or visibly failed', () => {
  it(
    'loses no message silently and doubles none, with many faults on both sides and two outages',
    async () => {
      const random = createRandom(4)
      sandbox = await startWithOneAgent({ timeScale, livechatKnobs: { inactivityMs: 24 * 3_600_000 } })
      const n = size(45, 2_000)
      const talks: Talk[] = []
      while (talks.length < size(4, 20)) talks.push(await startTalk(sandbox))
      const { livechat, botpress } = sandbox.faults
      const fair = (): void => {
        livechat.clear()
        botpress.clear()
      }
      const bad = (): void => {
        fair()
        addWeather(livechat, livechatRoutes)
        addWeather(botpress, botpressRoutes)
      }
      const outage = (): void => {
        fair()
        livechat.add({ route: livechatRoutes, times: Infinity, effect: { kind: 'status', status: 503 } })
        botpress.add({ route: botpressRoutes, times: Infinity, effect: { kind: 'status', status: 503 } })
      }
      bad()
      const sent = { byUser: [] as [Talk, string][], byAgent: [] as [Talk, string][] }
      const outages = new Map([
        [Math.floor(n / 3), 45_000],
        [Math.floor((2 * n) / 3), 300_000],
      ])
      for (const index of numbers(n)) {
        const talk = random.pick(talks as [Talk, ...Talk[]])
        const text = `message ${index}`
        if (random.chance(0.5)) {
          sent.byUser.push([talk, text])
          await talk.user.say(text)
        } else {
          sent.byAgent.push([talk, text])
          sandbox.livechat.desk.say(talk.chatId, amber.email, text)
        }
        const outageMs = outages.get(index)
        if (outageMs !== undefined) {
          outage()
          for (const each of talks) {
            sent.byAgent.push([each, `during outage ${index}`])
            sandbox.livechat.desk.say(each.chatId, amber.email, `during outage ${index}`)
          }
          await sandbox.advance(outageMs)
          bad()
        }
        if (random.chance(0.25)) await sandbox.settle()
        if (random.chance(0.1)) await sandbox.advance(2_000)
      }
      await sandbox.settle()
      await sandbox.advance(60_000)
      // The faults end, and both sides write one message more.
      fair()
      for (const talk of talks) {
        sandbox.livechat.desk.say(talk.chatId, amber.email, 'is everything settled?')
        await talk.user.say('yes')
      }
      await sandbox.settle()
      await sandbox.advance(60_000)

      const failed = reportedFailures(sandbox)
      const atUser = new Map(talks.map((talk) => [talk, countOf(shownFrom(talk))]))
      const atAgent = new Map(talks.map((talk) => [talk, countOf(talk.agentSees())]))
      const toUser = sent.byAgent.map(([talk, text]) => atUser.get(talk)?.get(text) ?? 0)
      const toAgent = sent.byUser.map(([talk, text]) => ({
        times: atAgent.get(talk)?.get(`Teal: ${text}`) ?? 0,
        isReported: failed.has(text),
      }))
      const tally = {
        lostToUser: toUser.filter((times) => times === 0).length,
        doubledToUser: toUser.filter((times) => times > 1).length,
        lostToAgent: toAgent.filter(({ times, isReported }) => times === 0 && !isReported).length,
        doubledToAgent: toAgent.filter(({ times }) => times > 1).length,
      }
      const reported = toAgent.filter(({ times, isReported }) => times === 0 && isReported).length
      const falseAlarms = toAgent.filter(({ times, isReported }) => times > 0 && isReported).length
      const failures = Object.values(tally).reduce((sum, each) => sum + each, 0)
      record({
        row: 4,
        what: 'messages both ways in bad weather',
        n: sent.byAgent.length + sent.byUser.length,
        failures,
        note: `${reported} reported as failed, ${falseAlarms} arrived though reported, ${JSON.stringify(tally)}`,
      })
      const lost = sent.byAgent.filter((_each, index) => toUser[index] === 0).map(([, text]) => text)
      expect(lost).toEqual([])
      expect(tally).toEqual({ lostToUser: 0, doubledToUser: 0, lostToAgent: 0, doubledToAgent: 0 })
      expect(talks.every((talk) => talk.user.session.active)).toBe(true)
    },
    fullTimeoutMs,
  )
})
