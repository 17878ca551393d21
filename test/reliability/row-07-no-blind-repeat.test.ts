import { afterEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../sandbox/faults'
import type { Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { startWithOneAgent } from './helpers/deliveries'
import { countOf, createRandom, fullTimeoutMs, numbers, record, size, timeScale } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('row 7: a write that may have landed is not repeated blindly', () => {
  const ways: [string, FaultEffect][] = [
    ['the socket dropped', { kind: 'reset', when: 'after' }],
    ['no answer', { kind: 'hang', when: 'after' }],
    ['an unreadable answer', { kind: 'junk', body: '<html>', when: 'after' }],
  ]
  it.each(ways)(
    'send_event applied and then %s: the agent sees each text once',
    async (what, effect) => {
      const random = createRandom(7)
      sandbox = await startWithOneAgent({ timeScale })
      const talk = await startTalk(sandbox)
      const n = size(6, 100)
      sandbox.faults.livechat.add({ route: 'customer/send_event', times: Infinity, chance: 0.8, effect })
      for (const index of numbers(n)) {
        await talk.user.say(`text ${index}`)
        if (random.chance(0.2)) await sandbox.settle()
      }
      await sandbox.settle()
      const counts = countOf(talk.agentSees())
      const doubled = numbers(n).filter((index) => (counts.get(`Teal: text ${index}`) ?? 0) > 1)
      const unseen = numbers(n).filter((index) => !counts.has(`Teal: text ${index}`))
      record({ row: 7, what: `send_event applied, then ${what}`, n, failures: doubled.length + unseen.length })
      expect(doubled).toEqual([])
      expect(unseen).toEqual([])
    },
    fullTimeoutMs,
  )
})
