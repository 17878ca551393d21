import { ResourceNotFoundError } from '@botpress/client'
import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { tagsOf, toSession } from './session'
import {
  createSession,
  findThread,
  lookUpSession,
  markStale,
  refreshSession,
  rememberSession,
  sessionOfMessage,
  updateSession,
} from './session-store'
import { threadOf } from './thread'

const ids = { livechatChatId: 'chat-1', livechatThreadId: 'thread-1' }

/** A Botpress with one conversation, whose tags can be read and written. */
const createWorld = () => {
  let tags: Record<string, string> = { ...ids, livechatCustomerId: 'customer-1', botpressUserId: 'user-1' }
  let changes = 0
  const at = (seconds: number): string => new Date(Date.UTC(2025, 0, 1, 0, 0, seconds)).toISOString()
  const conversation = () => ({
    id: 'conversation-1',
    createdAt: at(0),
    updatedAt: at(changes),
    tags: { ...tags },
  })
  const scope = fakeScope(() => 7, {
    listConversations: () => Promise.resolve({ conversations: [conversation()], meta: {} }),
    getConversation: () => Promise.resolve({ conversation: conversation() }),
    getOrCreateConversation: () => Promise.resolve({ conversation: conversation() }),
    updateConversation: (change: { tags: Record<string, string> }) => {
      tags = { ...tags, ...change.tags }
      changes += 1
      return Promise.resolve({ conversation: conversation() })
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
    const held = (await findThread(scope, ids)).session!
    await updateSession(scope, session, { queueTold })
    await updateSession(scope, held, { holder: { kind: 'agent', userId: 'user_3' } })
    expect((await findThread(scope, ids)).session).toMatchObject({
      queueTold,
      holder: { kind: 'agent', userId: 'user_3' },
    })
    expect(tags()).toMatchObject(tagsOf({ queueTold, holder: { kind: 'agent', userId: 'user_3' } }))
  })

  it('changes for all who hold it when it is looked up again', async () => {
    const { scope, session } = createWorld()
    await scope.client.updateConversation({
      id: 'conversation-1',
      tags: tagsOf({ holder: { kind: 'agent', userId: 'user_3' } }),
    })
    await lookUpSession(scope, ids)
    expect(session.holder).toEqual({ kind: 'agent', userId: 'user_3' })
  })

  it('shows its holder what another process recorded, also after much other traffic', async () => {
    const { scope, session } = createWorld()
    for (let number = 0; number < 40_001; number += 1) threadOf(scope, { ...ids, livechatThreadId: `other-${number}` })
    await scope.client.updateConversation({
      id: 'conversation-1',
      tags: tagsOf({ holder: { kind: 'agent', userId: 'user_3' } }),
    })
    await refreshSession(scope, session)
    expect(session.holder).toEqual({ kind: 'agent', userId: 'user_3' })
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
    const now = conversation()
    sessionOfMessage(scope, { ...now, tags: { ...now.tags, ...tagsOf({ ended }) } })
    expect(session.ended).toEqual(ended)
  })

  it('keeps what a webhook recorded before the start had its answer', async () => {
    const { scope, session } = createWorld()
    const holder = { kind: 'agent', userId: 'user_2' } as const
    await updateSession(scope, session, { holder, ended })
    const { livechatCustomerId, botpressUserId } = session
    const started = await createSession(scope, {
      ...ids,
      livechatCustomerId,
      botpressUserId,
      startId: 'start-1',
      language: undefined,
    })
    expect(started).toMatchObject({ holder, ended })
  })

  it('is one object for those who hold it and for those who look it up after a stop', async () => {
    const { scope, session, conversation } = createWorld()
    markStale(scope, session)
    sessionOfMessage(scope, conversation())
    await updateSession(scope, session, { ended })
    expect((await findThread(scope, ids)).session).toMatchObject({ ended })
  })

  it('is looked up again after a stop', async () => {
    const { scope, session } = createWorld()
    markStale(scope, session)
    await scope.client.updateConversation({ id: 'conversation-1', tags: tagsOf({ ended }) })
    expect((await findThread(scope, ids)).session).toMatchObject({ ended })
  })

  it('keeps what it wrote when Botpress’ answer lags behind', async () => {
    const { scope, session, conversation } = createWorld()
    const old = conversation()
    await updateSession(scope, session, { queueTold, holder: { kind: 'agent', userId: 'user_3' } })
    const lagging = fakeScope(() => 7, { getConversation: () => Promise.resolve({ conversation: old }) })
    await lookUpSession({ ...scope, client: lagging.client }, ids)
    expect(session).toMatchObject({ queueTold, holder: { kind: 'agent', userId: 'user_3' } })
  })

  it('keeps what was written while a slow look-up was under way', async () => {
    const { scope, session, conversation } = createWorld()
    const old = conversation()
    let answer = (_: unknown): void => undefined
    const slow = fakeScope(() => 7, { getConversation: () => new Promise((resolve) => (answer = resolve)) })
    const looking = lookUpSession({ ...scope, client: slow.client }, ids)
    await updateSession(scope, session, { queueTold, holder: { kind: 'agent', userId: 'user_3' } })
    answer({ conversation: old })
    await looking
    expect(session).toMatchObject({ queueTold, holder: { kind: 'agent', userId: 'user_3' } })
  })
})

describe('a session that Botpress does not show', () => {
  it.each([
    ['was just made here, and so is believed', 29, true],
    ['was made long ago, and so is gone', 31, false],
  ])('%s', async (_what, ageSeconds, isFound) => {
    const createdAtMs = Date.UTC(2026, 0, 5)
    const at = new Date(createdAtMs).toISOString()
    const scope = fakeScope(() => createdAtMs + ageSeconds * 1_000, {
      getConversation: () => Promise.reject(new ResourceNotFoundError('No such conversation')),
      listConversations: () => Promise.resolve({ conversations: [], meta: {} }),
    })
    const tags = { ...ids, livechatCustomerId: 'customer-1', botpressUserId: 'user-1' }
    rememberSession(scope, toSession({ id: 'conversation-1', createdAt: at, updatedAt: at, tags }, createdAtMs)!)
    expect((await lookUpSession(scope, ids)) !== undefined).toBe(isFound)
  })
})
