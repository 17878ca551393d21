import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { something, AMBER, BIRCH, dig, startBench, type Bench, type Json, type TestCustomer } from '../test-bench'
import { errorFault } from '../index'

let bench: Bench
let who: TestCustomer
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
})
afterEach(() => bench.close())

const errorOf = (answer: { body: Json }): unknown => dig(answer.body, 'error', 'type')
const start = async (body: Json = {}): Promise<string> =>
  String((await bench.call(who, 'start_chat', body)).body['chat_id'])
const url = (action: string, query = ''): string =>
  `/v3.6/customer/action/${action}?organization_id=${bench.livechat.license.organizationId}${query}`

describe('who may call', () => {
  it.each<[string, () => Promise<{ body: Json; status: number }>, string]>([
    ['no token', () => bench.call(undefined, 'get_customer'), 'authentication'],
    ['an unknown token', () => bench.call({ ...who, token: 'dal:x' }, 'get_customer'), 'authentication'],
    [
      'an agent token',
      () => {
        const token = bench.livechat.license.addAgentToken({ agentEmail: AMBER, clientId: 'c', scopes: [] })
        return bench.call({ ...who, token }, 'get_customer')
      },
      'authentication',
    ],
    ['a missing organization', () => bench.api('/v3.6/customer/action/get_customer', {}), 'validation'],
    [
      'another organization',
      () => bench.api('/v3.6/customer/action/get_customer?organization_id=other', {}),
      'license_not_found',
    ],
    ['an unknown method', () => bench.call(who, 'fly'), 'not_found'],
    ['an unknown version', () => bench.call(who, 'get_customer', {}, '2.0'), 'unsupported_version'],
    ['a method newer than the version', () => bench.call(who, 'delete_event', {}, '3.5'), 'not_found'],
    ['GET instead of POST', () => bench.get(url('get_customer')), 'not_found'],
  ])('refuses %s', async (_name, call, type) => {
    expect(errorOf(await call())).toBe(type)
  })

  it('refuses expired tokens and accepts the new ones', async () => {
    await bench.clock.advance(28_800_000)
    const answer = await bench.call(who, 'get_customer')
    expect([answer.status, errorOf(answer)]).toEqual([401, 'authentication'])
    const token = String((await bench.token({}, { cookie: who.cookie })).body['access_token'])
    expect((await bench.call({ ...who, token }, 'get_customer')).body['id']).toBe(who.id)
    bench.livechat.license.expireTokens()
    expect(errorOf(await bench.call({ ...who, token }, 'get_customer'))).toBe('authentication')
  })

  it('refuses all calls when the license has expired', async () => {
    bench.livechat.license.expire()
    expect(errorOf(await bench.call(who, 'get_customer'))).toBe('license_expired')
    expect((await bench.get(url('get_dynamic_configuration'))).body['livechat_active']).toBe(false)
    bench.livechat.license.renew()
    expect((await bench.call(who, 'get_customer')).status).toBe(200)
  })

  it('sends callers of the wrong region to the right one', async () => {
    bench.livechat.knobs.region = 'fra'
    const lost = await bench.call(who, 'get_customer')
    expect(lost.body).toEqual({
      error: { type: 'misdirected_request', message: 'Wrong region', data: { region: 'fra' } },
    })
    const headers = { authorization: `Bearer ${who.token}`, 'x-region': 'fra' }
    expect((await bench.api(url('get_customer'), {}, headers)).status).toBe(200)
    expect((await bench.token()).body['access_token']).toMatch(/^fra:/)
  })

  it.each(['3.4', '3.5', '3.7'])('answers on %s as well', async (version) => {
    const answer = await bench.call(who, 'get_customer', {}, version)
    expect(answer.body['id']).toBe(who.id)
    expect(answer.headers.has('deprecation')).toBe(version === '3.4')
    expect(answer.headers.has('legacy')).toBe(version === '3.5')
  })

  it('takes the version from a header where the path has none', async () => {
    const path = url('get_customer').replace('/v3.6', '')
    const headers = { authorization: `Bearer ${who.token}` }
    expect(errorOf(await bench.api(path, {}, headers))).toBe('unsupported_version')
    expect((await bench.api(path, {}, { ...headers, 'x-api-version': '3.6' })).status).toBe(200)
  })

  it('needs a JSON object', async () => {
    expect(errorOf(await bench.api(url('get_customer'), [], { authorization: `Bearer ${who.token}` }))).toBe(
      'validation',
    )
  })

  it.each([
    ['empty', ''],
    ['{}', '{}'],
  ] as const)('answers void methods with a body that is %s', async (voidBody, text) => {
    bench.livechat.knobs.voidBody = voidBody
    const answer = await bench.call(who, 'update_customer', { name: 'Reader' })
    expect([answer.status, answer.text]).toEqual([200, text])
  })

  it('answers with scripted faults, before or after the effect', async () => {
    const chatId = await start()
    const send = () =>
      bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'message', text: 'x', custom_id: 'once' } })
    bench.faults.add({ route: 'customer/send_event', effect: errorFault('too_many_requests') })
    bench.faults.add({ route: 'customer/send_event', effect: errorFault('internal', 'after') })
    expect(errorOf(await send())).toBe('too_many_requests')
    expect(bench.livechat.desk.transcript(chatId)).toHaveLength(0)
    expect(errorOf(await send())).toBe('internal')
    expect(bench.livechat.desk.transcript(chatId)).toHaveLength(1)
  })

  it('keeps hosts apart', async () => {
    const { request } = await import('node:http')
    const statusAt = (host: string, path: string): Promise<number | undefined> =>
      new Promise((resolve) => {
        const { port } = bench.livechat
        request({ port, path, headers: { host } }, (answer) => resolve(answer.resume().statusCode)).end()
      })
    const path = url('get_dynamic_configuration')
    expect(await statusAt('api.livechatinc.com', path)).toBe(200)
    expect(await statusAt('accounts.livechat.com', path)).toBe(404)
  })

  it('keeps tokens and cookies out of the ledger', async () => {
    await bench.token({}, { cookie: who.cookie })
    await start()
    const written = JSON.stringify(bench.ledger.all())
    expect(written).not.toContain(who.token)
    expect(written).not.toContain(who.cookie.split('__lc_cst=')[1])
    expect(bench.ledger.all({ kind: 'call', name: 'customer/start_chat' })[0]).toMatchObject({
      status: 200,
      detail: { chatId: something(), threadId: something() },
    })
  })
})

