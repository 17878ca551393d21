import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AMBER, BIRCH, dig, startBench, type Bench, type Json, type TestCustomer } from '../test-bench'

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

describe('send_event', () => {
  it('counts 16 KB in bytes', async () => {
    const { chatId } = await start()
    const send = (text: string) => bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'message', text } })
    expect((await send('a'.repeat(16 * 1024))).status).toBe(200)
    expect(errorOf(await send('a'.repeat(16 * 1024 + 1)))).toBe('validation')
    expect((await send('😀'.repeat(4096))).status).toBe(200)
    expect(errorOf(await send('😀'.repeat(4096) + 'a'))).toBe('validation')
  })

  it('needs an open thread, or permission to use the last one', async () => {
    const { chatId, threadId } = await start()
    await bench.call(who, 'deactivate_chat', { id: chatId })
    const event = { type: 'message', text: 'Late' }
    expect(errorOf(await bench.call(who, 'send_event', { chat_id: chatId, event }))).toBe('chat_inactive')
    const { body } = await bench.call(who, 'send_event', { chat_id: chatId, event, attach_to_last_thread: true })
    expect(String(body['event_id'])).toMatch(new RegExp(`^${threadId}_`))
    expect(dig(await getChat(chatId), 'thread', 'active')).toBe(false)
  })

  it('always writes to everyone', async () => {
    const { chatId } = await start()
    const event = { type: 'message', text: 'Psst', visibility: 'agents' }
    await bench.call(who, 'send_event', { chat_id: chatId, event })
    expect(bench.livechat.desk.transcript(chatId)[0]).toMatchObject({ text: 'Psst', isPrivate: false })
  })

  it.each<[string, Json, RegExp]>([
    ['no chat_id', { event: { type: 'message', text: 'x' } }, /^chat_id: Required/],
    ['no event', { chat_id: 'X' }, /^event: /],
    ['text as number', { chat_id: 'X', event: { type: 'message', text: 1 } }, /^event\.text:/],
    ['an empty text', { chat_id: 'X', event: { type: 'message', text: '' } }, /^event\.text:/],
    ['a file without url', { chat_id: 'X', event: { type: 'file' } }, /^event\.url:/],
    [
      'eleven elements',
      { chat_id: 'X', event: { type: 'rich_message', template_id: 'cards', elements: Array(11).fill({}) } },
      /^event\.elements:/,
    ],
    [
      'an unknown template',
      { chat_id: 'X', event: { type: 'rich_message', template_id: 'x' } },
      /^event\.template_id:/,
    ],
    ['a form without fields', { chat_id: 'X', event: { type: 'filled_form', form_id: 'f' } }, /^event\.fields:/],
  ])('refuses %s', async (_name, body, message) => {
    const answer = await bench.call(who, 'send_event', body)
    expect(errorOf(answer)).toBe('validation')
    expect(dig(answer.body, 'error', 'message')).toMatch(message)
  })

  it('refuses banned customers', async () => {
    const { chatId } = await start()
    bench.livechat.license.banCustomer(who.id, 1)
    const send = () =>
      bench.call(who, 'send_event', {
        chat_id: chatId,
        event: { type: 'message', text: 'x' },
        attach_to_last_thread: true,
      })
    expect(errorOf(await send())).toBe('customer_banned')
    await bench.clock.advance(24 * 3600_000)
    who = { ...who, token: String((await bench.token({}, { cookie: who.cookie })).body['access_token']) }
    expect((await send()).status).toBe(200)
  })
})

