import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AMBER,
  BIRCH,
  CLIENT_ID,
  dig,
  like,
  startBench,
  type Answer,
  type Bench,
  type Json,
  type TestCustomer,
} from '../test-bench'
import { hasScope } from './scopes'

const EVERYTHING = ['chats--all:rw', 'customers:rw', 'customers.ban:rw', 'agents--all:rw', 'agents-bot--all:ro']

let bench: Bench
let who: TestCustomer
let chatId: string
let threadId: string
/** Agent Amber (normal) and Agent Birch (administrator), each with a token of their own. */
let amber: (action: string, body?: Json, version?: string) => Promise<Answer>
let birch: typeof amber

const caller =
  (authorization: string): typeof amber =>
  (action, body = {}, version = '3.6') =>
    bench.api(`/v${version}/agent/action/${action}`, body, { authorization })

beforeEach(async () => {
  bench = await startBench()
  const { license } = bench.livechat
  license.addAgent({ email: BIRCH, name: 'Agent Birch', role: 'administrator', status: 'not_accepting_chats' })
  amber = caller(`Basic ${license.addPat({ agentEmail: AMBER, scopes: ['chats--access:rw', 'agents--my:rw'] })}`)
  birch = caller(`Basic ${license.addPat({ agentEmail: BIRCH, scopes: EVERYTHING })}`)
  who = await bench.customer()
  const { body } = await bench.call(who, 'start_chat', {
    chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } },
  })
  chatId = String(body['chat_id'])
  threadId = String(body['thread_id'])
})
afterEach(() => bench.close())

const errorOf = (answer: { body: Json }): unknown => dig(answer.body, 'error', 'type')

describe('who may call', () => {
  it.each<[string, () => Promise<Answer>, string]>([
    ['nobody', () => bench.api('/v3.6/agent/action/get_chat', {}), 'authentication'],
    ['a customer', () => caller(`Bearer ${who.token}`)('get_chat'), 'authentication'],
    ['a made-up PAT', () => caller(`Basic ${Buffer.from('a:b').toString('base64')}`)('get_chat'), 'authentication'],
    ['a token without the scope', () => amber('get_customer', { id: who.id }), 'authorization'],
    ['a method of 3.5', () => birch('create_customer'), 'not_found'],
    ['an unknown method', () => birch('fly'), 'not_found'],
    ['an unknown chat', () => birch('get_chat', { chat_id: 'X' }), 'not_found'],
  ])('refuses %s', async (_name, call, type) => {
    expect(errorOf(await call())).toBe(type)
  })

  it('needs the account id that belongs to the PAT', async () => {
    const encoded = bench.livechat.license.addPat({ agentEmail: AMBER, scopes: ['chats--access:ro'] })
    const text = Buffer.from(encoded, 'base64').toString()
    const other = Buffer.from(text.replace(/^[^:]+/, 'somebody')).toString('base64')
    expect((await caller(`Basic ${encoded}`)('get_chat', { chat_id: chatId })).status).toBe(200)
    expect(errorOf(await caller(`Basic ${other}`)('get_chat', { chat_id: chatId }))).toBe('authentication')
  })

  it('accepts OAuth tokens of agents', async () => {
    const token = bench.livechat.license.addAgentToken({
      agentEmail: AMBER,
      clientId: CLIENT_ID,
      scopes: ['chats--access:ro'],
    })
    const call = caller(`Bearer ${token}`)
    expect((await call('get_chat', { chat_id: chatId })).status).toBe(200)
    expect(errorOf(await call('deactivate_chat', { id: chatId }))).toBe('authorization')
  })

  it('keeps normal agents out of groups that are not theirs', async () => {
    const { license, desk } = bench.livechat
    license.addGroup({ id: 4, name: 'Others' })
    license.addAgent({ email: 'cedar@example.com', name: 'Agent Cedar', groupIds: [4] })
    desk.transferToGroup(chatId, AMBER, 4)
    expect(errorOf(await amber('get_chat', { chat_id: chatId }))).toBe('missing_access')
    expect((await birch('get_chat', { chat_id: chatId })).status).toBe(200)
    expect((await amber('list_chats')).body['found_chats']).toBe(0)
  })

  it('grants no administrator scopes to normal agents', () => {
    expect(() => bench.livechat.license.addPat({ agentEmail: AMBER, scopes: ['chats--all:ro'] })).toThrow(/normal/)
  })

  it.each<[string, string, boolean]>([
    ['chats--all:rw', 'chats--access:ro', true],
    ['chats--access:rw', 'chats--my:ro', true],
    ['chats--access:ro', 'chats--access:rw', false],
    ['chats--access:rw', 'chats--all:ro', false],
    ['customers:rw', 'customers:ro', true],
    ['customers:ro', 'customers:rw', false],
    ['agents--all:rw', 'agents-bot--all:ro', false],
  ])('%s includes %s: %s', (granted, needed, isIncluded) => {
    expect(hasScope([granted], needed)).toBe(isIncluded)
  })
})

