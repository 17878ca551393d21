import { describe, expect, it } from 'vitest'
import type * as z from 'zod/v4-mini'
import { parseJson } from './transport/parse-json'
import {
  accountsErrorAnswer,
  chatAnswer,
  chatListAnswer,
  errorAnswer,
  eventSchema,
  eventSentAnswer,
  groupStatusesAnswer,
  nothing,
  threadOpenedAnswer,
  tokenAnswer,
} from './schema'

const parse = <T extends z.ZodMiniType>(schema: T, value: unknown) => parseJson(schema, JSON.stringify(value))

describe('eventSchema', () => {
  it.each([
    [
      'message',
      {
        id: '0affb00a-82d6-4e07-ae61-56ba5c36f743',
        custom_id: '31-0C-1C-07-DB-16',
        type: 'message',
        author_id: 'smith@example.com',
        created_at: '2017-10-12T15:19:21.010200Z',
        text: 'hello there',
        visibility: 'all',
        properties: {},
      },
    ],
    [
      'file without a size',
      {
        id: 'K600PKZON8_4',
        type: 'file',
        author_id: 'smith@example.com',
        created_at: '2017-10-12T15:19:21.010200+01:00',
        visibility: 'all',
        name: 'report.pdf',
        url: 'https://cdn.livechat-files.com/1',
        content_type: 'application/pdf',
      },
    ],
    [
      'image',
      {
        id: 'K600PKZON8_5',
        type: 'file',
        author_id: 'b5657aff34dd32e198160d54666df9d8',
        url: 'https://cdn.livechat-files.com/1',
        content_type: 'image/png',
        alternative_text: 'A boat',
        width: 640,
      },
    ],
    [
      'rich message whose button has no type',
      {
        id: 'K600PKZON8_6',
        type: 'rich_message',
        template_id: 'cards',
        elements: [{ title: 'Shoes', buttons: [{ text: 'yes', postback_id: 'p1', user_ids: [] }] }],
      },
    ],
    [
      'system message',
      { id: 'K600PKZON8_7', type: 'system_message', system_message_type: 'routing.archived', text: 'x' },
    ],
    ['system event of 3.6', { id: 'e8', type: 'system', source: 'messaging', details: '{}', visibility: 'agents' }],
    ['filled form', { id: 'e9', type: 'filled_form', form_id: 'f1', fields: [{ type: 'name', id: 1, label: 'Name' }] }],
    ['stub of a deleted event', { id: 'e10', type: 'message', created_at: '2020-05-07T07:11:28Z', deleted: true }],
    ['event of a kind that does not exist yet', { id: 'e11', type: 'hologram', beams: [1, 2] }],
  ])('accepts a %s', (_, event) => {
    const { id, type } = event
    expect(eventSchema.parse(event)).toMatchObject({ id, type })
  })

  it('keeps the fields that we use and drops unknown ones', () => {
    const event = eventSchema.parse({ id: 'e1', type: 'message', text: 'Hello', visibility: 'all', secret_note: 'x' })
    expect(event).toMatchObject({ id: 'e1', type: 'message', text: 'Hello', visibility: 'all' })
    expect(event).not.toHaveProperty('secret_note')
  })

  it.each([
    'text',
    'url',
    'name',
    'content_type',
    'alternative_text',
    'author_id',
    'custom_id',
    'created_at',
    'properties',
    'elements',
  ])('reads an odd %s as absent', (field) => {
    for (const odd of [null, 5, true, 'x', [], {}]) {
      const isFitting =
        (typeof odd === 'string' && !['properties', 'elements'].includes(field)) ||
        (field === 'elements' && Array.isArray(odd)) ||
        (field === 'properties' && typeof odd === 'object' && odd !== null && !Array.isArray(odd))
      if (isFitting) continue
      expect(eventSchema.parse({ id: 'e1', type: 'message', [field]: odd })).toHaveProperty(field, undefined)
    }
  })

  it.each([null, 1, 'ALL', ['all'], { all: true }])('keeps visibility %j as received', (visibility) => {
    expect(eventSchema.parse({ id: 'e1', type: 'message', visibility })).toMatchObject({ visibility })
  })

  it.each([
    ['no id', { type: 'message' }],
    ['an empty id', { id: '', type: 'message' }],
    ['a number for an id', { id: 5, type: 'message' }],
    ['no type', { id: 'e1' }],
    ['an empty type', { id: 'e1', type: '' }],
    ['nothing', {}],
    ['no object', 'e1'],
    ['null', null],
  ])('refuses an event with %s', (_, event) => {
    expect(eventSchema.safeParse(event).success).toBe(false)
  })
})

