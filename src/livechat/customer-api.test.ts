import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { createCustomerApi, isChatLimitError, type CustomerApi, type ThreadRequest } from './customer-api'
import { LiveChatApiError, LiveChatError, LiveChatNetworkError, LiveChatTimeoutError } from './errors'
import type { Http, HttpRequest, HttpResponse } from './http'

type Answer = HttpResponse | Error
const json = (status: number, body: unknown, headers: Record<string, unknown> = {}): HttpResponse => ({
  status,
  text: JSON.stringify(body),
  headers,
})
const refusal = (type: string, status = 422, data?: unknown): HttpResponse => json(status, { error: { type, data } })
const lost = new LiveChatTimeoutError('any')
const reset = new LiveChatNetworkError('any', 'ECONNRESET')
const chat = { id: 'chat-1', thread: { id: 'thread-1', active: true, events: [] }, users: [] }

/** The API as one customer, on a LiveChat that answers as listed, at a time that moves only by waiting. */
const createApi = (answers: Answer[], { budgetMs = 20_000, region }: { budgetMs?: number; region?: string } = {}) => {
  const requests: HttpRequest[] = []
  const waits: number[] = []
  const renewals: string[] = []
  let nowMs = 0
  let currentRegion = region
  let token = 'dal:token-1'
  const http: Http = (request) => {
    requests.push(request)
    const answer = answers.shift()
    if (answer === undefined) throw new Error('one request more than expected')
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const runtime: Runtime = {
    nowMs: () => nowMs,
    random: () => 0.5,
    newId: () => 'id-1',
    sleep: (durationMs) => {
      waits.push(durationMs)
      nowMs += durationMs
      return Promise.resolve()
    },
    setTimer: () => () => undefined,
  }
  const deadline: Deadline = { signal: new AbortController().signal, remainingMs: () => Math.max(0, budgetMs - nowMs) }
  const api = createCustomerApi(
    runtime,
    http,
    'org 1&x=y',
    {
      customerId: 'customer-1',
      accessToken: () => Promise.resolve(token),
      renew: (refused) => {
        renewals.push(refused)
        token = 'dal:token-2'
        return Promise.resolve(token)
      },
      get region() {
        return currentRegion
      },
      followRegion: (next) => {
        currentRegion = next
      },
    },
    deadline,
  )
  return { api, requests, waits, renewals }
}
const bodyOf = (request: HttpRequest | undefined): unknown => JSON.parse(String(request?.body))

const thread: ThreadRequest = {
  groupId: 19,
  events: [{ type: 'message', text: 'private words', custom_id: 'c1' }],
  continuous: true,
  ignoreBots: true,
}
const message = { type: 'message', text: 'private words', custom_id: 'c1' } as const
const file = { name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('private words') }

type Call = { send: (api: CustomerApi) => Promise<unknown>; success: HttpResponse }
const writesOnce: Record<string, Call> = {
  start_chat: {
    send: (api) => api.startChat(thread),
    success: json(200, { chat_id: 'chat-1', thread_id: 'thread-1' }),
  },
  resume_chat: { send: (api) => api.resumeChat('chat-1', thread), success: json(200, { thread_id: 'thread-1' }) },
  send_event: { send: (api) => api.sendEvent('chat-1', message), success: json(200, { event_id: 'event-1' }) },
}
const repeatables: Record<string, Call> = {
  deactivate_chat: { send: (api) => api.deactivateChat('chat-1'), success: json(200, {}) },
  upload_file: {
    send: (api) => api.uploadFile(file),
    success: json(200, { url: 'https://cdn.livechat-files.com/1' }),
  },
  update_customer: { send: (api) => api.updateCustomer({ name: 'Plum' }), success: json(200, {}) },
  get_chat: { send: (api) => api.getChat('chat-1', 'thread-1'), success: json(200, chat) },
  send_rich_message_postback: {
    send: (api) => api.sendRichMessagePostback('chat-1', 'thread-1', 'event-1', { id: 'p1', toggled: true }),
    success: json(200, {}),
  },
  list_chats: { send: (api) => api.findChat(), success: json(200, { chats_summary: [] }) },
  list_group_statuses: { send: (api) => api.listGroupStatuses([0]), success: json(200, { groups_status: {} }) },
}
const calls = { ...writesOnce, ...repeatables }

describe('a request', () => {
  it.each(Object.entries(calls))('%s goes to the Customer Chat API 3.6 as this customer', async (action, call) => {
    const { api, requests } = createApi([call.success])
    await call.send(api)
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: `https://api.livechatinc.com/v3.6/customer/action/${action}?organization_id=org%201%26x%3Dy`,
      headers: { authorization: 'Bearer dal:token-1' },
      action,
    })
    expect(requests[0]?.headers).not.toHaveProperty('x-region')
  })

  it('names the region that the customer is known to belong to', async () => {
    const { api, requests } = createApi([json(200, chat)], { region: 'fra' })
    await api.getChat('chat-1', 'thread-1')
    expect(requests[0]?.headers['x-region']).toBe('fra')
  })
})