describe('events', () => {
  it("go out under the name of the PAT's owner, to all or to agents only", async () => {
    bench.webhook('incoming_event')
    const send = (event: Json) => amber('send_event', { chat_id: chatId, event })
    expect((await send({ type: 'message', text: 'public' })).body['event_id']).toEqual(like(/_2$/))
    await send({ type: 'message', text: 'private', visibility: 'agents' })
    await bench.livechat.settle()
    const events = bench.payloads('incoming_event').map(({ event }) => event)
    expect(events).toMatchObject([
      { author_id: AMBER, text: 'public', visibility: 'all' },
      { author_id: AMBER, text: 'private', visibility: 'agents' },
    ])
    expect((await bench.call(who, 'get_chat', { chat_id: chatId })).text).not.toContain('private')
  })

  it('need the requester to be in the chat', async () => {
    const event = { type: 'message', text: 'x' }
    expect(errorOf(await birch('send_event', { chat_id: chatId, event }))).toBe('validation')
    const join = { chat_id: chatId, user_id: BIRCH, user_type: 'agent', visibility: 'agents' }
    expect(errorOf(await birch('add_user_to_chat', join))).toBe('validation')
    expect((await birch('add_user_to_chat', { ...join, ignore_requester_presence: true })).status).toBe(200)
    expect(errorOf(await birch('send_event', { chat_id: chatId, event }))).toBe('validation')
    expect((await birch('send_event', { chat_id: chatId, event: { ...event, visibility: 'agents' } })).status).toBe(200)
  })

  it('are shown to normal agents as stubs when deleted', async () => {
    const eventId = bench.livechat.desk.say(chatId, AMBER, 'oops')
    bench.livechat.desk.deleteEvent(chatId, AMBER, eventId)
    const read = async (call: typeof amber) =>
      dig((await call('get_chat', { chat_id: chatId })).body, 'thread', 'events', 1)
    expect(await read(amber)).toMatchObject({ id: eventId, type: 'message', deleted: true })
    expect(await read(amber)).not.toHaveProperty('text')
    expect(await read(birch)).toMatchObject({ deleted: true, text: 'oops' })
  })
})

describe('chats', () => {
  it("are read in the agents' shape", async () => {
    const { body } = await amber('get_chat', { chat_id: chatId })
    expect(dig(body, 'users', 1)).toMatchObject({ id: AMBER, email: AMBER, avatar: like(/^cdn\./), visibility: 'all' })
    expect(dig(body, 'users', 0, 'visit')).toBeDefined()
    const threads = (await amber('list_threads', { chat_id: chatId })).body
    expect(dig(threads, 'threads', 0, 'id')).toBe(threadId)
    expect(dig((await amber('list_archives')).body, 'found_chats')).toBe(0)
  })

  it('are listed by filters', async () => {
    const count = async (filters: Json) => (await birch('list_chats', { filters })).body['found_chats']
    expect(await count({ active: true })).toBe(1)
    expect(await count({ active: false })).toBe(0)
    expect(await count({ group_ids: [7] })).toBe(0)
    expect(await count({ properties: { source: { client_id: { values: [CLIENT_ID] } } } })).toBe(1)
    expect(await count({ properties: { source: { client_id: { exclude_values: [CLIENT_ID] } } } })).toBe(0)
    expect(await count({ properties: { source: { other: { exists: true } } } })).toBe(0)
  })

  it('are closed and opened again', async () => {
    expect(errorOf(await birch('deactivate_chat', { id: chatId }))).toBe('validation')
    expect((await birch('deactivate_chat', { id: chatId, ignore_requester_presence: true })).status).toBe(200)
    expect(errorOf(await amber('deactivate_chat', { id: chatId }))).toBe('chat_inactive')
    const { body } = await amber('resume_chat', {
      chat: { id: chatId, thread: { events: [{ type: 'message', text: 'Me again', visibility: 'agents' }] } },
    })
    expect(body['event_ids']).toHaveLength(1)
    const last = bench.livechat.desk.transcript(chatId).at(-1)
    expect(last).toMatchObject({ text: 'Me again', isPrivate: false })
  })

  it('start with an existing customer, once', async () => {
    const other = await bench.customer()
    const body = {
      chat: {
        users: [
          { id: other.id, type: 'customer' },
          { id: BIRCH, type: 'agent' },
        ],
      },
    }
    const started = await amber('start_chat', body)
    expect(started.status, started.text).toBe(200)
    expect(bench.livechat.desk.chats()[1]?.agentIds).toEqual([AMBER, BIRCH])
    expect(errorOf(await amber('start_chat', body))).toBe('limit_reached')
    expect(errorOf(await amber('start_chat', {}))).toBe('validation')
  })

  it('are transferred at once, or not at all unless the caller says otherwise', async () => {
    bench.livechat.license.addGroup({ id: 4, name: 'Others' })
    const transfer = { id: chatId, target: { type: 'group', ids: [4] } }
    const refused = await amber('transfer_chat', transfer)
    expect(dig(refused.body, 'error')).toMatchObject({
      type: 'validation',
      message: 'Cannot assign any agent from requested groups',
    })
    expect((await amber('transfer_chat', { ...transfer, ignore_agents_availability: true })).status).toBe(200)
    expect(bench.livechat.desk.chats()[0]?.state).toBe('queued')
    expect(errorOf(await amber('transfer_chat', { id: chatId, target: { type: 'agent', ids: [AMBER] } }))).toBe(
      'missing_access',
    )
    expect(errorOf(await birch('transfer_chat', { id: chatId, target: { type: 'agent', ids: [1] } }))).toBe(
      'validation',
    )
  })

  it('list agents for a transfer, those with the fewest chats first', async () => {
    const response = await amber('list_agents_for_transfer', { chat_id: chatId })
    expect(response.body).toEqual([
      { agent_id: BIRCH, total_active_chats: 0 },
      { agent_id: AMBER, total_active_chats: 1 },
    ])
  })

  it('are tagged with tags that exist', async () => {
    const tag = { chat_id: chatId, thread_id: threadId, tag: 'sales' }
    expect(errorOf(await amber('tag_thread', tag))).toBe('validation')
    bench.livechat.license.addTag('sales')
    expect((await amber('tag_thread', tag)).status).toBe(200)
    expect(bench.livechat.desk.chats()[0]?.tags).toEqual(['sales'])
    await amber('untag_thread', tag)
    expect(bench.livechat.desk.chats()[0]?.tags).toEqual([])
  })
})