describe('what a customer reads', () => {
  it('is only the customer’s own chat', async () => {
    await start()
    expect(errorOf(await bench.call(who, 'get_chat', { chat_id: 'ANOTHER' }))).toBe('not_found')
  })

  it('has times that show the order even within a millisecond', async () => {
    const { chatId } = await start()
    for (const text of ['a', 'b', 'c']) bench.livechat.desk.say(chatId, AMBER, text)
    const events = dig(await getChat(chatId), 'thread', 'events') as Json[]
    const times = events.map((event) => String(event['created_at']))
    expect(times[0]).toMatch(/^2026-01-05T09:00:00\.000\d{3}Z$/)
    expect(new Set(times).size).toBe(3)
    expect(times.toSorted()).toEqual(times)
  })

  it('shows agents under opaque ids, with name, picture and job', async () => {
    const { chatId } = await start()
    bench.livechat.desk.say(chatId, AMBER, 'Hello')
    const chat = await getChat(chatId)
    const agentId = dig(chat, 'thread', 'events', 0, 'author_id')
    expect(agentId).toMatch(/^[0-9a-f]{32}$/)
    expect(dig(chat, 'users', 1)).toMatchObject({
      id: agentId,
      type: 'agent',
      name: 'Agent Amber',
      avatar: 'https://cdn.livechatinc.com/avatars/1.png',
      job_title: 'Support Agent',
      present: true,
    })
    expect(JSON.stringify(chat)).not.toContain(AMBER)
    expect(dig(chat, 'thread', 'events', 0)).not.toHaveProperty('visibility')
    bench.livechat.knobs.agentIdShape = 'email'
    expect(dig(await getChat(chatId), 'thread', 'events', 0, 'author_id')).toBe(AMBER)
  })

  it('hides private notes, supervisors and deleted events', async () => {
    const { desk, license } = bench.livechat
    const { chatId } = await start()
    license.addAgent({ email: BIRCH, name: 'Agent Birch' })
    desk.note(chatId, AMBER, 'private words')
    desk.supervise(chatId, BIRCH)
    desk.deleteEvent(chatId, AMBER, desk.say(chatId, AMBER, 'deleted words'))
    desk.say(chatId, AMBER, 'public words')
    for (const action of ['get_chat', 'list_threads', 'list_chats']) {
      const { text } = await bench.call(who, action, action === 'list_chats' ? {} : { chat_id: chatId })
      expect(text, action).toContain('public words')
      expect(text, action).not.toMatch(/private words|deleted words|Birch/)
    }
    expect(
      desk
        .transcript(chatId)
        .filter((entry) => entry.isPrivate)
        .map((entry) => entry.text),
    ).toContain('private words')
  })

  it('marks everything as seen by sending', async () => {
    const { chatId } = await start()
    bench.livechat.desk.say(chatId, AMBER, 'Hello')
    await bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'message', text: 'Hi' } })
    const chat = await getChat(chatId)
    expect(dig(chat, 'users', 0, 'events_seen_up_to')).toBe(dig(chat, 'thread', 'events', 1, 'created_at'))
  })

  it('lists the one chat under the field name of each version', async () => {
    expect((await bench.call(who, 'list_chats')).body).toEqual({ chats_summary: [], total_chats: 0 })
    const { chatId, threadId } = await start({ chat: { thread: { events: [{ type: 'message', text: 'a' }] } } })
    const { body } = await bench.call(who, 'list_chats', { limit: 1 })
    expect(dig(body, 'chats_summary', 0)).toMatchObject({ id: chatId, last_thread_id: threadId, active: true })
    expect(dig(body, 'chats_summary', 0, 'last_event_per_type', 'message', 'event', 'text')).toBe('a')
    const newer = (await bench.call(who, 'list_chats', {}, '3.7')).body
    expect(dig(newer, 'chats_info', 0, 'last_thread_info', 'last_event_per_type', 'message', 'thread_id')).toBe(
      threadId,
    )
    expect(errorOf(await bench.call(who, 'list_chats', { limit: 26 }))).toBe('validation')
  })

  it('lists what was opened only after a while, if lists lag', async () => {
    bench.livechat.knobs.chatListLagMs = 5_000
    const { chatId, threadId } = await start()
    const listed = async () => (await bench.call(who, 'list_chats')).body
    expect(await listed()).toEqual({ chats_summary: [], total_chats: 0 })
    await bench.clock.advance(5_000)
    expect(dig(await listed(), 'chats_summary', 0)).toMatchObject({ last_thread_id: threadId, active: true })
    await bench.call(who, 'deactivate_chat', { id: chatId })
    await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    expect(dig(await listed(), 'chats_summary', 0)).toMatchObject({ last_thread_id: threadId, active: false })
  })

  it('pages through threads, newest first', async () => {
    const { chatId, threadId } = await start()
    for (let count = 0; count < 4; count += 1) {
      await bench.call(who, 'deactivate_chat', { id: chatId })
      await bench.call(who, 'resume_chat', { chat: { id: chatId } })
    }
    const first = (await bench.call(who, 'list_threads', { chat_id: chatId })).body
    expect(first['found_threads']).toBe(5)
    expect(first['threads']).toHaveLength(3)
    const second = (await bench.call(who, 'list_threads', { chat_id: chatId, page_id: first['next_page_id'] })).body
    expect(second['threads']).toHaveLength(2)
    expect(dig(second, 'threads', 1, 'id')).toBe(threadId)
    expect(second['next_page_id']).toBeUndefined()
    expect(second['previous_page_id']).toBeTypeOf('string')
    await bench.clock.advance(31 * 24 * 3600_000)
    who = { ...who, token: String((await bench.token({}, { cookie: who.cookie })).body['access_token']) }
    const late = await bench.call(who, 'list_threads', { chat_id: chatId, page_id: first['next_page_id'] })
    expect(errorOf(late)).toBe('validation')
    const both = await bench.call(who, 'list_threads', { chat_id: chatId, limit: 1, min_events_count: 1 })
    expect(errorOf(both)).toBe('validation')
  })
})
