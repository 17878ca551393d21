import { describe, expect, it } from 'vitest'
import { LiveChatTimeoutError } from '../../../src/livechat/errors'
import type { LiveChatChat } from '../../../src/livechat/schema'
import { sendEventOnce } from '../../../src/livechat/send-event-once'

/** Row 24: an end to trying, even where every pause is granted. */
describe('a send that never lands', () => {
  it('is tried four times and given up with what it ended in', async () => {
    const lost = new LiveChatTimeoutError('send_event')
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
    const event = { type: 'message', text: 'Hello', custom_id: 'c' } as const
    await expect(sendEventOnce(api, 'chat', 'thread', event)).rejects.toBe(lost)
    expect(sends).toBe(4)
    expect(pauses).toEqual([1, 2, 3])
  })
})
