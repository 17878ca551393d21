import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiVersion, WebhookFilters } from '../model'
import {
  AMBER,
  BIRCH,
  CLIENT_ID,
  containing,
  dig,
  REDIRECT_URI,
  something,
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

const settle = () => bench.livechat.settle()
const start = async (body: Json = {}): Promise<string> =>
  String((await bench.call(who, 'start_chat', body)).body['chat_id'])

describe('registration', () => {
  it('accepts 3 webhooks per action and Client ID', () => {
    for (let count = 0; count < 3; count += 1) bench.webhook('incoming_event')
    expect(() => bench.webhook('incoming_event')).toThrow(/limit/i)
    expect(() => bench.webhook('incoming_event', { clientId: 'another' })).not.toThrow()
    expect(() => bench.webhook('incoming_chat')).not.toThrow()
    bench.livechat.webhooks.remove(bench.livechat.webhooks.list()[0]?.id ?? '')
    expect(() => bench.webhook('incoming_event')).not.toThrow()
  })

  it.each<[string, Parameters<Bench['webhook']>[1] & { action?: string }, RegExp]>([
    ['an unknown action', { action: 'chat_started' }, /^action:/],
    ['a url of 501 characters', { url: `https://a.example.com/${'x'.repeat(479)}` }, /^url:/],
    ['no secret', { secretKey: '' }, /^secret_key:/],
    ['a filter the action lacks', { action: 'chat_deactivated', filters: { author_type: 'agent' } }, /author_type/],
    ['unknown additional data', { additionalData: ['everything'] }, /additional_data/],
    ['an action that 3.5 lacks', { action: 'event_deleted', version: '3.5' }, /^action:/],
  ])('refuses %s', (_name, { action = 'incoming_event', ...more }, message) => {
    expect(() => bench.webhook(action, more)).toThrow(message)
  })

  it('accepts a url of 500 characters', () => {
    expect(() => bench.webhook('incoming_event', { url: `https://a.example.com/${'x'.repeat(478)}` })).not.toThrow()
  })
})

describe('webhooks are sent', () => {
  const everyAction = [
    ...['incoming_chat', 'incoming_event', 'event_updated', 'event_deleted', 'chat_deactivated', 'chat_transferred'],
    ...['chat_access_updated', 'user_added_to_chat', 'user_removed_from_chat', 'thread_tagged', 'thread_untagged'],
    ...['events_marked_as_seen', 'customer_session_fields_updated', 'routing_status_set'],
    ...['incoming_rich_message_postback', 'thread_properties_updated'],
  ]

  it('only for installed apps with webhooks on', async () => {
    bench.webhook('incoming_chat')
    bench.livechat.license.setInstalled(CLIENT_ID, false)
    const chatId = await start()
    await settle()
    expect(bench.received).toEqual([])
    bench.livechat.license.setInstalled(CLIENT_ID, true)
    await bench.call(who, 'deactivate_chat', { id: chatId })
    await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    await settle()
    expect(bench.actions()).toEqual(['incoming_chat'])
  })

  it('with initial events inside incoming_chat, not one by one', async () => {
    for (const action of everyAction) bench.webhook(action)
    const chatId = await start({ chat: { thread: { events: [{ type: 'message', text: 'Summary', custom_id: 'c' }] } } })
    await settle()
    expect(bench.actions()).toEqual(['incoming_chat'])
    const [payload] = bench.payloads('incoming_chat')
    expect(payload).toMatchObject({
      chat: {
        id: chatId,
        users: [
          { id: who.id, type: 'customer', present: true },
          {
            id: AMBER,
            type: 'agent',
            email: AMBER,
            name: 'Agent Amber',
            avatar: 'cdn.livechatinc.com/avatars/1.png',
            visibility: 'all',
          },
        ],
        properties: { source: { client_id: CLIENT_ID, customer_client_id: CLIENT_ID } },
        thread: { active: true, events: [{ text: 'Summary', custom_id: 'c', visibility: 'all', author_id: who.id }] },
      },
    })
  })

  it('for a closed thread: a system message without author, then chat_deactivated with who closed it', async () => {
    for (const action of everyAction) bench.webhook(action)
    const chatId = await start()
    await bench.call(who, 'deactivate_chat', { id: chatId })
    await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    bench.livechat.desk.close(chatId, AMBER)
    await settle()
    const endings = bench.received.filter(({ action }) => action !== 'incoming_chat')
    expect(endings.map(({ action }) => action)).toEqual([
      'incoming_event',
      'chat_deactivated',
      'incoming_event',
      'chat_deactivated',
    ])
    expect(bench.payloads('chat_deactivated').map(({ user_id }) => user_id)).toEqual([who.id, AMBER])
    const [event] = bench.payloads('incoming_event')
    expect(event?.['event']).toMatchObject({ system_message_type: 'manual_archived_customer', visibility: 'all' })
    expect(event?.['event']).not.toHaveProperty('author_id')
  })

  it('for private notes, which are marked as such', async () => {
    bench.webhook('incoming_event')
    const chatId = await start()
    bench.livechat.desk.note(chatId, AMBER, 'private')
    await settle()
    expect(bench.payloads('incoming_event')[0]?.['event']).toMatchObject({ visibility: 'agents', author_id: AMBER })
  })

  it('for edits, deletions, chat tags, reading, session fields and ratings', async () => {
    for (const action of everyAction) bench.webhook(action)
    const chatId = await start()
    const { desk } = bench.livechat
    const threadId = desk.chats()[0]?.threadId
    const eventId = desk.say(chatId, AMBER, 'Helo')
    desk.edit(chatId, AMBER, eventId, 'Hello')
    desk.deleteEvent(chatId, AMBER, eventId)
    desk.tagThread(chatId, AMBER, 'sales')
    desk.untagThread(chatId, AMBER, 'sales')
    desk.read(chatId, AMBER)
    await bench.call(who, 'update_customer', { session_fields: [{ a: '1' }] })
    await bench.call(who, 'update_thread_properties', {
      chat_id: chatId,
      thread_id: threadId,
      properties: { rating: { score: 1 } },
    })
    await settle()
    const place = { chat_id: chatId, thread_id: threadId }
    expect(bench.payloads('event_updated')[0]).toMatchObject({ ...place, event: { id: eventId, text: 'Hello' } })
    expect(bench.payloads('event_deleted')).toEqual([{ ...place, event_id: eventId }])
    expect(bench.payloads('thread_tagged')).toEqual([{ ...place, tag: 'sales' }])
    expect(bench.payloads('thread_untagged')).toEqual([{ ...place, tag: 'sales' }])
    expect(bench.payloads('events_marked_as_seen')[0]).toMatchObject({ user_id: AMBER, chat_id: chatId })
    expect(bench.payloads('customer_session_fields_updated')).toEqual([
      { id: who.id, active_chat: place, session_fields: [{ a: '1' }] },
    ])
    expect(bench.payloads('thread_properties_updated')).toEqual([{ ...place, properties: { rating: { score: 1 } } }])
  })

  it('for session fields only during a chat', async () => {
    bench.webhook('customer_session_fields_updated')
    await bench.call(who, 'set_customer_session_fields', { session_fields: [{ a: '1' }] })
    await settle()
    expect(bench.received).toEqual([])
  })

  it("for a thread that the agent's side opens", async () => {
    bench.webhook('incoming_chat')
    const chatId = await start()
    bench.livechat.desk.close(chatId, AMBER)
    const threadId = bench.livechat.desk.reopen(chatId, AMBER, 'One more thing')
    await settle()
    expect(dig(bench.payloads('incoming_chat')[1], 'chat', 'thread')).toMatchObject({
      id: threadId,
      events: [{ author_id: AMBER, text: 'One more thing' }],
    })
  })
})

describe('filters', () => {
  const register = (filters: WebhookFilters, action = 'incoming_event'): string => bench.webhook(action, { filters })
  const conversation = async (): Promise<string> => {
    const chatId = await start()
    await bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'message', text: 'customer' } })
    bench.livechat.desk.say(chatId, AMBER, 'agent')
    bench.livechat.desk.close(chatId, AMBER)
    await settle()
    return chatId
  }
  const seen = (): unknown[] =>
    bench.payloads('incoming_event').map(({ event }) => {
      const { text, type } = event as Json
      return type === 'system_message' ? 'system' : text
    })

  it.each<[string, WebhookFilters, string[]]>([
    ['nothing', {}, ['customer', 'agent', 'system']],
    ['author_type agent', { author_type: 'agent' }, ['agent']],
    ['author_type customer', { author_type: 'customer' }, ['customer']],
    ['only_my_chats', { only_my_chats: true }, ['customer', 'agent', 'system']],
    ['source_type my_client', { source_type: ['my_client'] }, ['customer']],
    ['source_type others', { source_type: ['other_clients'] }, ['agent']],
    ['source_type others and system', { source_type: ['other_clients', 'system'] }, ['agent', 'system']],
    ['presence of the agent', { chat_presence: { user_ids: { values: [AMBER] } } }, ['customer', 'agent', 'system']],
    ['presence of somebody else', { chat_presence: { user_ids: { values: [BIRCH] } } }, []],
    ['absence of the agent', { chat_presence: { user_ids: { exclude_values: [AMBER] } } }, []],
    ['my bots, where there are none', { chat_presence: { my_bots: true } }, []],
  ])('lets through by %s', async (_name, filters, expected) => {
    register(filters)
    await conversation()
    expect(seen()).toEqual(expected)
  })

  it('with only_my_chats leave out chats of other apps', async () => {
    bench.livechat.license.addApp({ clientId: 'another', redirectUris: [REDIRECT_URI] })
    const { body } = await bench.token({ client_id: 'another' })
    const stranger = { id: '', cookie: '', token: String(body['access_token']) }
    register({ only_my_chats: true }, 'incoming_chat')
    await bench.call(stranger, 'start_chat')
    await settle()
    expect(bench.received).toEqual([])
    await start()
    await settle()
    expect(bench.received).toHaveLength(1)
  })

  it('leave the requested additional data in', async () => {
    bench.webhook('incoming_event', { additionalData: ['chat_properties', 'chat_presence_user_ids'] })
    await conversation()
    expect(bench.received[0]?.body['additional_data']).toEqual({
      chat_properties: containing({ source: something() }),
      chat_presence_user_ids: [who.id, AMBER],
    })
  })

  it('with agent_ids pick agents', async () => {
    register({ agent_ids: [BIRCH] }, 'routing_status_set')
    bench.livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    bench.livechat.desk.setStatus(BIRCH, 'not_accepting_chats')
    await settle()
    expect(bench.payloads('routing_status_set').map(({ agent_id, status }) => [agent_id, status])).toEqual([
      [BIRCH, 'not accepting chats'],
    ])
  })
})

