import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { tagsOf, toSession } from './session'
import { findSession, lookUpSession, rememberSession, sessionOfMessage, updateSession } from './session-store'

const ids = { livechatChatId: 'chat-1', livechatThreadId: 'thread-1' }

/** A Botpress with one conversation, whose tags can be read and written. */
const createWorld = () => {
  let tags: Record<string, string> = { ...ids, livechatCustomerId: 'customer-1', botpressUserId: 'user-1' }
  const conversation = () => ({ id: 'conversation-1', createdAt: '2025-01-01T00:00:00Z', tags: { ...tags } })
  const scope = fakeScope(() => 7, {
    listConversations: () => Promise.resolve({ conversations: [conversation()] }),
    updateConversation: (change: { tags: Record<string, string> }) => {
      tags = { ...tags, ...change.tags }
      return Promise.resolve({})
    },
  })
  const session = rememberSession(scope, toSession(conversation(), 7)!)
  return { scope, session, conversation, tags: () => tags }
}
const queueTold = { place: '3', atMs: 5 }
const ended = { reason: 'agent', atMs: 5, stopsAtMs: 5 } as const

describe('a session', () => {
  it('keeps what one part of an operation wrote when another part writes', async () => {
    const { scope, session, tags } = createWorld()
    const held = (await findSession(scope, ids))!
    await updateSession(scope, session, { queueTold })
    await updateSession(scope, held, { holder: { kind: 'queue' } })
    expect(await findSession(scope, ids)).toMatchObject({ queueTold, holder: { kind: 'queue' } })
    expect(tags()).toMatchObject(tagsOf({ queueTold, holder: { kind: 'queue' } }))
  })

  it('changes for all who hold it when it is looked up again', async () => {
    const { scope, session } = createWorld()
    await scope.client.updateConversation({ id: 'conversation-1', tags: tagsOf({ holder: { kind: 'queue' } }) })
    await lookUpSession(scope, ids)
    expect(session.holder).toEqual({ kind: 'queue' })
  })

  it('does not change in memory when Botpress refuses the change', async () => {
    const { scope, session } = createWorld()
    const broken = { ...scope, client: fakeScope(() => 7).client }
    await expect(updateSession(broken, session, { queueTold })).rejects.toThrow('updateConversation')
    expect(session.queueTold).toBeUndefined()
  })

  it('takes only its end from the tags that come with a message, because they may be old', async () => {
    const { scope, session, conversation } = createWorld()
    const old = conversation()
    await updateSession(scope, session, { queueTold })
    expect(sessionOfMessage(scope, old)).toMatchObject({ queueTold })
    sessionOfMessage(scope, { ...old, tags: { ...old.tags, ...tagsOf({ ended }) } })
    expect(session.ended).toEqual(ended)
  })
})