describe('startChat', () => {
  it('opens a chat in the group, waiting allowed, bots kept out', async () => {
    const { api, requests } = createApi([writesOnce['start_chat']!.success])
    await expect(api.startChat(thread)).resolves.toEqual({ chatId: 'chat-1', threadId: 'thread-1' })
    expect(bodyOf(requests[0])).toEqual({
      chat: {
        access: { group_ids: [19] },
        thread: { events: thread.events, properties: { routing: { ignore_bots: true } } },
      },
      active: true,
      continuous: true,
    })
  })

  it('leaves group and bots to LiveChat when nothing is said of them', async () => {
    const { api, requests } = createApi([writesOnce['start_chat']!.success])
    await api.startChat({ ...thread, groupId: undefined, ignoreBots: false, continuous: false })
    expect(bodyOf(requests[0])).toEqual({
      chat: { thread: { events: thread.events } },
      active: true,
      continuous: false,
    })
  })

  it('passes group 0 on, which is a group like any other', async () => {
    const { api, requests } = createApi([writesOnce['start_chat']!.success])
    await api.startChat({ ...thread, groupId: 0 })
    expect(bodyOf(requests[0])).toMatchObject({ chat: { access: { group_ids: [0] } } })
  })

  it('refuses an answer that names no chat', async () => {
    const { api } = createApi([json(200, { thread_id: 'thread-1' })])
    await expect(api.startChat(thread)).rejects.toMatchObject({ name: 'LiveChatSchemaError', paths: ['chat_id'] })
  })
})

describe('resumeChat', () => {
  it('names the group again, which LiveChat would otherwise forget', async () => {
    const { api, requests } = createApi([writesOnce['resume_chat']!.success])
    await expect(api.resumeChat('chat-1', thread)).resolves.toEqual({ chatId: 'chat-1', threadId: 'thread-1' })
    expect(bodyOf(requests[0])).toMatchObject({ chat: { id: 'chat-1', access: { group_ids: [19] } }, active: true })
  })
})

