import { afterEach, describe, expect, it } from 'vitest'
import { AMBER, dig, startBench, type Bench, type Json } from '../test-bench'

let bench: Bench
afterEach(() => bench.close())

const open = async (knobs: Parameters<typeof startBench>[0], withAgent = true) => {
  bench = await startBench(knobs, withAgent)
  const who = await bench.customer()
  const { body } = await bench.call(who, 'start_chat', { continuous: true })
  const chatId = String(body['chat_id'])
  const users = async (): Promise<Json[]> =>
    (await bench.call(who, 'get_chat', { chat_id: chatId })).body['users'] as Json[]
  const agents = async () => (await users()).flatMap((user) => (user['type'] === 'agent' ? [user['present']] : []))
  return { who, chatId, agents }
}

describe('the agents of a closed thread', () => {
  it.each([
    ['notPresentAtClose', [false], [false]],
    ['notPresentAtReopening', [true], [false]],
    ['removedAtReopening', [true], []],
  ] as const)('are %s', async (pastAgents, afterClose, afterReopening) => {
    const { who, chatId, agents } = await open({ pastAgents })
    expect(await agents()).toEqual([true])
    bench.livechat.desk.close(chatId, AMBER)
    expect(await agents()).toEqual(afterClose)
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    await bench.call(who, 'resume_chat', { chat: { id: chatId }, continuous: true })
    expect(await agents()).toEqual(afterReopening)
  })
})

describe('a chat that its customer closes while it waits', () => {
  it.each([true, false])('stays pinned: %s', async (pinnedAfterCustomerClose) => {
    const { who, chatId } = await open({ pinnedAfterCustomerClose }, false)
    await bench.call(who, 'deactivate_chat', { id: chatId })
    const [chat] = bench.livechat.desk.chats()
    expect(dig(chat, 'isPinned')).toBe(pinnedAfterCustomerClose)
  })
})
