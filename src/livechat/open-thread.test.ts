import { describe, expect, it } from 'vitest'
import type { ThreadRequest } from './customer-api'
import { LiveChatApiError, LiveChatNetworkError, LiveChatSchemaError, LiveChatTimeoutError } from './errors'
import { openThread } from './open-thread'
import type { LiveChatChat, LiveChatChatSummary } from './schema'

const request: ThreadRequest = {
  groupId: undefined,
  events: [
    { type: 'message', text: 'one', custom_id: 'start-1' },
    { type: 'message', text: 'two', custom_id: 'start-1.1' },
  ],
  continuous: true,
  ignoreBots: true,
}
const closed: LiveChatChatSummary = {
  id: 'chat-1',
  active: false,
  last_thread_id: 'thread-1',
  last_thread_created_at: undefined,
}
const open: LiveChatChatSummary = { ...closed, active: true, last_thread_id: 'thread-9' }
const opened = { chatId: 'chat-1', threadId: 'thread-2' }
const lost = new LiveChatTimeoutError('start_chat')
const limit = new LiveChatApiError('start_chat', 'chat_limit_reached', 422)
const alreadyActive = new LiveChatApiError('resume_chat', 'chat_already_active', 422)

type Script = {
  /** The result of each start or resume: a thread or an error. */
  ends: (typeof opened | Error)[]
  /** What each read of the customer's chats shows. */
  reads?: (LiveChatChatSummary | undefined)[]
  /** The custom ids in the open thread. */
  inThread?: string[]
  /** Further events in it, and its properties. */
  events?: { id: string; type: string; custom_id: string }[]
  properties?: LiveChatChat['thread']['properties']
}

const createLiveChat = ({ ends, reads = [], inThread = [], events: more = [], properties }: Script) => {
  const log: string[] = []
  const end = () => {
    const next = ends.shift()
    return next === undefined || next instanceof Error
      ? Promise.reject(next ?? new Error('one attempt too many'))
      : Promise.resolve(next)
  }
  const api: Parameters<typeof openThread>[0] = {
    startChat: () => {
      log.push('start')
      return end()
    },
    resumeChat: (chatId) => {
      log.push(`resume ${chatId}`)
      return end()
    },
    deactivateChat: (chatId) => {
      log.push(`deactivate ${chatId}`)
      return Promise.resolve()
    },
    pause: () => Promise.resolve(true),
    findChat: () => {
      log.push('list')
      if (reads.length === 0) throw new Error('one list too many')
      return Promise.resolve(reads.shift())
    },
    getChat: (chatId, threadId) => {
      log.push(`read ${threadId}`)
      const events = [...inThread.map((custom_id, index) => ({ id: `e${index}`, type: 'message', custom_id })), ...more]
      return Promise.resolve({ id: chatId, users: [], thread: { id: threadId, active: true, events, properties } })
    },
  }
  return { api, log }
}
const mayClose = () => Promise.resolve(true)
const mayNotClose = () => Promise.resolve(false)
const mustNotAsk = () => Promise.reject(new Error('asked about a chat that is not open'))

/** The bot speaks by system message. A customer may not see those of their own. */
const bySystemMessage: ThreadRequest = {
  ...request,
  events: [{ type: 'system_message', system_message_type: 'custom', text: 'one', custom_id: 'start-1' }],
}
const ofAnotherStart = { id: 'e0', type: 'system_message', custom_id: 'start-2' }
const byAgent = { source: { client_id: 'livechat-app', customer_client_id: 'ours' } }
const byCustomer = { source: { client_id: 'ours', customer_client_id: 'ours' } }

