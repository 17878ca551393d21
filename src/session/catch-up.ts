import { classify } from '../content/classify'
import { LiveChatError } from '../livechat/errors'
import type { LiveChatChat } from '../livechat/schema'
import { agentOfRead } from './agents'
import { announceAgent, announceFirstAgent, noteSpeaker } from './assignment'
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
  const chat = await readThread(scope, session)
  const present = await presentAgents(scope, chat)
  const [first] = present
  const isKnown = present.some((userId) => userId === session.assignedAgentUserId)
  if (first !== undefined && !isKnown) await announceAgent(scope, session, first)
  await relayMissing(scope, session, chat, alreadyRelayed)
  return chat
}

/** The same for a session that is being started: nothing is in its conversation, and nobody has been announced. */
export const catchUpAtStart = async (scope: Scope, session: Session): Promise<LiveChatChat> => {
  const chat = await readThread(scope, session)
  const [first] = await presentAgents(scope, chat)
  if (first !== undefined) await announceFirstAgent(scope, session, first)
  await relayMissing(scope, session, chat, new Set())
  return chat
}

const readThread = async (scope: Scope, session: Session): Promise<LiveChatChat> => {
  const api = await customerOf(scope, session)
  return api.getChat(session.livechatChatId, session.livechatThreadId)
}

/** Botpress users of the agents who are in an open thread. A supervisor is not visible to customers. */
const presentAgents = async (scope: Scope, { thread, users }: LiveChatChat): Promise<string[]> => {
  if (!thread.active) return []
  const agents = users.filter(({ type, present }) => type === 'agent' && present === true)
  const userIds: string[] = []
  for (const { id } of agents) userIds.push(await agentOfRead(scope, id, users))
  return userIds
}

const relayMissing = async (
  scope: Scope,
  session: Session,
  chat: LiveChatChat,
  alreadyRelayed: ReadonlySet<string>,
): Promise<void> => {
  for (const event of chat.thread.events) {
    if (alreadyRelayed.has(event.id)) continue
    const verdict = classify(event, session.livechatCustomerId, 'customer-read')
    if (!verdict.relay) continue
    const userId = await agentOfRead(scope, verdict.authorId, chat.users)
    await relayToBotpress(scope, session, event.id, verdict.message, { userId })
    await noteSpeaker(scope, session, userId)
  }
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
