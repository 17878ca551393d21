import { describe, expect, it } from 'vitest'
import type { Holder } from './lifecycle'
import { holderTag, toSession } from './session'

const tags = {
  livechatChatId: 'chat-1',
  livechatThreadId: 'thread-1',
  livechatCustomerId: 'customer-1',
  botpressUserId: 'user-1',
}
const sessionOf = (more: Record<string, string | undefined> = {}) =>
  toSession({ id: 'conversation-1', createdAt: '2025-01-01T00:00:00.000Z', tags: { ...tags, ...more } }, 7)

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
    'takes a conversation whose %s is %j for none of ours',
    (name, value) => {
      expect(sessionOf({ [name]: value })).toBeUndefined()
    },
  )

  it.each<Holder>([
    { kind: 'nobody' },
    { kind: 'queue' },
    { kind: 'agent', userId: 'user_01ABC' },
    { kind: 'left', userId: 'user_01ABC' },
  ])('reads back from a tag that the session is held by %o', (holder) => {
    expect(sessionOf({ assignedAgentUserId: holderTag(holder) })).toMatchObject({ holder })
  })
})
