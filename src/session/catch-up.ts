import { classify } from '../content/classify'
import { LiveChatError } from '../livechat/errors'
import type { LiveChatChat } from '../livechat/schema'
import { agentOfRead } from './agents'
import { announceAgent, noteSpeaker } from './assignment'
import { customerOf } from './customers'
import { emitStopped } from './end-session'
import { relayToBotpress } from './relay'
import type { Scope } from './scope'
import type { Session } from './session'

/**
 * Reads the session's thread and relays, in order, what webhooks did not bring. Same event ids, so nothing doubles.
 * @param alreadyRelayed ids of events known to be in the conversation
 */
export const catchUp = async (
  scope: Scope,
  session: Session,
  alreadyRelayed: ReadonlySet<string>,
): Promise<LiveChatChat> => {
  const api = await customerOf(scope, session)
  const chat = await api.getChat(session.livechatChatId, session.livechatThreadId)
  await announcePresentAgent(scope, session, chat)
  for (const event of chat.thread.events) {
    if (alreadyRelayed.has(event.id)) continue
    const verdict = classify(event, session.livechatCustomerId, 'customer-read')
    if (!verdict.relay) continue
    const userId = await agentOfRead(scope, verdict.authorId, chat.users)
    await relayToBotpress(scope, session, event.id, verdict.message, { userId })
    await noteSpeaker(scope, session, userId)
  }
  return chat
}

/** An agent who took over without a webhook telling us, or before the first word. A supervisor is not visible to customers. */
const announcePresentAgent = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  if (!chat.thread.active) return
  const present = chat.users.filter(({ type, present: isThere }) => type === 'agent' && isThere === true)
  const userIds: string[] = []
  for (const { id } of present) userIds.push(await agentOfRead(scope, id, chat.users))
  const [first] = userIds
  if (first === undefined || userIds.some((userId) => userId === session.assignedAgentUserId)) return
  await announceAgent(scope, session, first)
}

/** Ids of the LiveChat events that are messages of the conversation. */
export const listRelayed = async (scope: Scope, session: Session): Promise<Set<string>> => {
  const eventIds = new Set<string>()
  let nextToken: string | undefined
  do {
    const { messages, meta } = await scope.client.listMessages({
      conversationId: session.conversationId,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    for (const { tags } of messages) if (tags['livechatEventId']) eventIds.add(tags['livechatEventId'])
    nextToken = meta.nextToken
  } while (nextToken !== undefined)
  return eventIds
}

const missedKey = (scope: Scope, livechatChatId: string, livechatThreadId: string): string =>
  scope.key('missed', livechatChatId, livechatThreadId)

/** A webhook of this thread failed, and LiveChat may have given it up since. */
export const noteMissedDelivery = (scope: Scope, livechatChatId: string, livechatThreadId: string): void => {
  scope.memory.missedDeliveries.set(missedKey(scope, livechatChatId, livechatThreadId), { atMs: scope.runtime.nowMs() })
}

/**
 * After a webhook of this session failed in this process: brings back what LiveChat may have given up delivering. When
 * LiveChat cannot be read either, what is at hand goes first and the next touch tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, session: Session): Promise<void> => {
  const key = missedKey(scope, session.livechatChatId, session.livechatThreadId)
  if (!scope.memory.missedDeliveries.delete(key)) return
  try {
    const chat = await catchUp(scope, session, await listRelayed(scope, session))
    if (!chat.thread.active) await emitStopped(scope, session)
  } catch (error) {
    noteMissedDelivery(scope, session.livechatChatId, session.livechatThreadId)
    if (!(error instanceof LiveChatError)) throw error
    scope.log.warn('catch_up_failed', { conversationId: session.conversationId, error: error.name })
  }
}