describe('the other methods', () => {
  it('sendEvent gives the id of the event', async () => {
    const { api, requests } = createApi([writesOnce['send_event']!.success])
    await expect(api.sendEvent('chat-1', message)).resolves.toBe('event-1')
    expect(bodyOf(requests[0])).toEqual({ chat_id: 'chat-1', event: message })
  })

  it('uploadFile sends the file as a form and gives its address', async () => {
    const { api, requests } = createApi([repeatables['upload_file']!.success])
    await expect(api.uploadFile(file)).resolves.toBe('https://cdn.livechat-files.com/1')
    expect(requests[0]?.headers['content-type']).toBe('multipart/form-data; boundary=id-1')
    expect(String(requests[0]?.body)).toContain('filename="a.txt"')
  })

  it('sendRichMessagePostback presses the button of an event', async () => {
    const { api, requests } = createApi([json(200, {})])
    const postback = { id: 'p1', toggled: true, button_type: 'message', button_value: 'Yes' }
    await expect(api.sendRichMessagePostback('chat-1', 'thread-1', 'event-1', postback)).resolves.toBeUndefined()
    expect(requests[0]?.url).toContain('/send_rich_message_postback?')
    expect(bodyOf(requests[0])).toEqual({ chat_id: 'chat-1', thread_id: 'thread-1', event_id: 'event-1', postback })
  })

  it('getChat asks for the thread of the session and not for the latest', async () => {
    const { api, requests } = createApi([json(200, chat)])
    await expect(api.getChat('chat-1', 'thread-1')).resolves.toMatchObject({ id: 'chat-1' })
    expect(bodyOf(requests[0])).toEqual({ chat_id: 'chat-1', thread_id: 'thread-1' })
  })

  it.each([
    ['the only chat', { chats_summary: [{ id: 'chat-1', active: false }] }, 'chat-1'],
    ['the only chat under the name of 3.7', { chats_info: [{ id: 'chat-1', active: true }] }, 'chat-1'],
    ['nothing for a customer without a chat', { chats_summary: [] }, undefined],
    ['nothing for an answer without a list', {}, undefined],
  ])('findChat gives %s', async (_, answer, id) => {
    const found = await createApi([json(200, answer)]).api.findChat()
    expect(found?.id).toBe(id)
  })

  it('listGroupStatuses gives the status by group', async () => {
    const { api, requests } = createApi([json(200, { groups_status: { 0: 'online', 19: 'offline' } })])
    await expect(api.listGroupStatuses([0, 19])).resolves.toEqual({ 0: 'online', 19: 'offline' })
    expect(bodyOf(requests[0])).toEqual({ group_ids: [0, 19] })
  })

  it('deactivateChat takes a chat without an open thread for done', async () => {
    await expect(createApi([refusal('chat_inactive')]).api.deactivateChat('chat-1')).resolves.toBeUndefined()
  })

  it('deactivateChat takes an empty answer', async () => {
    const { api } = createApi([{ status: 200, text: '', headers: {} }])
    await expect(api.deactivateChat('chat-1')).resolves.toBeUndefined()
  })

  it.each(['not_found', 'authorization', 'chat_anonymized'])('deactivateChat fails with %s', async (type) => {
    await expect(createApi([refusal(type)]).api.deactivateChat('chat-1')).rejects.toMatchObject({ type })
  })
})

describe('a refused token', () => {
  it.each(Object.entries(calls))('is renewed once and %s sent once more', async (_, call) => {
    const { api, requests, renewals, waits } = createApi([refusal('authentication', 401), call.success])
    await call.send(api)
    expect(renewals).toEqual(['dal:token-1'])
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer dal:token-1',
      'Bearer dal:token-2',
    ])
    expect(waits).toEqual([])
  })

  it('is not renewed a second time', async () => {
    const { api, requests, renewals } = createApi([refusal('authentication', 401), refusal('authentication', 401)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'authentication' })
    expect(renewals).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it('is told apart from a call that is not allowed', async () => {
    const { api, renewals } = createApi([refusal('authorization', 403)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'authorization' })
    expect(renewals).toEqual([])
  })
})

