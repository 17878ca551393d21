import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  calls,
  chat,
  createApi,
  file,
  message,
  repeatables,
  thread,
  writesOnce,
} from '../../test/helpers/scripted-customer'
import { bodyOf, json, refusal, type Answer } from '../../test/helpers/scripted-livechat'
import { isChatLimitError } from './customer-api'
import { LiveChatApiError, LiveChatError, LiveChatTimeoutError } from './errors'

const lost = new LiveChatTimeoutError('any')

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
  it('opens a chat in the group, lets it wait and keeps bots out', async () => {
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

  it('leaves group and bots to LiveChat by default', async () => {
    const { api, requests } = createApi([writesOnce['start_chat']!.success])
    await api.startChat({ ...thread, groupId: undefined, ignoreBots: false, continuous: false })
    expect(bodyOf(requests[0])).toEqual({
      chat: { thread: { events: thread.events } },
      active: true,
      continuous: false,
    })
  })

  it('passes on group 0, which is a group like any other', async () => {
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

  it('deactivateChat succeeds if no thread is open', async () => {
    await expect(createApi([refusal('chat_inactive')]).api.deactivateChat('chat-1')).resolves.toBeUndefined()
  })

  it('deactivateChat accepts an empty answer', async () => {
    const { api } = createApi([{ status: 200, text: '', headers: {} }])
    await expect(api.deactivateChat('chat-1')).resolves.toBeUndefined()
  })

  it.each(['not_found', 'authorization', 'chat_anonymized'])('deactivateChat fails with %s', async (type) => {
    await expect(createApi([refusal(type)]).api.deactivateChat('chat-1')).rejects.toMatchObject({ type })
  })
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
  ])('to %s that lacks a field fails with its path', async (action, call, body, paths) => {
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
  ])('that reports a failure as %s has the type unknown', async (_, text, status) => {
    const { api } = createApi([{ status, text, headers: {} }])
    await expect(api.findChat()).rejects.toMatchObject({ name: 'LiveChatApiError', type: 'unknown', status })
  })

  it.each([301, 302, 304])('of status %i is a failure: the API has no redirects', async (status) => {
    const { api } = createApi([{ status, text: '', headers: { location: 'https://example.com' } }])
    await expect(api.findChat()).rejects.toMatchObject({ status })
  })
})

describe('an error', () => {
  const failures: [string, Answer[]][] = [
    ['a refusal', [refusal('validation')]],
    ['a refused token', [refusal('authentication', 401), refusal('authentication', 401)]],
    ['no answer', [lost]],
    ['an answer that lacks a field', [json(200, { note: 'private words' })]],
    ['an answer that is not JSON', [{ status: 200, text: 'private words', headers: {} }]],
    [
      'a page in place of an answer',
      [{ status: 404, text: 'private words', headers: { 'set-cookie': 'dal:token-1' } }],
    ],
  ]
  it.each(failures)('after %s prints neither tokens nor private words', async (_, answers) => {
    const { api } = createApi(answers)
    const error: unknown = await api.sendEvent('chat-1', message).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LiveChatError)
    const printed = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`
    expect(printed).not.toMatch(/token-\d|private words|Bearer/)
  })

  it('keeps LiveChat’s words, which may quote private ones, out of its message and stack', async () => {
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
  ])('does not recognise %s', (error) => {
    expect(isChatLimitError(error)).toBe(false)
  })
})