describe('chatAnswer', () => {
  const documented = {
    id: 'PJ0MRSHTDG',
    thread: {
      id: 'K600PKZON8',
      created_at: '2020-05-07T07:11:28.288340Z',
      active: true,
      user_ids: ['b7eff798-f8df-4364-8059-649c35c9ed0c', 'b5657aff34dd32e198160d54666df9d8'],
      events: [{ id: 'Q20N9CKRX2_1', type: 'message', text: 'Hello', author_id: 'b5657aff34dd32e198160d54666df9d8' }],
      properties: {},
      access: { group_ids: [0] },
      previous_thread_id: 'K600PKZOM8',
    },
    users: [
      { id: 'b7eff798-f8df-4364-8059-649c35c9ed0c', type: 'customer', present: true },
      {
        id: 'b5657aff34dd32e198160d54666df9d8',
        type: 'agent',
        name: 'Agent Smith',
        present: true,
        avatar: 'https://example.com/avatar.jpg',
        job_title: 'Support Agent',
      },
    ],
    access: { group_ids: [0] },
    properties: {},
  }

  it('reads the documented sample', () => {
    expect(parse(chatAnswer, documented)).toMatchObject({
      ok: true,
      value: {
        id: 'PJ0MRSHTDG',
        thread: { id: 'K600PKZON8', active: true, events: [{ id: 'Q20N9CKRX2_1', text: 'Hello' }] },
        users: [{ type: 'customer' }, { type: 'agent', name: 'Agent Smith', present: true }],
      },
    })
  })

  it('reads a queue with the time field of 3.5 and that of 3.6', () => {
    for (const field of ['queued_at_us', 'queued_at']) {
      const queue = { position: 42, wait_time: 1337, [field]: '2019-12-09T12:01:18.909000Z' }
      const answer = parse(chatAnswer, { ...documented, thread: { ...documented.thread, queue } })
      expect(answer).toMatchObject({ value: { thread: { queue: { position: 42, wait_time: 1337 } } } })
    }
  })

  it('reads a thread without events, such as a restricted one', () => {
    const { events: _events, ...thread } = documented.thread
    expect(parse(chatAnswer, { ...documented, thread })).toMatchObject({ value: { thread: { events: [] } } })
  })

  it.each([null, 'x', 5, {}, { type: 'message' }, { id: 'e1' }, { id: '', type: 'message' }, []])(
    'does not let the unreadable event %j hide the others, nor change their order',
    (unreadable) => {
      const [first] = documented.thread.events
      const events = [first, unreadable, { ...first, id: 'e2' }]
      expect(parse(chatAnswer, { ...documented, thread: { ...documented.thread, events } })).toMatchObject({
        ok: true,
        value: { thread: { events: [{ id: 'Q20N9CKRX2_1' }, { id: 'e2' }] } },
      })
    },
  )

  it.each([
    ['an odd name', { name: 5 }],
    ['an odd picture', { avatar: null }],
    ['an odd presence', { present: 'yes' }],
    ['an odd type', { type: 7 }],
  ])('reads a user with %s', (_, odd) => {
    const [user] = documented.users
    expect(parse(chatAnswer, { ...documented, users: [{ ...user, ...odd }] }).ok).toBe(true)
  })

  it.each([null, 'x', {}, { id: 5 }, { type: 'agent', name: 'Nameless' }])(
    'does not let the unreadable user %j hide the others, nor the thread',
    (unreadable) => {
      const [customer, agent] = documented.users
      expect(parse(chatAnswer, { ...documented, users: [customer, unreadable, agent] })).toMatchObject({
        ok: true,
        value: { users: [{ type: 'customer' }, { type: 'agent' }] },
      })
    },
  )

  it.each([
    ['id', { ...documented, id: undefined }],
    ['thread', { ...documented, thread: undefined }],
    ['thread.id', { ...documented, thread: { ...documented.thread, id: '' } }],
    ['thread.active', { ...documented, thread: { ...documented.thread, active: 'yes' } }],
  ])('names %s if it is missing or odd, because nothing works without it', (path, answer) => {
    expect(parse(chatAnswer, answer)).toEqual({ ok: false, paths: [path] })
  })
})