describe('versions', () => {
  const versions: ApiVersion[] = ['3.5', '3.6', '3.7']

  it.each(versions)('%s has its own names of fields', async (version) => {
    for (const action of ['incoming_chat', 'chat_transferred', 'incoming_rich_message_postback', 'incoming_event']) {
      bench.webhook(action, { version })
    }
    bench.livechat.license.addGroup({ id: 2, name: 'Empty' })
    const chatId = await start()
    const { desk } = bench.livechat
    const eventId = desk.sendRichMessage(chatId, AMBER, {
      template_id: 'quick_replies',
      elements: [
        { title: 'Pick', buttons: [{ text: 'Yes', postback_id: 'yes', user_ids: [], type: 'message', value: 'Yes' }] },
      ],
    })
    const postback = { id: 'yes', toggled: true, button_type: 'message', button_value: 'Yes' }
    await bench.call(who, 'send_rich_message_postback', {
      chat_id: chatId,
      thread_id: desk.chats()[0]?.threadId,
      event_id: eventId,
      postback,
    })
    desk.addSystemEvent(chatId, { source: 'messaging', subtype: 'summary', details: { a: 1 } })
    desk.transferToGroup(chatId, AMBER, 2)
    await settle()

    const isOld = version === '3.5'
    const queue = bench.payloads('chat_transferred')[0]?.['queue']
    expect(Object.keys(queue as Json)).toEqual(['position', 'wait_time', isOld ? 'queued_at_us' : 'queued_at'])
    expect(bench.payloads('incoming_rich_message_postback')[0]).toMatchObject({ user_id: who.id, event_id: eventId })
    expect(bench.payloads('incoming_rich_message_postback')[0]?.['postback']).toEqual(
      isOld ? { id: 'yes', toggled: true } : postback,
    )
    const customer = dig(bench.payloads('incoming_chat')[0], 'chat', 'users', 0) as Json
    expect('last_visit' in customer).toBe(isOld)
    expect('visit' in customer).toBe(!isOld)
    const types = bench.payloads('incoming_event').map(({ event }) => (event as Json)['type'])
    expect(types.includes('system')).toBe(!isOld)
    expect(dig(desk.transcript(chatId)[0]?.event, 'elements', 0, 'buttons', 0, 'user_ids')).toEqual([who.id])
  })
})