describe('a wrong region', () => {
  it('is followed once, for a write too, since it had no effect', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      writesOnce['send_event']!.success,
    ])
    await expect(api.sendEvent('chat-1', message)).resolves.toBe('event-1')
    expect(requests.map(({ headers }) => headers['x-region'])).toEqual([undefined, 'fra'])
  })

  it('is remembered for the next call', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      json(200, chat),
      json(200, chat),
    ])
    await api.getChat('chat-1', 'thread-1')
    await api.getChat('chat-1', 'thread-1')
    expect(requests[2]?.headers['x-region']).toBe('fra')
  })

  it('is not followed in circles', async () => {
    const { api, requests } = createApi([
      refusal('misdirected_request', 421, { region: 'fra' }),
      refusal('misdirected_request', 421, { region: 'dal' }),
    ])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'misdirected_request' })
    expect(requests).toHaveLength(2)
  })

  it.each([undefined, {}, { region: 5 }, 'fra'])('is final when LiveChat names none: %j', async (data) => {
    const { api, requests } = createApi([refusal('misdirected_request', 421, data)])
    await expect(api.findChat()).rejects.toMatchObject({ type: 'misdirected_request' })
    expect(requests).toHaveLength(1)
  })

  it('may come together with a refused token', async () => {
    const { api } = createApi([
      refusal('authentication', 401),
      refusal('misdirected_request', 421, { region: 'fra' }),
      json(200, chat),
    ])
    await expect(api.getChat('chat-1', 'thread-1')).resolves.toMatchObject({ id: 'chat-1' })
  })
})

describe('repeating', () => {
  it.each(Object.entries(calls))('%s comes again after the delay that LiveChat states', async (_, call) => {
    const { api, requests, waits } = createApi([
      json(429, { error: { type: 'too_many_requests' } }, { 'retry-after': '2' }),
      call.success,
    ])
    await call.send(api)
    expect(requests).toHaveLength(2)
    expect(waits).toEqual([2_000])
  })

  it.each([
    ['a limit without a delay', json(429, { error: { type: 'too_many_requests' } })],
    ['a limit in no form of its own', { status: 429, text: 'slow down', headers: {} }],
    ['a limit with a delay that is junk', json(429, {}, { 'retry-after': 'soon 5' })],
    ['a service that is down', refusal('service_unavailable', 503)],
    ['no connection', new LiveChatNetworkError('send_event', 'ECONNREFUSED')],
  ])('send_event comes again after %s', async (_, failure) => {
    const { api, waits } = createApi([failure, writesOnce['send_event']!.success])
    await expect(api.sendEvent('chat-1', message)).resolves.toBe('event-1')
    expect(waits).toEqual([750])
  })

  const ambiguous: [string, Answer][] = [
    ['no answer in time', lost],
    ['a broken connection', reset],
    ['an internal error', refusal('internal', 500)],
    ['a timeout within LiveChat', refusal('request_timeout', 408)],
    ['a bare 502', { status: 502, text: '<html>', headers: {} }],
  ]
  describe.each(ambiguous)('after %s', (_, failure) => {
    it.each(Object.entries(writesOnce))('%s does not come again by itself: it may have landed', async (_name, call) => {
      const { api, requests } = createApi([failure])
      await expect(call.send(api)).rejects.toMatchObject({ mayHaveLanded: true })
      expect(requests).toHaveLength(1)
    })

    it.each(Object.entries(repeatables))('%s comes again', async (_name, call) => {
      const { api, requests } = createApi([failure, call.success])
      await call.send(api)
      expect(requests).toHaveLength(2)
    })
  })

  it('ends with the fourth attempt', async () => {
    const { api, requests, waits } = createApi([lost, lost, lost, lost])
    await expect(api.findChat()).rejects.toBe(lost)
    expect(requests).toHaveLength(4)
    expect(waits).toEqual([750, 1_500, 1_500])
  })

  it('ends when the time that is left is shorter than the next delay', async () => {
    const { api, requests } = createApi([lost, lost], { budgetMs: 2_000 })
    await expect(api.findChat()).rejects.toBe(lost)
    expect(requests).toHaveLength(2)
  })

  it.each(['validation', 'chat_inactive', 'groups_offline', 'customer_banned', 'something_new'])(
    'does not follow %s',
    async (type) => {
      const { api, requests } = createApi([refusal(type)])
      await expect(api.sendEvent('chat-1', message)).rejects.toMatchObject({ type, mayHaveLanded: false })
      expect(requests).toHaveLength(1)
    },
  )
})

