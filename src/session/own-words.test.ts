import { describe, expect, it } from 'vitest'
import { isOwnKey, messageKeys } from './own-words'

/** One key of each kind. A new kind without a row does not compile. */
const keys: Record<keyof typeof messageKeys, string> = {
  waiting: messageKeys.waiting('THREAD1', 'again-7'),
  correction: messageKeys.correction('EVENT_1', 'abc', 2),
  undelivered: messageKeys.undelivered('msg_1'),
  deletion: messageKeys.deletion('EVENT_1'),
}

describe('a message of our own', () => {
  it.each(Object.entries(keys))('does not count as a message of an agent: %s', (_kind, key) => {
    expect(isOwnKey(key)).toBe(true)
  })

  it.each(['Q20N9CKRX2_1', 'place', 'waiting_1'])('is not what LiveChat names %s', (eventId) => {
    expect(isOwnKey(eventId)).toBe(false)
  })
})
