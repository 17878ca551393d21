import { afterEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { reportedFailures, startWithOneAgent } from './helpers/deliveries'
import { countOf, fullTimeoutMs, numbers, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const sends = 50
const hourMs = 3_600_000

describe('row 17: an expired token costs no message', () => {
  it.each(['refused by LiveChat', 'ended by the clock'])(
    '%s under 50 parallel sends: one renewal, and all 50 are delivered',
    async (how) => {
      sandbox = await startWithOneAgent({
        botpressKnobs: { concurrentMessageOperations: true },
        livechatKnobs: { inactivityMs: 24 * 30 * hourMs },
      })
      const talk = await startTalk(sandbox)
      const n = size(2, 10)
      let failures = 0
      for (const round of numbers(n)) {
        if (how === 'ended by the clock') await sandbox.advance(9 * hourMs)
        else sandbox.livechat.license.expireTokens()
        const mark = sandbox.ledger.mark()
        await Promise.all(numbers(sends).map((index) => talk.user.say(`text ${round} ${index}`)))
        await sandbox.settle()
        const renewals = sandbox.ledger.since(mark, { kind: 'call', name: 'accounts/token' }).length
        const counts = countOf(talk.agentSees())
        const wrong = numbers(sends).filter((index) => counts.get(`Teal: text ${round} ${index}`) !== 1).length
        expect({ renewals, wrong }).toEqual({ renewals: 1, wrong: 0 })
        failures += wrong
      }
      record({ row: 17, what: `rounds of 50 sends, token ${how}`, n, failures })
    },
    fullTimeoutMs,
  )

  it(
    'a refused renewal gives 50 clear errors and no loop',
    async () => {
      sandbox = await startWithOneAgent({ botpressKnobs: { concurrentMessageOperations: true } })
      const talk = await startTalk(sandbox)
      sandbox.livechat.license.expireTokens()
      sandbox.faults.livechat.add({
        route: 'accounts/token',
        times: Infinity,
        effect: { kind: 'status', status: 401, body: { oauth_exception: 'unauthorized_client' } },
      })
      const mark = sandbox.ledger.mark()
      await Promise.all(numbers(sends).map((index) => talk.user.say(`text ${index}`)))
      await sandbox.settle()
      const calls = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })
      const failed = reportedFailures(sandbox)
      record({
        row: 17,
        what: 'sends with the renewal refused',
        n: sends,
        failures: sends - failed.size,
        note: `${calls.length} calls`,
      })
      expect(failed.size).toBe(sends)
      const explained = sandbox.installation.logs().filter(({ text }) => /^A message .*"Client ID"/.test(text))
      expect(explained).toHaveLength(sends)
      // One send each, and no more renewals than sends: no send tries again by itself.
      expect(calls.filter(({ name }) => name === 'accounts/token').length).toBeLessThanOrEqual(sends)
      expect(calls.length).toBeLessThanOrEqual(2 * sends)
    },
    fullTimeoutMs,
  )
})