describe('an answer', () => {
  it.each([
    ['start_chat', calls.start_chat, {}, ['thread_id']],
    ['resume_chat', calls.resume_chat, { thread_id: 5 }, ['thread_id']],
    ['send_event', calls.send_event, { event_id: '' }, ['event_id']],
    ['upload_file', calls.upload_file, {}, ['url']],
    ['get_chat', calls.get_chat, { id: 'x' }, ['thread']],
    ['list_chats', calls.list_chats, { chats_summary: [{ id: 'x' }] }, ['chats_summary.0.active']],
    ['list_group_statuses', calls.list_group_statuses, {}, ['groups_status']],
  ])('to %s that lacks something fails with the path', async (action, call, body, paths) => {
    const { api } = createApi([json(200, body)])
    await expect(call!.send(api)).rejects.toMatchObject({ name: 'LiveChatSchemaError', action, paths })
  })

  it('names paths and not values', async () => {
    const { api } = createApi([json(200, { ...chat, thread: { id: 'thread-1', active: 'private words' } })])
    await expect(api.getChat('chat-1', 'thread-1')).rejects.toMatchObject({
      message: "LiveChat's answer to get_chat lacks: thread.active",
    })
  })

  it.each([
    ['an HTML page', '<html>', 404],
    ['nothing', '', 403],
    ['an error without a type', '{"error":{}}', 400],
    ['a list', '[]', 400],
  ])('of failure that is %s is of unknown type', async (_, text, status) => {
    const { api } = createApi([{ status, text, headers: {} }])
    await expect(api.findChat()).rejects.toMatchObject({ name: 'LiveChatApiError', type: 'unknown', status })
  })

  it.each([301, 302, 304])('of status %i is a failure: the API redirects nobody', async (status) => {
    const { api } = createApi([{ status, text: '', headers: { location: 'https://example.com' } }])
    await expect(api.findChat()).rejects.toMatchObject({ status })
  })
})

describe('an error', () => {
  const failures: [string, Answer[]][] = [
    ['a refusal', [refusal('validation')]],
    ['a refused token', [refusal('authentication', 401), refusal('authentication', 401)]],
    ['no answer', [lost]],
    ['an answer that lacks something', [json(200, { note: 'private words' })]],
    ['an answer that is no JSON', [{ status: 200, text: 'private words', headers: {} }]],
    [
      'a page in place of an answer',
      [{ status: 404, text: 'private words', headers: { 'set-cookie': 'dal:token-1' } }],
    ],
  ]
  it.each(failures)('after %s prints neither tokens nor what people wrote', async (_, answers) => {
    const { api } = createApi(answers)
    const error: unknown = await api.sendEvent('chat-1', message).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LiveChatError)
    const printed = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`
    expect(printed).not.toMatch(/token-\d|private words|Bearer/)
  })

  it('keeps the words of LiveChat, which may quote ours, out of its message and stack', async () => {
    const { api } = createApi([json(422, { error: { type: 'validation', message: 'bad text: private words' } })])
    const error: unknown = await api.sendEvent('chat-1', message).catch((thrown: unknown) => thrown)
    expect(String(error instanceof Error && error.message + String(error.stack))).not.toContain('private words')
  })
})

describe('isChatLimitError', () => {
  it.each([
    ['chat_limit_reached', undefined],
    ['limit_reached', undefined],
    ['chat_already_active', undefined],
    ['validation', 'Customer chats limit reached'],
    ['something_new', 'Chat limit reached.'],
  ])('recognises type %s with message %j', (type, text) => {
    expect(isChatLimitError(new LiveChatApiError('start_chat', type, 422, { message: text }))).toBe(true)
  })

  it.each([
    new LiveChatApiError('start_chat', 'too_many_requests', 429, { message: 'Rate limit reached' }),
    new LiveChatApiError('start_chat', 'groups_offline', 422),
    new LiveChatApiError('start_chat', 'validation', 422, { message: 'Wrong format' }),
    new LiveChatTimeoutError('start_chat'),
    new Error('Customer chats limit reached'),
    undefined,
  ])('does not take %s for one', (error) => {
    expect(isChatLimitError(error)).toBe(false)
  })
})