describe('customers', () => {
  it('are found with their chat, updated and banned', async () => {
    expect((await birch('get_customer', { id: who.id })).body).toMatchObject({ id: who.id, chat_ids: [chatId] })
    const updated = await birch('update_customer', { id: who.id, name: 'Reader', phone_number: '+48123456789' })
    expect([updated.status, updated.body]).toEqual([200, {}])
    expect((await bench.call(who, 'get_customer')).body).toMatchObject({ name: 'Reader', phone_number: '+48123456789' })
    expect(errorOf(await birch('update_customer', { id: who.id, phone_number: '123' }))).toBe('validation')
    expect(errorOf(await birch('update_customer', { id: who.id }))).toBe('validation')
    await birch('ban_customer', { id: who.id, ban: { days: 2 } })
    expect(errorOf(await bench.call(who, 'resume_chat', { chat: { id: chatId } }))).toBe('customer_banned')
  })

  it('can be made in 3.5 only', async () => {
    const { body } = await birch('create_customer', { name: 'Reader' }, '3.5')
    expect(bench.livechat.license.customers()).toContainEqual({ id: body['customer_id'], name: 'Reader' })
  })
})

describe('routing status', () => {
  it('is set for oneself, or for anyone with the scope', async () => {
    expect((await amber('set_routing_status', { status: 'not_accepting_chats' })).status).toBe(200)
    expect(errorOf(await amber('set_routing_status', { status: 'accepting_chats', agent_id: BIRCH }))).toBe(
      'authorization',
    )
    expect((await birch('set_routing_status', { status: 'accepting_chats', agent_id: AMBER })).status).toBe(200)
    expect(errorOf(await birch('set_routing_status', { status: 'offline' }))).toBe('validation')
    expect((await birch('list_routing_statuses')).body).toEqual([
      { agent_id: AMBER, status: 'accepting_chats' },
      { agent_id: BIRCH, status: 'not_accepting_chats' },
    ])
  })
})

describe('summaries', () => {
  it('can be requested once for a closed thread', async () => {
    bench.webhook('thread_summary_set')
    const place = { chat_id: chatId, thread_id: threadId }
    bench.livechat.desk.close(chatId, AMBER)
    expect((await amber('request_thread_summary', place)).status).toBe(200)
    expect(errorOf(await amber('request_thread_summary', place))).toBe('validation')
    await bench.livechat.settle()
    expect(bench.payloads('thread_summary_set')[0]).toMatchObject({ ...place, summary: { status: 'completed' } })
  })

  it.each<[string, Json]>([
    ['send_typing_indicator', { is_typing: true }],
    ['send_thinking_indicator', { title: 'Hm' }],
    ['send_event_preview', { event: { type: 'message', text: 'x' } }],
    ['mark_events_as_seen', { seen_up_to: '2026-01-05T10:00:00+01:00' }],
  ])('takes %s and stores no event', async (action, body) => {
    expect((await amber(action, { chat_id: chatId, ...body })).status).toBe(200)
    expect(bench.livechat.desk.transcript(chatId)).toHaveLength(1)
  })
})
