import { isForeignForGood, noteForeign } from './foreign-threads'
import type { Scope } from './scope'
import { toSession, type Session } from './session'

const threadKey = (scope: Scope, livechatChatId: string, livechatThreadId: string): string =>
  scope.key('thread', livechatChatId, livechatThreadId)
const conversationKey = (scope: Scope, conversationId: string): string => scope.key('conversation', conversationId)

export const rememberSession = (scope: Scope, session: Session): Session => {
  scope.memory.sessions.set(threadKey(scope, session.livechatChatId, session.livechatThreadId), session)
  scope.memory.sessions.set(conversationKey(scope, session.conversationId), session)
  return session
}

export const forgetSession = (scope: Scope, session: Session): void => {
  scope.memory.sessions.delete(threadKey(scope, session.livechatChatId, session.livechatThreadId))
  scope.memory.sessions.delete(conversationKey(scope, session.conversationId))
}

/** The session of a conversation, or `undefined` when the conversation is not one of ours. */
export const sessionOfConversation = async (scope: Scope, conversationId: string): Promise<Session | undefined> => {
  const remembered = scope.memory.sessions.get(conversationKey(scope, conversationId))
  if (remembered) return remembered
  const { conversation } = await scope.client.getConversation({ id: conversationId })
  const session = toSession(conversation, scope.runtime.nowMs())
  return session && rememberSession(scope, session)
}

/** The session of a thread as remembered by this process or else as the platform knows it. Never creates one. */
export const findSession = async (
  scope: Scope,
  livechatChatId: string,
  livechatThreadId: string,
): Promise<Session | undefined> =>
  scope.memory.sessions.get(threadKey(scope, livechatChatId, livechatThreadId)) ??
  (await lookUpSession(scope, livechatChatId, livechatThreadId))

/**
 * The session of a thread as the platform knows it now: for decisions that depend on who was announced last. A thread
 * that is no session of this bot costs calls for half a minute at most, however much is said in it.
 */
export const lookUpSession = async (
  scope: Scope,
  livechatChatId: string,
  livechatThreadId: string,
): Promise<Session | undefined> => {
  const key = threadKey(scope, livechatChatId, livechatThreadId)
  if (isForeignForGood(scope, key)) return undefined
  const askedAtMs = scope.runtime.nowMs()
  const { conversations } = await scope.client.listConversations({
    channel: 'hitl',
    tags: { livechatChatId, livechatThreadId },
  })
  const session = conversations[0] && toSession(conversations[0], scope.runtime.nowMs())
  if (session) return rememberSession(scope, session)
  noteForeign(scope, key, askedAtMs)
  return undefined
}

/**
 * Makes the conversation of a new session, or finds it: one conversation per thread, however often it is called.
 */
export const createSession = async (
  scope: Scope,
  ids: Pick<Session, 'livechatChatId' | 'livechatThreadId' | 'livechatCustomerId' | 'botpressUserId' | 'language'>,
): Promise<Session> => {
  const { conversation } = await scope.client.getOrCreateConversation({
    channel: 'hitl',
    tags: {
      livechatChatId: ids.livechatChatId,
      livechatThreadId: ids.livechatThreadId,
      livechatCustomerId: ids.livechatCustomerId,
      botpressUserId: ids.botpressUserId,
      ...(ids.language === undefined ? {} : { language: ids.language }),
    },
    discriminateByTags: ['livechatChatId', 'livechatThreadId'],
  })
  return rememberSession(scope, {
    conversationId: conversation.id,
    createdAtMs: Date.parse(conversation.createdAt),
    ...ids,
    holder: { kind: 'nobody' },
    queueTold: undefined,
    ratingTold: undefined,
    deletedEarly: undefined,
    hasAnswer: false,
    hasEnded: false,
    readAtMs: scope.runtime.nowMs(),
  })
}
