import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  like,
  containing,
  AMBER,
  BIRCH,
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
})
afterEach(() => bench.close())

const start = async (body: Json = {}): Promise<{ chatId: string; threadId: string }> => {
  const answer = await bench.call(who, 'start_chat', body)
  expect(answer.status, answer.text).toBe(200)
  return { chatId: String(answer.body['chat_id']), threadId: String(answer.body['thread_id']) }
}
const errorOf = (answer: { body: Json }): unknown => dig(answer.body, 'error', 'type')
const getChat = async (chatId: string): Promise<Json> => (await bench.call(who, 'get_chat', { chat_id: chatId })).body

describe('start_chat', () => {
  it('answers with ids, including those of the initial events', async () => {
    const events = [
      { type: 'message', text: 'Summary', custom_id: 'bp-1' },
      { type: 'system_message', system_message_type: 'custom', recipients: 'all', text: 'From the bot' },
    ]
    const { body } = await bench.call(who, 'start_chat', { chat: { thread: { events } } })
    expect(body).toEqual({
      chat_id: like(/^[A-Z0-9]{10}$/),
      thread_id: like(/^[A-Z0-9]{10}$/),
      event_ids: [`${String(body['thread_id'])}_1`, `${String(body['thread_id'])}_2`],
    })
    const chat = await getChat(String(body['chat_id']))
    expect(dig(chat, 'thread', 'events')).toEqual([
      containing({ type: 'message', text: 'Summary', custom_id: 'bp-1', author_id: who.id }),
      containing({ type: 'system_message', system_message_type: 'custom' }),
    ])
    expect(dig(chat, 'thread', 'events', 1, 'author_id')).toBeUndefined()
  })

  it('leaves event_ids out without initial events', async () => {
    expect((await bench.call(who, 'start_chat')).body['event_ids']).toBeUndefined()
  })

  it.each(['chat_limit_reached', 'limit_reached', 'validation_with_message'] as const)(
    'allows one chat per customer, and refuses another with %s',
    async (secondStartChatError) => {
      bench.livechat.knobs.secondStartChatError = secondStartChatError
      const { chatId } = await start()
      const second = await bench.call(who, 'start_chat')
      expect(errorOf(second)).toBe(secondStartChatError.split('_with_')[0])
      if (secondStartChatError !== 'limit_reached') expect(dig(second.body, 'error', 'message')).toMatch(/chats limit/i)
      await bench.call(who, 'deactivate_chat', { id: chatId })
      expect(errorOf(await bench.call(who, 'start_chat'))).toBe(secondStartChatError.split('_with_')[0])
    },
  )

  it('needs an agent online, unless the chat is continuous', async () => {
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    expect(errorOf(await bench.call(who, 'start_chat'))).toBe('groups_offline')
    expect(bench.livechat.desk.chats()).toEqual([])
    const { chatId } = await start({ continuous: true })
    expect(dig(await getChat(chatId), 'properties', 'routing', 'continuous')).toBe(true)
    expect(bench.livechat.desk.chats()[0]?.state).toBe('queued')
  })

  it('goes to the requested group', async () => {
    const { livechat } = bench
    livechat.license.addGroup({ id: 2, name: 'Sales' })
    expect(errorOf(await bench.call(who, 'start_chat', { chat: { access: { group_ids: [2] } } }))).toBe(
      'groups_offline',
    )
    expect(errorOf(await bench.call(who, 'start_chat', { chat: { access: { group_ids: [9] } } }))).toBe(
      'group_not_found',
    )
    livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch', groupIds: [2] })
    const { chatId } = await start({ chat: { access: { group_ids: [2] } } })
    expect(livechat.desk.chats()[0]).toMatchObject({ chatId, agentIds: [BIRCH], groupIds: [2], state: 'assigned' })
  })

  it('keeps bots out only if requested', async () => {
    bench.livechat.license.addBot({ name: 'Greeter' })
    const { chatId } = await start({ chat: { thread: { properties: { routing: { ignore_bots: true } } } } })
    expect(bench.livechat.desk.chats()[0]?.agentIds).toEqual([AMBER])
    await bench.call(who, 'deactivate_chat', { id: chatId })
    await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    expect(bench.livechat.desk.chats()[0]?.agentIds).not.toContain(AMBER)
  })

  it('leaves a chat without automatic routing to nobody', async () => {
    await start({ chat: { properties: { routing: { ignore_agents_routing: true } } } })
    expect(bench.livechat.desk.chats()[0]).toMatchObject({ state: 'unassigned', agentIds: [] })
  })

  it('makes a closed thread with active false', async () => {
    const { chatId } = await start({ active: false })
    expect(dig(await getChat(chatId), 'thread', 'active')).toBe(false)
    expect(errorOf(await bench.call(who, 'deactivate_chat', { id: chatId }))).toBe('chat_inactive')
  })

  it.each<[string, Json, RegExp]>([
    ['chat as text', { chat: 'x' }, /^chat:/],
    ['group ids as text', { chat: { access: { group_ids: ['1'] } } }, /^chat\.access\.group_ids\.0:/],
    ['events as object', { chat: { thread: { events: {} } } }, /^chat\.thread\.events:/],
    ['an event without type', { chat: { thread: { events: [{ text: 'x' }] } } }, /^chat\.thread\.events\.0\.type:/],
    [
      'an unknown event type',
      { chat: { thread: { events: [{ type: 'system' }] } } },
      /^chat\.thread\.events\.0\.type:/,
    ],
    [
      'a message without text',
      { chat: { thread: { events: [{ type: 'message' }] } } },
      /^chat\.thread\.events\.0\.text:/,
    ],
    ['active as number', { active: 1 }, /^active:/],
    ['an unknown property', { chat: { properties: { mine: { a: 1 } } } }, /mine\.a does not exist/],
  ])('refuses %s', async (_name, body, message) => {
    const answer = await bench.call(who, 'start_chat', body)
    expect(answer.status).toBe(400)
    expect(errorOf(answer)).toBe('validation')
    expect(dig(answer.body, 'error', 'message')).toMatch(message)
    expect(bench.ledger.all({ kind: 'effect', name: 'chat_started' })).toEqual([])
  })

  const systemMessage = { type: 'system_message', system_message_type: 'custom', text: 'y' }
  const filledForm = {
    type: 'filled_form',
    form_id: 'f',
    form_type: 'prechat',
    fields: [{ type: 'name', id: '1', label: 'Name', answer: 'A' }],
  }
  it.each([
    ['system_message', systemMessage, { refuseSystemMessageFromCustomer: 'validation' }, 'validation'],
    ['system_message', systemMessage, { refuseSystemMessageFromCustomer: 'authorization' }, 'authorization'],
    ['system_message', systemMessage, { refuseSystemMessageFromCustomer: 'missing_access' }, 'missing_access'],
    [
      'system_message for all',
      { ...systemMessage, recipients: 'all' },
      { refuseSystemMessageRecipients: true },
      'validation',
    ],
    ['filled_form', filledForm, { refuseFilledFormFromCustomer: true }, 'validation'],
  ] as const)('takes a %s from a customer unless a knob refuses it: %#', async (_type, event, knobs, error) => {
    const usual = { ...bench.livechat.knobs }
    Object.assign(bench.livechat.knobs, knobs)
    const body = { chat: { thread: { events: [event] } } }
    expect(errorOf(await bench.call(who, 'start_chat', body))).toBe(error)
    Object.assign(bench.livechat.knobs, usual)
    expect((await bench.call(who, 'start_chat', body)).status).toBe(200)
  })

  it.each([
    ['for all', { recipients: 'all' }, {}, true],
    ['for agents', { recipients: 'agents' }, {}, false],
    ['for nobody in particular', {}, {}, false],
    ['for nobody in particular', {}, { defaultSystemMessageRecipients: 'all' }, true],
    ['for all', { recipients: 'all' }, { customerSystemMessageSeenByCustomer: false }, false],
  ] as const)('shows the customer their system message %s: %#', async (_, recipients, knobs, isSeen) => {
    Object.assign(bench.livechat.knobs, knobs)
    const event = { ...systemMessage, ...recipients }
    const { body } = await bench.call(who, 'start_chat', { chat: { thread: { events: [event] } } })
    const chat = await getChat(String(body['chat_id']))
    expect(dig(chat, 'thread', 'events')).toHaveLength(Number(isSeen))
    expect(bench.livechat.desk.transcript(String(body['chat_id'])).map(({ text }) => text)).toEqual(['y'])
  })

  it('shows agents no system message of a type that LiveChat does not know, unless the knob does', async () => {
    const event = { ...systemMessage, system_message_type: 'x' }
    const { body } = await bench.call(who, 'start_chat', { chat: { thread: { events: [event] } } })
    const transcript = (): unknown[] => bench.livechat.desk.transcript(String(body['chat_id']))
    expect(transcript()).toEqual([])
    bench.livechat.knobs.unknownSystemMessageTypesShown = true
    expect(transcript()).toHaveLength(1)
  })
})

