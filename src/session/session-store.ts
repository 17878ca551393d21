import { startIsOverAfterMs } from '../operation/budgets'
import { repeatKeyedWrite, requireCreated, unlessNotFound } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import { tagValue, tagValues } from '../operation/tag-value'
import { declareCache } from '../shared/cache'
import { dropWindowFor, usualDropWindowMs } from './drop-window'
import { tagsOf, timeOf, toSession, type Session, type SessionChanges, type SessionIds } from './session'
import { noteMissedDelivery, threadOf, type ThreadIds } from './thread'

/** Finds, creates and changes sessions: the only module that writes the tags of their conversations. */

const threadsByConversation = declareCache<ThreadIds>(20_000)
const conversationKey = (scope: Scope, conversationId: string): string => scope.key('conversation', conversationId)

/**
 * Updates the live session of a thread with what was just looked up. Creates the live session if there is none. A
 * look-up may be older than what this process knows, since Botpress' lists may lag behind its writes. Then it changes
 * nothing. An end is never undone.
 */
export const rememberSession = (scope: Scope, read: Session): Session => {
  const thread = threadOf(scope, read)
  const { session: known } = thread
  thread.isSessionStale = false
  if (known && read.updatedAtMs < known.updatedAtMs) return known
  thread.session = known ? Object.assign(known, read, { ended: read.ended ?? known.ended }) : read
  // A start may join an agent's thread that this process took for foreign.
  thread.isForeign = false
  if (read.isUnread && !thread.isRead) noteMissedDelivery(thread)
  const { livechatChatId, livechatThreadId } = read
  threadsByConversation(scope.memory).set(conversationKey(scope, read.conversationId), {
    livechatChatId,
    livechatThreadId,
  })
  return thread.session
}

/** After this, the next code that needs the session looks it up again. All code that uses the object sees it, too. */
export const markStale = (scope: Scope, session: Session): void => {
  threadOf(scope, session).isSessionStale = true
}

const knownSession = (scope: Scope, ids: ThreadIds): Session | undefined => {
  const { session, isSessionStale } = threadOf(scope, ids)
  return isSessionStale ? undefined : session
}

/** The session of a conversation. `undefined` if the conversation is not ours. @throws if it does not exist */
export const sessionOfConversation = async (scope: Scope, conversationId: string): Promise<Session | undefined> => {
  const ids = threadsByConversation(scope.memory).get(conversationKey(scope, conversationId))
  const known = ids && knownSession(scope, ids)
  if (known) return known
  const { conversation } = await scope.client.getConversation({ id: conversationId })
  const session = toSession(conversation, scope.runtime.nowMs())
  return session && rememberSession(scope, session)
}

/**
 * The session of a message's conversation, from the tags that come with the message. The tags may be older than what
 * this process knows. So if this process knows the session, the tags count only if they show an end or a stop that it
 * does not know.
 */
export const sessionOfMessage = (scope: Scope, conversation: Parameters<typeof toSession>[0]): Session | undefined => {
  const read = toSession(conversation, scope.runtime.nowMs())
  const known = read && threadOf(scope, read).session
  if (!known) return read && rememberSession(scope, read)
  const isNews = !known.ended && (read.ended !== undefined || (read.isLeftOpen && !known.isLeftOpen))
  return isNews ? rememberSession(scope, read) : known
}

/**
 * The session of a thread as this process remembers it; otherwise it is looked up. Never creates one. Also tells an
 * unknown thread in a chat of ours from a foreign one.
 */
export const findThread = async (scope: Scope, ids: ThreadIds): Promise<FoundThread> => {
  const session = knownSession(scope, ids)
  return session ? { session } : lookUpThread(scope, ids)
}

/**
 * Looks up the session of a thread in Botpress, for decisions that depend on what another process may have done. If a
 * look-up finds no session of the chat at least half a minute after the first one that found none, the thread counts as
 * foreign and is not looked up again.
 */
export const lookUpSession = async (scope: Scope, ids: ThreadIds): Promise<Session | undefined> =>
  (await lookUpThread(scope, ids)).session

/**
 * Looks up a session again, and brings the caller's object up to date, also if the cache has dropped it after much other
 * traffic.
 */
export const refreshSession = async (scope: Scope, session: Session): Promise<void> => {
  threadOf(scope, session).session ??= session
  const read = await lookUpSession(scope, session)
  if (read && read !== session) Object.assign(session, read)
}

/** `earlier`: the newest session of the same chat with another thread. It is set only if the thread has no session. */
export type FoundThread = { session?: Session | undefined; earlier?: Session | undefined }

