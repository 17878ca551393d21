import { describe, expect, it } from 'vitest'
import type { Holder } from './holder'
import { readEnded, tagsOf, toSession, type Ended } from './session'

const tags = {
  livechatChatId: 'chat-1',
  livechatThreadId: 'thread-1',
  livechatCustomerId: 'customer-1',
  botpressUserId: 'user-1',
}
const sessionOf = (more: Record<string, string | undefined> = {}) =>
  toSession(
    {
      id: 'conversation-1',
      createdAt: '2025-01-01T00:00:00.000Z',
      updatedAt: '2025-01-01T00:00:00.000Z',
      tags: { ...tags, ...more },
    },
    7,
  )

describe('toSession', () => {
  it('reads a session from the tags of its conversation', () => {
    expect(sessionOf()).toMatchObject({
      ...tags,
      conversationId: 'conversation-1',
      createdAtMs: Date.parse('2025-01-01T00:00:00.000Z'),
      holder: { kind: 'nobody' },
      readAtMs: 7,
    })
  })

  it.each(Object.keys(tags).flatMap((name) => [[name, undefined] as const, [name, ''] as const]))(
    'gives no session for a conversation whose %s is %j',
    (name, value) => {
      expect(sessionOf({ [name]: value })).toBeUndefined()
    },
  )

  it.each<Holder>([
    { kind: 'nobody' },
    { kind: 'queue', afterUserId: 'user_01ABC' },
    { kind: 'agent', userId: 'user_01ABC' },
    { kind: 'left', userId: 'user_01ABC' },
  ])('reads the holder back from its tag: %o', (holder) => {
    const before = { assignedAgentUserId: 'user_01ABC' }
    expect(sessionOf({ ...before, ...tagsOf({ holder }) })).toMatchObject({ holder })
  })

  const left: Holder = { kind: 'left', userId: 'user_amber' }

  it.each<[string, Holder, Holder?]>([
    ['that the last one left', left],
    ['that the session waits again', { kind: 'queue', afterUserId: 'user_amber' }],
    ['that the last one is back', { kind: 'agent', userId: 'user_amber' }, left],
  ])('keeps the next agent when another process records %s', (_what, holder, before) => {
    const next = tagsOf({ holder: { kind: 'agent', userId: 'user_birch' } }, left)
    const gone = tagsOf({ holder }, before)
    for (const tags of [
      { ...next, ...gone },
      { ...gone, ...next },
    ])
      expect(sessionOf(tags)).toMatchObject({ holder: { kind: 'agent', userId: 'user_birch' } })
  })

  it.each<Ended>([
    { reason: 'agent', atMs: 5, stopsAtMs: 7 },
    { reason: 'startFailed', atMs: 5, stopsAtMs: 5 },
  ])('reads the end back from its tag: %o', (ended) => {
    expect(sessionOf(tagsOf({ ended }))).toMatchObject({ ended })
  })
})

describe('readEnded', () => {
  it('reads the tag of an earlier version', () => {
    expect(readEnded('inactivity 1767603610000')).toEqual({
      reason: 'inactivity',
      atMs: 1767603610000,
      stopsAtMs: 1767603610000,
    })
  })

  it.each(['something_new 5', 'something_new', 'constructor 5 6'])(
    'reads an unknown reason as a failure: %s',
    (tag) => {
      expect(readEnded(tag)?.reason).toBe('failure')
    },
  )

  it.each([undefined, ''])('is undefined for a session that has not ended: %j', (tag) => {
    expect(readEnded(tag)).toBeUndefined()
  })
})
