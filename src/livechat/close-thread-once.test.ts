import { describe, expect, it } from 'vitest'
import { closeThreadOnce } from './close-thread-once'
import { LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError } from './errors'

const lost = new LiveChatTimeoutError('deactivate_chat')
const unreadable = new LiveChatNetworkError('get_chat', 'ECONNRESET')

/** A LiveChat whose attempts to close end as listed. `isOpen`: whether a read shows the thread as open. */
const createLiveChat = (closings: ('closed' | Error)[], isOpen: boolean | Error, pauses = true) => {
  const log: string[] = []
  const api: Parameters<typeof closeThreadOnce>[0] = {
    pause: () => Promise.resolve(pauses),
    deactivateChat: (chatId) => {
      log.push(`close ${chatId}`)
      const end = closings.shift()
      return end === 'closed' ? Promise.resolve() : Promise.reject(end ?? new Error('one attempt too many'))
    },
    getChat: (chatId, threadId) => {
      log.push(`read ${threadId}`)
      if (isOpen instanceof Error) return Promise.reject(isOpen)
      return Promise.resolve({ id: chatId, users: [], thread: { id: threadId, active: isOpen, events: [] } })
    },
  }
  return { log, closing: closeThreadOnce(api, 'chat-1', 'thread-1') }
}

const [close, read] = ['close chat-1', 'read thread-1']

describe('closeThreadOnce', () => {
  it('makes one call if LiveChat answers', async () => {
    const { log, closing } = createLiveChat(['closed'], true)
    await expect(closing).resolves.toBeUndefined()
    expect(log).toEqual([close])
  })

  it.each([
    ['no answer in time', lost],
    ['a broken connection', new LiveChatNetworkError('deactivate_chat', 'ECONNRESET')],
    ['a failure of LiveChat', new LiveChatApiError('deactivate_chat', 'internal', 500, {})],
  ])('does not close the thread of the next session after %s', async (_, error) => {
    const { log, closing } = createLiveChat([error], false)
    await expect(closing).resolves.toBeUndefined()
    expect(log).toEqual([close, read])
  })

  it('tries again while the thread is open', async () => {
    const { log, closing } = createLiveChat([lost, lost, 'closed'], true)
    await expect(closing).resolves.toBeUndefined()
    expect(log).toEqual([close, read, close, read, close])
  })

  it('gives up after four attempts', async () => {
    const { log, closing } = createLiveChat([lost, lost, lost, lost], true)
    await expect(closing).rejects.toBe(lost)
    expect(log.filter((line) => line === close)).toHaveLength(4)
  })

  it.each([
    ['a refusal', [new LiveChatApiError('deactivate_chat', 'authorization', 403, {})], true, true],
    ['a failure after which there is no time left', [lost], true, false],
  ] as const)('gives up at once after %s', async (_, closings, isOpen, pauses) => {
    const { log, closing } = createLiveChat([...closings], isOpen, pauses)
    await expect(closing).rejects.toBe(closings[0])
    expect(log).toEqual([close])
  })

  it('does not close what it cannot read', async () => {
    const { log, closing } = createLiveChat([lost], unreadable)
    await expect(closing).rejects.toBe(unreadable)
    expect(log).toEqual([close, read])
  })
})
