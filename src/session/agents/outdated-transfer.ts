import type { LiveChatChat } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import { advance, isSameHolder, type News } from '../holder'
import type { ReadOnce } from '../read-thread'
import type { Session } from '../session'
import { findAgentById } from './agent-users'
import { presentAgents } from './present-agents'
import { isKnownSameAgent, isSameAgent } from './same-agent'

/**
 * Whether a later change has undone a transfer that a webhook reports. `chat_transferred` carries no time, and webhooks
 * keep no order. Reads the thread only if the transfer would change what was announced. A transfer is outdated only if
 * the thread clearly contradicts it. If an agent is unknown, or the thread cannot be read, the webhook counts.
 */
export const isOutdatedTransfer = async (
  scope: Scope,
  session: Session,
  news: Extract<News, { kind: 'agentHasIt' | 'backInQueue' }>,
  readThread: ReadOnce,
): Promise<boolean> => {
  const isFirst = session.holder.kind === 'nobody'
  if (isFirst || isSameHolder(advance(session.holder, news).holder, session.holder)) return false
  const chat = await readThread()
  return chat !== undefined && contradicts(scope, session, news, chat)
}

const contradicts = async (
  scope: Scope,
  session: Session,
  news: Extract<News, { kind: 'agentHasIt' | 'backInQueue' }>,
  chat: LiveChatChat,
): Promise<boolean> => {
  const { thread } = chat
  // In a closed thread nobody waits, and nobody answers any more. LiveChat no longer says who had it last.
  if (!thread.active) return true
  const present = presentAgents(chat)
  const known = await Promise.all(present.map(({ id }) => findAgentById(scope, id)))
  const isThere = (agentUserId: string): boolean =>
    known.some((userId) => userId !== undefined && isKnownSameAgent(scope, userId, agentUserId))
  if (news.kind === 'backInQueue') {
    const { holder } = session
    // An agent who has left may have come back.
    return !thread.queue && (holder.kind === 'agent' || holder.kind === 'left') && isThere(holder.userId)
  }
  if (present.length === 0) return thread.queue !== undefined
  // An agent who has not written yet may have one user by e-mail and another by id.
  const mayBe = await Promise.all(
    known.map(
      async (id) => id === undefined || id === news.userId || (await isSameAgent(scope, id, news.userId, true)),
    ),
  )
  return !mayBe.includes(true)
}
