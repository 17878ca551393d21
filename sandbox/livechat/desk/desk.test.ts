import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  like,
  something,
  containing,
  AMBER,
  BIRCH,
  CLIENT_ID,
  dig,
  startBench,
  type Bench,
  type Json,
  type TestCustomer,
} from '../test-bench'

let bench: Bench
let who: TestCustomer
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
  for (const action of [
    ...['incoming_event', 'chat_deactivated', 'chat_transferred', 'chat_access_updated'],
    ...['user_added_to_chat', 'user_removed_from_chat'],
  ]) {
    bench.webhook(action)
  }
})
afterEach(() => bench.close())

const start = async (body: Json = {}, customer = who): Promise<string> => {
  const answer = await bench.call(customer, 'start_chat', body)
  expect(answer.status, answer.text).toBe(200)
  return String(answer.body['chat_id'])
}
const settle = () => bench.livechat.settle()
const chatOf = (chatId: string) => bench.livechat.desk.chats().find((chat) => chat.chatId === chatId)
const threadShape = async (chatId: string, customer = who): Promise<Json> =>
  dig((await bench.call(customer, 'get_chat', { chat_id: chatId })).body, 'thread') as Json
const systemMessages = (): unknown[] =>
  bench.payloads('incoming_event').flatMap(({ event }) => dig(event, 'system_message_type') ?? [])

describe('waiting and being picked up', () => {
  it('waits in line while agents are full, and moves up when one is free', async () => {
    bench.livechat.license.addAgent({ email: AMBER, name: 'Agent Amber', maxChats: 1 })
    const others = [await bench.customer(), await bench.customer()] as const
    const first = await start()
    const second = await start({}, others[0])
    const third = await start({}, others[1])
    expect(await threadShape(third, others[1])).toMatchObject({
      queue: { position: 2, wait_time: something(), queued_at: like(/Z$/) },
    })
    bench.livechat.desk.close(first, AMBER)
    expect(chatOf(second)).toMatchObject({ state: 'assigned', agentIds: [AMBER] })
    expect(await threadShape(second, others[0])).not.toHaveProperty('queue')
    expect(chatOf(third)).toMatchObject({ state: 'queued', queuePosition: 1 })
    await settle()
    expect(bench.payloads('user_added_to_chat')[0]).toMatchObject({ chat_id: second, user: { id: AMBER } })
  })

  it.each([true, false])('reports the first assignment as a transfer: %s', async (fires) => {
    bench.livechat.knobs.autoAssign = false
    bench.livechat.knobs.chatTransferredOnFirstAssignment = fires ? 'fromQueue' : 'never'
    const chatId = await start()
    expect(chatOf(chatId)?.state).toBe('queued')
    bench.livechat.desk.setStatus(AMBER, 'accepting_chats')
    bench.livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    expect(chatOf(chatId)?.state).toBe('queued')
    bench.livechat.desk.pickUp(chatId, AMBER)
    bench.livechat.desk.pickUp(chatId, AMBER)
    await settle()
    expect(bench.actions()).toEqual(fires ? ['user_added_to_chat', 'chat_transferred'] : ['user_added_to_chat'])
    if (fires) {
      expect(bench.payloads('chat_transferred')[0]).toEqual({
        chat_id: chatId,
        thread_id: chatOf(chatId)?.threadId,
        reason: 'assigned',
        transferred_to: { agent_ids: [AMBER] },
      })
    }
  })

  it.each(['always', 'fromQueue', 'never'] as const)(
    'tells an assignment at the start as a transfer: %s',
    async (knob) => {
      bench.livechat.knobs.chatTransferredOnFirstAssignment = knob
      const chatId = await start()
      await settle()
      expect(chatOf(chatId)?.state).toBe('assigned')
      const told = knob === 'always' ? [{ reason: 'assigned', transferred_to: { agent_ids: [AMBER] } }] : []
      expect(bench.payloads('chat_transferred')).toMatchObject(told)
    },
  )

  it.each<[string, boolean, 'customer' | 'agent', boolean]>([
    ['a customer closes a waiting chat', false, 'customer', true],
    ['a customer closes an assigned chat', true, 'customer', false],
    ['an agent closes a waiting chat', false, 'agent', false],
  ])('leaves a chat pinned: %s', async (_, isAssigned, closer, isPinned) => {
    bench.livechat.knobs.autoAssign = false
    const chatId = await start({ continuous: true })
    expect(chatOf(chatId)?.isPinned).toBe(true)
    if (isAssigned) bench.livechat.desk.pickUp(chatId, AMBER)
    if (closer === 'customer') await bench.call(who, 'deactivate_chat', { id: chatId })
    else bench.livechat.desk.close(chatId, AMBER)
    expect(chatOf(chatId)).toMatchObject({ state: 'closed', isPinned })
  })

  it.each([true, false])('makes an agent who reopens a chat its source, by knob: %s', async (takes) => {
    bench.livechat.knobs.agentReopenTakesSource = takes
    const chatId = await start()
    bench.livechat.desk.close(chatId, AMBER)
    bench.livechat.desk.reopen(chatId, AMBER)
    const chat = (await bench.call(who, 'get_chat', { chat_id: chatId })).body
    expect(dig(chat, 'properties', 'source', 'client_id') === CLIENT_ID).toBe(!takes)
  })

  it('lists the agent of an earlier thread as not present in a new one', async () => {
    const chatId = await start()
    bench.livechat.desk.close(chatId, AMBER)
    bench.livechat.knobs.autoAssign = false
    bench.webhook('incoming_chat')
    await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    await settle()
    const users = dig(bench.payloads('incoming_chat').at(-1)?.['chat'], 'users')
    expect(users).toContainEqual(containing({ id: AMBER, present: false }))
  })

  it('gives a waiting continuous chat to whoever comes online', async () => {
    const { desk } = bench.livechat
    desk.setStatus(AMBER, 'offline')
    const chatId = await start({ continuous: true })
    expect(chatOf(chatId)?.state).toBe('queued')
    desk.setStatus(AMBER, 'accepting_chats')
    expect(chatOf(chatId)).toMatchObject({ state: 'assigned', agentIds: [AMBER] })
  })
})