describe('customer details', () => {
  it('updates what is given and shows only what is set', async () => {
    expect((await bench.call(who, 'get_customer')).body).toEqual({ id: who.id, type: 'customer' })
    await bench.call(who, 'update_customer', {
      name: 'Reader',
      email: 'reader@example.com',
      session_fields: [{ a: '1' }, { b: '2' }],
      address: { city: 'Somewhere' },
    })
    await bench.call(who, 'update_customer', { session_fields: [{ b: '3' }] })
    expect((await bench.call(who, 'get_customer')).body).toMatchObject({
      name: 'Reader',
      email: 'reader@example.com',
      session_fields: [{ a: '1' }, { b: '3' }],
      address: { city: 'Somewhere' },
    })
    await bench.call(who, 'set_customer_session_fields', { session_fields: [{ c: '4' }] })
    expect((await bench.call(who, 'get_customer')).body['session_fields']).toEqual([{ c: '4' }])
  })

  it.each<[string, string, Json, string]>([
    ['nothing at all', 'update_customer', {}, 'validation'],
    ['a name as number', 'update_customer', { name: 1 }, 'validation'],
    ['a wrong e-mail', 'update_customer', { email: 'nobody' }, 'validation'],
    ['two pairs in one field', 'update_customer', { session_fields: [{ a: '1', b: '2' }] }, 'validation'],
    ['no session fields', 'set_customer_session_fields', {}, 'validation'],
    [
      '101 session fields',
      'set_customer_session_fields',
      { session_fields: Array.from({ length: 101 }, (_value, index) => ({ [`key${index}`]: 'x' })) },
      'customer_session_fields_limit_reached',
    ],
  ])('refuses %s', async (_name, action, body, type) => {
    expect(errorOf(await bench.call(who, action, body))).toBe(type)
  })

  it('takes 100 session fields', async () => {
    const fields = Array.from({ length: 100 }, (_value, index) => ({ [`key${index}`]: 'x' }))
    expect((await bench.call(who, 'set_customer_session_fields', { session_fields: fields })).status).toBe(200)
  })

  it('tells agents of a new name during a chat', async () => {
    const chatId = await start()
    await bench.call(who, 'update_customer', { name: 'Reader' })
    const entry = bench.livechat.desk.transcript(chatId)[0]
    expect(entry).toMatchObject({ type: 'system_message', isPrivate: true })
    expect(entry?.event['system_message_type']).toBe('customer_updated')
  })
})

describe('groups', () => {
  it('are online, online for the queue, or offline', async () => {
    const { license, knobs } = bench.livechat
    license.addGroup({ id: 1, name: 'Full' })
    license.addGroup({ id: 2, name: 'Empty' })
    license.addAgent({ email: BIRCH, name: 'Agent Birch', groupIds: [1], maxChats: 0 })
    const list = async (body: Json) => (await bench.call(who, 'list_group_statuses', body)).body['groups_status']
    expect(await list({ all: true })).toEqual({ 0: 'online', 1: 'online_for_queue', 2: 'offline' })
    expect(await list({ group_ids: [2, 77] })).toEqual({ 2: 'offline' })
    knobs.queueWhenFull = false
    expect(await list({ group_ids: [1] })).toEqual({ 1: 'offline' })
    expect(errorOf(await bench.call(who, 'list_group_statuses'))).toBe('validation')
  })

  it('predict an agent if one is free', async () => {
    const { body } = await bench.call(who, 'get_predicted_agent')
    expect(body).toMatchObject({ agent: { name: 'Agent Amber', is_bot: false }, queue: false })
    bench.livechat.desk.setStatus(AMBER, 'not_accepting_chats')
    expect(errorOf(await bench.call(who, 'get_predicted_agent'))).toBe('group_offline')
    expect(errorOf(await bench.call(who, 'get_predicted_agent', {}, '3.7'))).toBe('not_found')
  })
})