/** Like `lookUpSession`, with the same call, but also tells an unknown thread in a chat of ours from a foreign one. */
export const lookUpThread = async (scope: Scope, ids: ThreadIds): Promise<FoundThread> => {
  const thread = threadOf(scope, ids)
  if (thread.isForeign) return {}
  const askedAtMs = vendorNowMs(scope)
  const { writes } = thread
  // A known session is read by its id, because lists may lag behind.
  const known = thread.session && (await readSession(scope, thread.session.conversationId))
  const { read, earlier } = known ? { read: known } : await listSessions(scope, ids)
  // What this process wrote meanwhile is newer than what it has just read.
  if (read && thread.session && thread.writes !== writes) return { session: thread.session }
  if (read) return { session: rememberSession(scope, read) }
  // Botpress may not show yet what this process has just made.
  if (thread.session && askedAtMs - thread.session.createdAtMs < startIsOverAfterMs) return { session: thread.session }
  thread.firstMissedAtMs ??= askedAtMs
  thread.isInOurChat = earlier !== undefined
  // A later start may join a thread that an agent has opened in a chat of ours.
  thread.isForeign = !earlier && askedAtMs - thread.firstMissedAtMs >= startIsOverAfterMs
  return { earlier }
}

/** `undefined` if the conversation was deleted. */
const readSession = async (scope: Scope, conversationId: string): Promise<Session | undefined> => {
  const answer = await unlessNotFound(scope.client.getConversation({ id: conversationId }))
  return answer && toSession(answer.conversation, scope.runtime.nowMs())
}

/** One call finds all sessions of the chat, newest first. More than a page of them is rare. */
const listSessions = async (scope: Scope, { livechatChatId, livechatThreadId }: ThreadIds) => {
  const list = (tags: Record<string, string>) =>
    scope.client.listConversations({ channel: 'hitl', tags: tagValues(tags) })
  const toSessions = ({ conversations }: Awaited<ReturnType<typeof list>>): Session[] =>
    conversations.flatMap((each) => toSession(each, scope.runtime.nowMs()) ?? [])
  const page = await list({ livechatChatId })
  const sessions = toSessions(page)
  const isWanted = (session: Session): boolean => session.livechatThreadId === tagValue(livechatThreadId)
  const onPage = sessions.find(isWanted)
  if (onPage) return { read: onPage }
  const further = page.meta.nextToken === undefined ? [] : toSessions(await list({ livechatChatId, livechatThreadId }))
  return { read: further.find(isWanted), earlier: sessions[0] }
}

/** The latest sessions of a user, newest first: one page. */
export const sessionsOfUser = async (scope: Scope, botpressUserId: string): Promise<Session[]> => {
  const { conversations } = await scope.client.listConversations({
    channel: 'hitl',
    tags: tagValues({ botpressUserId }),
  })
  return conversations.flatMap((each) => toSession(each, scope.runtime.nowMs()) ?? [])
}

/**
 * Creates the conversation of a new session, or finds it: one conversation per thread, however often this is called.
 */
export const createSession = async (
  scope: Scope,
  { language, ...ids }: SessionIds & Pick<Session, 'language'> & { startId: string },
): Promise<Session> => {
  const dropWindowMs = dropWindowFor(scope.memory.platformCall.ms())
  const tags = tagValues({
    ...ids,
    ...(language === undefined ? {} : { language }),
    ...(dropWindowMs > usualDropWindowMs ? { dropWindowMs: String(dropWindowMs) } : {}),
  })
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateConversation({
      channel: 'hitl',
      tags,
      discriminateByTags: ['livechatChatId', 'livechatThreadId'],
    }),
  )
  const { id, createdAt, updatedAt } = requireCreated(answer, 'conversation').conversation
  const session = toSession({ id, createdAt, updatedAt, tags }, scope.runtime.nowMs())
  if (!session) throw new Error('A LiveChat id is empty')
  threadOf(scope, session).isRead = true
  // A webhook may have found the conversation first, and have recorded an agent or even the end.
  return threadOf(scope, session).session ?? rememberSession(scope, session)
}

/** Writes changes of a session into the tags of its conversation, then into the live session. */
export const updateSession = async (scope: Scope, session: Session, changes: SessionChanges): Promise<void> => {
  const answer = await scope.client.updateConversation({
    id: session.conversationId,
    tags: tagValues(tagsOf(changes, session.holder)),
  })
  const { conversation } = requireCreated(answer, 'conversation')
  const { openChoiceEventId: _choice, holder, ...known } = changes
  const nowMs = scope.runtime.nowMs()
  const written = {
    ...known,
    updatedAtMs: timeOf(conversation.updatedAt),
    // Another process may have announced the next agent meanwhile.
    ...(holder ? { holder: toSession(conversation, nowMs)?.holder ?? holder, readAtMs: nowMs } : {}),
  }
  Object.assign(session, written)
  const thread = threadOf(scope, session)
  thread.writes += 1
  // After much other traffic, the cache may have dropped the thread. Then another object may stand for the session.
  if (thread.session && thread.session !== session) Object.assign(thread.session, written)
}