describe('a transfer', () => {
  it('to an agent removes one agent and adds the other', async () => {
    const { license, desk } = bench.livechat
    license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    const chatId = await start()
    desk.transferToAgent(chatId, AMBER, BIRCH)
    await settle()
    expect(bench.actions()).toEqual([
      'user_removed_from_chat',
      'incoming_event',
      'user_added_to_chat',
      'chat_transferred',
    ])
    expect(bench.payloads('chat_transferred')[0]).toEqual({
      chat_id: chatId,
      thread_id: chatOf(chatId)?.threadId,
      requester_id: AMBER,
      reason: 'manual',
      transferred_to: { agent_ids: [BIRCH] },
    })
    expect(dig(bench.payloads('incoming_event')[0], 'event')).toMatchObject({
      system_message_type: 'chat_transferred',
      text_vars: { initiator: 'Agent Amber', targets: 'Agent Birch' },
    })
    expect(chatOf(chatId)?.agentIds).toEqual([BIRCH])
    expect(() => desk.say(chatId, AMBER, 'Still here')).toThrow(/not in chat/)
  })

  it('to an empty group makes the chat wait', async () => {
    const { license, desk } = bench.livechat
    license.addGroup({ id: 5, name: 'Billing' })
    const chatId = await start()
    desk.transferToGroup(chatId, AMBER, 5)
    await settle()
    expect(bench.payloads('chat_access_updated')).toEqual([{ id: chatId, access: { group_ids: [5] } }])
    expect(bench.payloads('chat_transferred')[0]).toMatchObject({
      transferred_to: { group_ids: [5] },
      queue: { position: 1 },
    })
    license.addAgent({ email: BIRCH, name: 'Agent Birch', groupIds: [5] })
    expect(chatOf(chatId)).toMatchObject({ agentIds: [BIRCH], groupIds: [5] })
  })

  it('is refused for closed chats and for agents who are away', async () => {
    const { license, desk } = bench.livechat
    license.addAgent({ email: BIRCH, name: 'Agent Birch', status: 'offline' })
    const chatId = await start()
    expect(() => desk.transferToAgent(chatId, AMBER, BIRCH)).toThrow('Agent offline')
    desk.close(chatId, AMBER)
    expect(() => desk.transferToGroup(chatId, AMBER, 0)).toThrow('inactive')
  })
})

describe('further agents', () => {
  beforeEach(() => void bench.livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch', maxChats: 0 }))

  it('join, are added and leave, each with a system message', async () => {
    const { desk } = bench.livechat
    const chatId = await start()
    desk.addAgentToChat(chatId, AMBER, BIRCH)
    desk.removeAgent(chatId, AMBER, BIRCH)
    desk.pickUp(chatId, BIRCH)
    desk.removeAgent(chatId, BIRCH, BIRCH)
    await settle()
    expect(systemMessages()).toEqual(['agent_added', 'agent_removed', 'agent_joined', 'agent_left'])
    expect(bench.payloads('user_added_to_chat')[0]).toMatchObject({
      reason: 'manual',
      requester_id: AMBER,
      user: { id: BIRCH, type: 'agent', visibility: 'all' },
    })
    expect(bench.payloads('user_removed_from_chat')[0]).toMatchObject({ user_id: BIRCH, requester_id: AMBER })
  })

  it('supervise without being seen and can only write notes', async () => {
    const { desk } = bench.livechat
    const chatId = await start()
    desk.supervise(chatId, BIRCH)
    expect(() => desk.say(chatId, BIRCH, 'Hello')).toThrow(/supervisor/)
    desk.note(chatId, BIRCH, 'Well done')
    await settle()
    expect(dig(bench.payloads('user_added_to_chat')[0], 'user', 'visibility')).toBe('agents')
    const texts = desk.transcript(chatId)
    expect(texts.every((entry) => entry.isPrivate)).toBe(true)
    const { body } = await bench.call(who, 'get_chat', { chat_id: chatId })
    expect(body['users']).toHaveLength(2)
    expect(dig(body, 'thread', 'user_ids')).toHaveLength(2)
  })
})