describe('methods without a token', () => {
  it('return the configuration and the readable properties', async () => {
    const { license } = bench.livechat
    license.setProperty('chats', 'archive_chat_after_min', 30)
    license.setProperty('chats', 'chat_between_groups', false)
    expect((await bench.get(url('get_dynamic_configuration', '&group_id=0'))).body).toMatchObject({
      organization_id: license.organizationId,
      livechat_active: true,
      livechat: { group_id: 0, online_group_ids: [0] },
    })
    const { body } = await bench.get(url('list_license_properties', '&namespace=chats'))
    expect(body).toEqual({ chats: { chat_between_groups: false } })
    expect(errorOf(await bench.get(url('list_group_properties')))).toBe('validation')
    expect((await bench.get(url('list_group_properties', '&id=0'))).body).toEqual({})
  })
})

describe('small methods', () => {
  it('accept the required fields and refuse other bodies', async () => {
    const chatId = await start()
    expect((await bench.call(who, 'send_sneak_peek', { chat_id: chatId, sneak_peek_text: 'typ' })).status).toBe(200)
    expect(bench.livechat.desk.chats()[0]?.customer.sneakPeek).toBe('typ')
    expect(errorOf(await bench.call(who, 'send_sneak_peek', { chat_id: chatId }))).toBe('validation')
    const seen = { chat_id: chatId, seen_up_to: '2026-01-05T09:00:00.000000Z' }
    expect((await bench.call(who, 'mark_events_as_seen', seen)).status).toBe(200)
    expect(errorOf(await bench.call(who, 'mark_events_as_seen', { ...seen, seen_up_to: 'now' }))).toBe('validation')
    expect((await bench.call(who, 'get_form', { group_id: 0, type: 'prechat' })).body).toEqual({ enabled: false })
    expect((await bench.call(who, 'get_url_info', { url: 'https://example.com/x' })).status).toBe(200)
    expect(errorOf(await bench.call(who, 'accept_greeting', {}))).toBe('greeting_not_found')
  })

  it('change properties where the customer may', async () => {
    const chatId = await start({ chat: { thread: { events: [{ type: 'message', text: 'x' }] } } })
    const thread = bench.livechat.desk.chats()[0]?.threadId
    const update = (properties: Json) =>
      bench.call(who, 'update_thread_properties', { chat_id: chatId, thread_id: thread, properties })
    expect((await update({ rating: { score: 1, comment: 'Nice' } })).status).toBe(200)
    expect(errorOf(await update({ routing: { continuous: true } }))).toBe('authorization')
    expect(errorOf(await update({ own: { x: 1 } }))).toBe('validation')
    const types = bench.livechat.desk.transcript(chatId).map((entry) => entry.event['system_message_type'])
    expect(types).toEqual([undefined, 'rating.chat_rated', 'rating.chat_commented'])
    await bench.call(who, 'delete_thread_properties', {
      chat_id: chatId,
      thread_id: thread,
      properties: { rating: ['score', 'comment'] },
    })
    const chat = (await bench.call(who, 'get_chat', { chat_id: chatId })).body
    expect(dig(chat, 'thread', 'properties', 'rating')).toBeUndefined()
    const inChat = { id: chatId, properties: { test: { string_property: 'a' } } }
    expect((await bench.call(who, 'update_chat_properties', inChat)).status).toBe(200)
    const inEvent = {
      chat_id: chatId,
      thread_id: thread,
      event_id: `${thread}_1`,
      properties: { status: { delivered: true } },
    }
    expect((await bench.call(who, 'update_event_properties', inEvent)).status).toBe(200)
  })

  it('deletes own events only', async () => {
    const chatId = await start({ chat: { thread: { events: [{ type: 'message', text: 'x' }] } } })
    const thread_id = bench.livechat.desk.chats()[0]?.threadId
    const foreign = bench.livechat.desk.say(chatId, AMBER, 'y')
    const remove = (event_id: string) => bench.call(who, 'delete_event', { chat_id: chatId, thread_id, event_id })
    expect(errorOf(await remove(foreign))).toBe('authorization')
    expect((await remove(`${thread_id}_1`)).status).toBe(200)
    expect(bench.livechat.desk.transcript(chatId)[0]).toMatchObject({ isDeleted: true, text: 'x' })
  })
})
