import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../sandbox/botpress'
import { amber, birch, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { closeAll, startWithOneAgent } from './helpers/deliveries'
import { startInProcess } from '../helpers/in-process'
import { fullTimeoutMs, record, seed, size } from './helpers/measure'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startWithOneAgent({ startIntegration: startInProcess })
})
afterAll(() => sandbox.close())

type Delivery = { action: string; payload: Record<string, unknown> }

/**
 * Plays a whole session in LiveChat of which no webhook arrives: the agents' messages, a transfer, a note, the end, and
 * the end of an earlier thread once more. Returns its webhooks, to be delivered by hand.
 */
const playUnheard = async (talk: Talk): Promise<Delivery[]> => {
  const mute = sandbox.faults.botpress.add({
    route: 'webhook/receive',
    times: Infinity,
    effect: { kind: 'status', status: 200 },
  })
  const { desk } = sandbox.livechat
  const { chatId, threadId } = talk
  const chat = { chat_id: chatId, thread_id: threadId }
  const transfer = (agent: string): Delivery => ({
    action: 'chat_transferred',
    payload: { ...chat, reason: 'manual', transferred_to: { agent_ids: [agent] } },
  })
  const message = (eventId: string): Delivery => {
    const found = desk.transcript(chatId).find((entry) => entry.eventId === eventId)
    return { action: 'incoming_event', payload: { ...chat, event: found?.event } }
  }
  const deliveries: Delivery[] = []
  deliveries.push(message(desk.say(chatId, amber.email, 'one')))
  deliveries.push(message(desk.say(chatId, amber.email, 'two')))
  deliveries.push(message(desk.note(chatId, amber.email, 'not for you')))
  desk.transferToAgent(chatId, amber.email, birch.email)
  deliveries.push(transfer(birch.email))
  deliveries.push(message(desk.say(chatId, birch.email, 'three')))
  deliveries.push(message(desk.say(chatId, birch.email, 'four')))
  desk.close(chatId, birch.email)
  deliveries.push({ action: 'chat_deactivated', payload: { ...chat, user_id: birch.email } })
  // A late webhook about an earlier thread, which was closed before.
  deliveries.push({ action: 'chat_deactivated', payload: { chat_id: chatId, thread_id: 'EARL1ERTHR' } })
  await sandbox.settle()
  mute()
  return deliveries
}

const outcomeOf = (talk: Talk) => ({
  said: talk.user
    .chat()
    .flatMap(({ from, text }) => (from.startsWith('Agent ') ? [text ?? ''] : []))
    .sort(),
  ended: talk.userSees().filter((line) => line === `bot: ${pluginTexts.stoppedByAgent}`).length,
  isActive: talk.user.session.active,
  conversations: sandbox.installation.conversations().filter(({ tags }) => tags.livechatChatId === talk.chatId).length,
  openThreads: sandbox.livechat.desk.chats().filter(({ state }) => state !== 'closed').length,
})

const play = async (order: number[], repeats: number[]) => {
  const talk = await startTalk(sandbox)
  const deliveries = await playUnheard(talk)
  for (const index of [...order, ...repeats]) {
    const delivery = deliveries[index]
    if (delivery) expect(await sandbox.deliverWebhook(delivery.action, delivery.payload)).toBe(200)
    // Sometimes all at once, sometimes one by one.
    if (index % 2 === 0) await sandbox.settle()
  }
  await sandbox.settle()
  await sandbox.advance(10_000)
  const outcome = outcomeOf(talk)
  await closeAll(sandbox)
  return outcome
}

const inOrder = [0, 1, 2, 3, 4, 5, 6, 7]

describe('row 9: order does not matter to meaning', () => {
  it(
    'a session’s webhooks give the same result in any order, with late and repeated ones',
    async () => {
      const expected = await play(inOrder, [])
      expect(expected).toEqual({
        said: ['four', 'one', 'three', 'two'],
        ended: 1,
        isActive: false,
        conversations: 1,
        openThreads: 0,
      })
      const n = size(25, 500)
      let runs = 0
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(inOrder, { minLength: 8, maxLength: 8 }),
          fc.array(fc.nat({ max: 7 }), { maxLength: 4 }),
          async (order, repeats) => {
            runs += 1
            expect(await play(order, repeats)).toEqual(expected)
          },
        ),
        { numRuns: n, seed, endOnFailure: true },
      )
      record({ row: 9, what: 'permutations of a session', n: runs, failures: 0 })
    },
    fullTimeoutMs,
  )
})