describe('chatListAnswer', () => {
  const chat = { id: 'PJ0MRSHTDG', active: false, last_thread_id: 'K600PKZON8', users: [], total: 1 }

  it.each(['chats_summary', 'chats_info'])('reads the list under the name %s', (name) => {
    expect(parse(chatListAnswer, { [name]: [chat], total_chats: 1 })).toMatchObject({
      value: { [name]: [{ id: 'PJ0MRSHTDG', active: false, last_thread_id: 'K600PKZON8' }] },
    })
  })

  it.each([{}, { chats_summary: [] }])('reads %j as no chat', (answer) => {
    expect(parse(chatListAnswer, answer).ok).toBe(true)
  })

  it('refuses a chat that does not say whether it is open', () => {
    expect(parse(chatListAnswer, { chats_summary: [{ id: 'PJ0MRSHTDG' }] })).toEqual({
      ok: false,
      paths: ['chats_summary.0.active'],
    })
  })
})

describe('the other schemas', () => {
  it.each([
    [
      'the documented customer token',
      tokenAnswer,
      { access_token: 'dal:x', client_id: 'a', entity_id: 'b', expires_in: 28800, token_type: 'Bearer' },
    ],
    ['start_chat', threadOpenedAnswer, { chat_id: 'PJ0MRSHTDG', thread_id: 'PGDGHT5G', event_ids: ['PGDGHT5G_1'] }],
    ['resume_chat, which names no chat', threadOpenedAnswer, { thread_id: 'PGDGHT5G' }],
    ['send_event', eventSentAnswer, { event_id: 'K600PKZON8' }],
    ['list_group_statuses', groupStatusesAnswer, { groups_status: { 0: 'online', 19: 'online_for_queue' } }],
    [
      'an error with a region',
      errorAnswer,
      { error: { type: 'misdirected_request', message: 'Wrong region', data: { region: 'dal' } } },
    ],
    ['an error without data', errorAnswer, { error: { type: 'internal' } }],
    ['an error with odd data', errorAnswer, { error: { type: 'internal', message: 5, data: 'x' } }],
    [
      'an error of the accounts server',
      accountsErrorAnswer,
      { oauth_exception: 'invalid_request', exception_description: 'x' },
    ],
    ['an error about an identity', accountsErrorAnswer, { identity_exception: 'unauthorized' }],
    ['an answer of which we read nothing', nothing, [1, 2]],
  ])('accept %s', (_, schema, answer) => {
    expect(parse(schema, answer).ok).toBe(true)
  })

  it.each([
    ['a token without its customer', tokenAnswer, { access_token: 'x', expires_in: 1 }, ['entity_id']],
    ['an empty token', tokenAnswer, { access_token: '', entity_id: 'b', expires_in: 1 }, ['access_token']],
    [
      'a lifetime that is no number',
      tokenAnswer,
      { access_token: 'x', entity_id: 'b', expires_in: '1' },
      ['expires_in'],
    ],
    ['a thread without an id', threadOpenedAnswer, { chat_id: 'x' }, ['thread_id']],
    ['an event without an id', eventSentAnswer, {}, ['event_id']],
    ['an error that is only words', errorAnswer, { error: 'internal' }, ['error']],
  ])('refuse %s', (_, schema, answer, paths) => {
    expect(parse(schema, answer)).toEqual({ ok: false, paths })
  })
})