describe('a thread whose first event the customer does not see', () => {
  it.each<[string, LiveChatChatSummary | undefined, Script, boolean]>([
    ['is ours if the customer had no chat', undefined, { ends: [lost], reads: [open] }, true],
    ['is ours if another thread was there before', closed, { ends: [lost], reads: [open] }, true],
    ['is ours if the customer opened it', closed, { ends: [lost], reads: [open], properties: byCustomer }, true],
    ['is ours if the second attempt finds it', closed, { ends: [lost, alreadyActive], reads: [closed, open] }, true],
    ['is not ours if an agent opened it', closed, { ends: [lost], reads: [open], properties: byAgent }, false],
    ['is not ours if no answer was lost', closed, { ends: [alreadyActive], reads: [open] }, false],
    ['is not ours if it shows another start', closed, { ends: [lost], reads: [open], events: [ofAnotherStart] }, false],
    [
      'is not ours if it was there before the lost answer',
      closed,
      { ends: [alreadyActive, lost], reads: [open, open] },
      false,
    ],
    [
      'is not ours if LiveChat did not name the thread before',
      { ...closed, last_thread_id: undefined },
      { ends: [lost], reads: [open] },
      false,
    ],
  ])('%s', async (_, known, script, isOurs) => {
    const { api } = createLiveChat(script)
    let asked = 0
    const mayCloseFirst = () => Promise.resolve(asked++ === 0 && script.ends.length > 0)
    const result = await openThread(api, bySystemMessage, known, mayCloseFirst)
    expect(result).toEqual(
      isOurs ? { opened: true, thread: { chatId: 'chat-1', threadId: 'thread-9' } } : { opened: false, reason: 'busy' },
    )
  })

  it('is not ours if its first event is a text, which the customer would see', async () => {
    const { api } = createLiveChat({ ends: [lost], reads: [open] })
    await expect(openThread(api, request, closed, mayNotClose)).resolves.toMatchObject({ opened: false })
  })
})

