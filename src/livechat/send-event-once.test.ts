import { describe, expect, it } from 'vitest'
import { LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError } from './errors'
import type { LiveChatChat } from './schema'
import { findEvent, sendEventOnce } from './send-event-once'

const event = { type: 'message', text: 'Hello', custom_id: 'c2' } as const
const lost = new LiveChatTimeoutError('send_event')

type LiveChat = Parameters<typeof sendEventOnce>[0]

/** A LiveChat whose sends end as listed. `landed`: the custom ids in its thread. */
const createLiveChat = (
  sends: (string | Error)[],
  landed: (string | undefined)[] | Error = [],
  type = 'message',
  active = true,
) => {
  const log: string[] = []
  const api: LiveChat = {
    pause: (tries) => {
      log.push(`pause ${tries}`)
      return Promise.resolve(true)
    },
    sendEvent: (chatId, { custom_id }) => {
      log.push(`send ${chatId} ${custom_id}`)
      const end = sends.shift()
      return typeof end === 'string' ? Promise.resolve(end) : Promise.reject(end ?? new Error('one send too many'))
    },
    getChat: (chatId, threadId) => {
      log.push(`read ${chatId} ${threadId}`)
      if (landed instanceof Error) return Promise.reject(landed)
      const events = landed.map((custom_id, index) => ({ id: `e${index}`, type, custom_id }))
      return Promise.resolve({ id: chatId, users: [], thread: { id: threadId, active, events } })
    },
  }
  return { api, log }
}
const sendTo = (api: LiveChat) => sendEventOnce(api, 'chat-1', 'thread-1', event)

describe('sendEventOnce', () => {
  it('makes one request if LiveChat answers', async () => {
    const { api, log } = createLiveChat(['event-1'])
    await expect(sendTo(api)).resolves.toBe('event-1')
    expect(log).toEqual(['send chat-1 c2'])
  })

  it('does not send again if the event landed although no answer came', async () => {
    const { api, log } = createLiveChat([lost], ['c1', 'c2', 'c3'])
    await expect(sendTo(api)).resolves.toBe('e1')
    expect(log).toEqual(['send chat-1 c2', 'read chat-1 thread-1'])
  })

  it('does not send into the thread of the next session, if its own thread is closed by now', async () => {
    const { api, log } = createLiveChat([lost], [], 'message', false)
    await expect(sendTo(api)).rejects.toMatchObject({ type: 'chat_inactive' })
    expect(log).toEqual(['send chat-1 c2', 'read chat-1 thread-1'])
  })

  it.each([
    ['an empty thread', []],
    ['events of other ids', ['c1', 'c22', 'C2']],
    ['events without custom ids', [undefined, undefined]],
  ])('sends again if the event is not in the thread: %s', async (_, landed) => {
    const { api, log } = createLiveChat([lost, 'event-1'], landed)
    await expect(sendTo(api)).resolves.toBe('event-1')
    expect(log).toEqual(['send chat-1 c2', 'read chat-1 thread-1', 'pause 1', 'send chat-1 c2'])
  })

  it.each([
    ['no answer in time', lost],
    ['a broken connection', new LiveChatNetworkError('send_event', 'ECONNRESET')],
    ['an internal error', new LiveChatApiError('send_event', 'internal', 500)],
  ])('reads the thread after %s', async (_, failure) => {
    const { api, log } = createLiveChat([failure], ['c2'])
    await sendTo(api)
    expect(log).toContain('read chat-1 thread-1')
  })

  it.each([
    ['a closed chat', new LiveChatApiError('send_event', 'chat_inactive', 422)],
    ['a rate limit', new LiveChatApiError('send_event', 'too_many_requests', 429)],
    ['no connection', new LiveChatNetworkError('send_event', 'ECONNREFUSED')],
    ['a mistake in our own code', new TypeError('x is not a function')],
  ])('fails at once with %s, which certainly did not land', async (_, failure) => {
    const { api, log } = createLiveChat([failure])
    await expect(sendTo(api)).rejects.toBe(failure)
    expect(log).toEqual(['send chat-1 c2'])
  })

  it('fails with the error of the second send', async () => {
    const closed = new LiveChatApiError('send_event', 'chat_inactive', 422)
    await expect(sendTo(createLiveChat([lost, closed]).api)).rejects.toBe(closed)
  })

  it('does not send again if the thread cannot be read: a duplicate is worse than a reported failure', async () => {
    const unreadable = new LiveChatTimeoutError('get_chat')
    const { api, log } = createLiveChat([lost], unreadable)
    await expect(sendTo(api)).rejects.toBe(unreadable)
    expect(log).toEqual(['send chat-1 c2', 'read chat-1 thread-1'])
  })
})

describe('a system message whose answer was lost', () => {
  const systemMessage = { type: 'system_message', system_message_type: 'custom', text: 'Bye', custom_id: 'c2' } as const
  const send = (api: LiveChat) => sendEventOnce(api, 'chat-1', 'thread-1', systemMessage)

  it('is sent again if the thread shows another one of ours', async () => {
    const { api } = createLiveChat([lost, 'event-1'], ['start-1'], 'system_message')
    await expect(send(api)).resolves.toBe('event-1')
  })

  it.each([
    ['nothing of ours', []],
    ['only those of LiveChat', [undefined]],
  ])('is not sent again if the thread shows %s: the customer may not see it', async (_, landed) => {
    const { api, log } = createLiveChat([lost], landed, 'system_message')
    await expect(send(api)).rejects.toBe(lost)
    expect(log).toEqual(['send chat-1 c2', 'read chat-1 thread-1'])
  })
})

describe('findEvent', () => {
  it.each([
    ['c1', 'e0'],
    ['c3', 'e2'],
    ['c4', undefined],
    ['', undefined],
  ])('finds the event of custom id %j: %j', (customId, eventId) => {
    const events = ['c1', undefined, 'c3'].map((custom_id, index) => ({ id: `e${index}`, type: 'message', custom_id }))
    expect(findEvent({ id: 'thread-1', active: true, events }, customId)).toBe(eventId)
  })
})

/** Row 24: an end to trying, even where every pause is granted. */
describe('a send that never lands', () => {
  it('is tried four times and given up with what it ended in', async () => {
    const empty: LiveChatChat = { id: 'chat', users: [], thread: { id: 'thread', active: true, events: [] } }
    let sends = 0
    const pauses: number[] = []
    const api = {
      sendEvent: () => {
        sends += 1
        // Without an end of its own the test would not have one either.
        return sends > 20 ? Promise.resolve('event') : Promise.reject(lost)
      },
      getChat: () => Promise.resolve(empty),
      pause: (tries: number) => {
        pauses.push(tries)
        return Promise.resolve(true)
      },
    }
    await expect(sendEventOnce(api, 'chat', 'thread', event)).rejects.toBe(lost)
    expect(sends).toBe(4)
    expect(pauses).toEqual([1, 2, 3])
  })
})
