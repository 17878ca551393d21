import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, type Sandbox } from '../../sandbox/start-sandbox'
import { talkOf } from '../helpers/talk'
import { closeAll, startWithOneAgent } from './helpers/deliveries'
import { createRandom, fullTimeoutMs, isFull, numbers, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('row 10: a webhook may come before the call that caused it returns', () => {
  it(
    'nothing is lost, the order is kept and each thread has one conversation, whatever the agent does in the drop window',
    async () => {
      const random = createRandom(10)
      sandbox = await startWithOneAgent()
      const { desk, knobs } = sandbox.livechat
      const n = size(20, 200)
      const wrong: string[] = []
      for (const run of numbers(n)) {
        knobs.webhookOrder = random.pick(['before', 'after'])
        knobs.chatTransferredOnFirstAssignment = random.chance(0.5) ? 'fromQueue' : 'never'
        sandbox.botpress.knobs.activationDelayMs = random.int(4_500)
        const user = sandbox.installation.endUser({ name: 'Teal', email: `row10-${run}@example.com` })
        let chatId = ''
        const said: string[] = []
        const say = (agent: string = amber.email): void => {
          said.push(`words ${run} ${said.length}`)
          desk.say(chatId, agent, said.at(-1) ?? '')
        }
        // The answer to the call comes late. Meanwhile the agent already writes.
        const delayMs = random.int(isFull ? 500 : 60)
        sandbox.faults.livechat.add({ route: 'customer/start_chat', effect: { kind: 'delay', delayMs, when: 'after' } })
        const early = random.int(3)
        const stopWatching = sandbox.ledger.subscribe(({ name, detail }) => {
          if (name !== 'agent_assigned') return
          stopWatching()
          chatId = String(detail?.['chatId'])
          queueMicrotask(() => numbers(early).forEach(() => say()))
        })
        await user.askForHuman({ title: 'Hello' })
        let owner: string = amber.email
        let isClosed = false
        for (let left = random.int(6); left > 0; left -= 1) {
          await sandbox.advance(random.int(2_000))
          const what = random.pick(['say', 'say', 'say', 'transfer', 'close'])
          if (what === 'say') say(owner)
          if (what === 'transfer') {
            const next = owner === amber.email ? birch.email : amber.email
            desk.transferToAgent(chatId, owner, next)
            owner = next
          }
          if (what === 'close') {
            desk.close(chatId, owner)
            isClosed = true
            break
          }
          if (random.chance(0.5)) await sandbox.settle()
        }
        await sandbox.settle()
        await sandbox.advance(15_000)
        const talk = talkOf(sandbox, user)
        const heard = talk.user.chat().flatMap(({ from, text }) => (from.startsWith('Agent ') ? [text ?? ''] : []))
        const conversations = sandbox.installation
          .conversations()
          .filter(({ tags }) => tags.livechatChatId === chatId && tags.livechatThreadId === talk.threadId).length
        const problems = [
          ...(heard.join('|') === said.join('|') ? [] : [`heard ${heard.join('|')} of ${said.join('|')}`]),
          ...(conversations === 1 ? [] : [`${conversations} conversations`]),
          ...(user.session.active === !isClosed ? [] : [`active ${user.session.active}`]),
        ]
        if (problems.length > 0) wrong.push(`run ${run}: ${problems.join(', ')}`)
        await closeAll(sandbox)
        await sandbox.advance(10_000)
      }
      record({ row: 10, what: 'starts with agents who are quicker', n, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )
})