describe('openThread', () => {
  it('starts the first chat of a customer in one request', async () => {
    const { api, log } = createLiveChat({ ends: [opened] })
    await expect(openThread(api, request, undefined, mustNotAsk)).resolves.toEqual({ opened: true, thread: opened })
    expect(log).toEqual(['start'])
  })

  it('resumes the chat of a customer who comes back', async () => {
    const { api, log } = createLiveChat({ ends: [opened] })
    await expect(openThread(api, request, closed, mustNotAsk)).resolves.toEqual({ opened: true, thread: opened })
    expect(log).toEqual(['resume chat-1'])
  })

  it('closes an open thread that nobody uses and resumes the chat', async () => {
    const { api, log } = createLiveChat({ ends: [opened] })
    await expect(openThread(api, request, open, mayClose)).resolves.toEqual({ opened: true, thread: opened })
    expect(log).toEqual(['deactivate chat-1', 'resume chat-1'])
  })

  it('does not touch an open thread that is in use', async () => {
    const { api, log } = createLiveChat({ ends: [] })
    await expect(openThread(api, request, open, mayNotClose)).resolves.toEqual({ opened: false, reason: 'busy' })
    expect(log).toEqual([])
  })

  it('asks whether it may close the chat that is open', async () => {
    const asked: LiveChatChatSummary[] = []
    const { api } = createLiveChat({ ends: [opened] })
    await openThread(api, request, open, (chat) => {
      asked.push(chat)
      return Promise.resolve(true)
    })
    expect(asked).toEqual([open])
  })

  it.each([
    ['chat_limit_reached', limit],
    ['limit_reached', new LiveChatApiError('start_chat', 'limit_reached', 422)],
    [
      'a message about a limit of chats',
      new LiveChatApiError('start_chat', 'validation', 422, { message: 'Customer chats limit reached' }),
    ],
  ])('resumes the chat that LiveChat reports by %s', async (_, error) => {
    const { api, log } = createLiveChat({ ends: [error, opened], reads: [closed] })
    await expect(openThread(api, request, undefined, mayNotClose)).resolves.toEqual({ opened: true, thread: opened })
    expect(log).toEqual(['start', 'list', 'resume chat-1'])
  })

  it('does not touch the chat that LiveChat reports if it is in use', async () => {
    const { api, log } = createLiveChat({ ends: [limit], reads: [open] })
    await expect(openThread(api, request, undefined, mayNotClose)).resolves.toMatchObject({ opened: false })
    expect(log).toEqual(['start', 'list', 'read thread-9'])
  })

  it('fails if LiveChat reports a chat but lists none', async () => {
    const { api, log } = createLiveChat({ ends: [limit], reads: [undefined] })
    await expect(openThread(api, request, undefined, mayClose)).rejects.toBe(limit)
    expect(log).toEqual(['start', 'list'])
  })

  it.each([
    ['a leftover', mayClose, ['resume chat-1', 'list', 'read thread-9', 'deactivate chat-1', 'resume chat-1'], true],
    ['in use', mayNotClose, ['resume chat-1', 'list', 'read thread-9'], false],
  ])('asks whether it may close a thread that was opened meanwhile: %s', async (_, judge, steps, isOpened) => {
    const { api, log } = createLiveChat({ ends: [alreadyActive, opened], reads: [open], inThread: ['start-other'] })
    await expect(openThread(api, request, closed, judge)).resolves.toMatchObject({ opened: isOpened })
    expect(log).toEqual(steps)
  })

  it.each([
    ['no answer in time', lost],
    ['a broken connection', new LiveChatNetworkError('start_chat', 'ECONNRESET')],
    ['an internal error', new LiveChatApiError('start_chat', 'internal', 500)],
    ['an answer that cannot be read', new LiveChatSchemaError('start_chat', ['thread_id'])],
  ])('recognises its own thread after %s', async (_, error) => {
    const { api, log } = createLiveChat({ ends: [error], reads: [open], inThread: ['other', 'start-1'] })
    await expect(openThread(api, request, undefined, mayNotClose)).resolves.toEqual({
      opened: true,
      thread: { chatId: 'chat-1', threadId: 'thread-9' },
    })
    expect(log).toEqual(['start', 'list', 'read thread-9'])
  })

  it('recognises its own thread in a resumed chat', async () => {
    const { api, log } = createLiveChat({ ends: [lost], reads: [open], inThread: ['start-1'] })
    await expect(openThread(api, request, closed, mayNotClose)).resolves.toMatchObject({
      thread: { threadId: 'thread-9' },
    })
    expect(log).toEqual(['resume chat-1', 'list', 'read thread-9'])
  })

  it.each([
    ['starts again when nothing was opened', undefined, undefined, 'start'],
    ['resumes again when nothing was opened', closed, closed, 'resume chat-1'],
    ['resumes the chat that was opened and closed meanwhile', undefined, closed, 'resume chat-1'],
  ])('%s after a lost answer', async (_, known, read, lastStep) => {
    const { api, log } = createLiveChat({ ends: [lost, opened], reads: [read] })
    await expect(openThread(api, request, known, mayNotClose)).resolves.toEqual({ opened: true, thread: opened })
    expect(log.at(-1)).toBe(lastStep)
  })

  it('does not take an open chat for its own if LiveChat does not name the thread', async () => {
    const nameless = { ...open, last_thread_id: undefined }
    const { api, log } = createLiveChat({ ends: [lost], reads: [nameless], inThread: ['start-1'] })
    await expect(openThread(api, request, undefined, mayNotClose)).resolves.toMatchObject({ opened: false })
    expect(log).toEqual(['start', 'list'])
  })

  it('gives up after the third attempt', async () => {
    const { api, log } = createLiveChat({ ends: [lost, lost, lost], reads: [closed, closed] })
    await expect(openThread(api, request, closed, mayNotClose)).rejects.toBe(lost)
    expect(log).toEqual(['resume chat-1', 'list', 'resume chat-1', 'list', 'resume chat-1'])
  })

  it.each([
    ['nobody online', new LiveChatApiError('start_chat', 'groups_offline', 422)],
    ['a refused form', new LiveChatApiError('start_chat', 'validation', 422, { message: 'Wrong format' })],
    ['a banned customer', new LiveChatApiError('start_chat', 'customer_banned', 403)],
    ['no connection', new LiveChatNetworkError('start_chat', 'ECONNREFUSED')],
    ['a mistake in our own code', new TypeError('x is not a function')],
  ])('fails at once with %s', async (_, error) => {
    const { api, log } = createLiveChat({ ends: [error] })
    await expect(openThread(api, request, undefined, mayClose)).rejects.toBe(error)
    expect(log).toEqual(['start'])
  })
})