describe('resume_chat', () => {
  it('opens a new thread in the same chat', async () => {
    const first = await start()
    await bench.call(who, 'deactivate_chat', { id: first.chatId })
    const { body } = await bench.call(who, 'resume_chat', {
      chat: { id: first.chatId, thread: { events: [{ type: 'message', text: 'Back again' }] } },
    })
    expect(body['chat_id']).toBeUndefined()
    expect(body['event_ids']).toHaveLength(1)
    const chat = await getChat(first.chatId)
    expect(dig(chat, 'thread', 'id')).toBe(body['thread_id'])
    expect(dig(chat, 'thread', 'previous_thread_id')).toBe(first.threadId)
    expect(dig(chat, 'thread', 'active')).toBe(true)
  })

  it('refuses an active chat, a foreign chat and a call without id', async () => {
    const { chatId } = await start()
    expect(errorOf(await bench.call(who, 'resume_chat', { chat: { id: chatId } }))).toBe('chat_already_active')
    bench.livechat.knobs.alreadyActiveError = 'validation'
    expect(errorOf(await bench.call(who, 'resume_chat', { chat: { id: chatId } }))).toBe('validation')
    const other = await bench.customer()
    bench.livechat.knobs.unknownChatError = 'not_found'
    expect(errorOf(await bench.call(other, 'resume_chat', { chat: { id: chatId } }))).toBe('not_found')
    expect(errorOf(await bench.call(who, 'resume_chat', { chat: {} }))).toBe('validation')
  })

  it('keeps the mode if `continuous` is absent, and goes to all agents if the group is absent', async () => {
    bench.livechat.license.addGroup({ id: 2, name: 'Sales' })
    const { chatId } = await start({ continuous: true, chat: { access: { group_ids: [2] } } })
    await bench.call(who, 'deactivate_chat', { id: chatId })
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    expect((await bench.call(who, 'resume_chat', { chat: { id: chatId } })).status).toBe(200)
    expect(bench.livechat.desk.chats()[0]?.groupIds).toEqual([0])
    await bench.call(who, 'deactivate_chat', { id: chatId })
    const strict = await bench.call(who, 'resume_chat', { chat: { id: chatId }, continuous: false })
    expect(errorOf(strict)).toBe('groups_offline')
  })
})
