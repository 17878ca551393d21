import { queuedAtOf, type LiveChatChat, type LiveChatQueue } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import { mayLaterSucceed } from '../../operation/failures/platform-errors'
import { raiseIssue } from '../../operation/failures/raise-issue'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { agentUserOf } from '../agents/agent-users'
import { applyNews } from '../agents/announce-agent'
import { isOutdatedTransfer } from '../agents/outdated-transfer'
import { claimAnnouncement } from '../agents/claim-announcement'
import { presentAgents } from '../agents/present-agents'
import { reportWaiting, reportWaitingAtStart } from '../agents/queue'
import { isSameAgent } from '../agents/same-agent'
import { endSession, type Ending } from '../end/end-session'
import { isSameHolder } from '../holder'
import { readingOnce, readThread, type ReadOnce } from '../read-thread'
import { countsOf, listDelivered, missingEvents, type DeliveredMessages } from '../relay/delivered-messages'
import { wasDeletedEarly } from '../relay/early-deletions'
import { relayFromRead } from '../relay/relay-event'
import type { Session } from '../session'
import { refreshSession } from '../session-store'

/**
 * Applies what the first read of a thread shows: an agent who is already there, messages, the end of the session, or
 * that the session waits.
 */
export const applyFirstRead = async (scope: Scope, session: Session, chat: LiveChatChat): Promise<void> => {
  const isAgentThere = presentAgents(chat).length > 0
  const [[first], isClaimed] = await Promise.all([
    presentAgentUsers(scope, chat),
    isAgentThere && session.holder.kind === 'nobody' && claimAnnouncement(scope, session),
  ])
  // LiveChat has sent webhooks since it opened the thread, so another process may have announced an agent.
  if (isAgentThere && !isClaimed) await refreshSession(scope, session)
  else if (first !== undefined)
    await applyNews(scope, session, { kind: 'agentHasIt', userId: first }, { isClaimed: true })
  const { relayed, refused } = await relayMissing(scope, session, chat, new Set())
  if (!chat.thread.active) {
    const counts = { messagesFromEndUser: 0, messagesFromAgents: relayed, undelivered: refused }
    await endSession(scope, session, { chat, counts })
  } else if (first === undefined) {
    await reportWaitingAtStart(scope, session, chat.thread.queue)
  }
}

/** A thread as it was read, and the messages that its conversation held then. */
export type ThreadRead = { chat: LiveChatChat; delivered: DeliveredMessages }

/** The webhook of an event is under way for about this long. */
const comingForMs = 1_000

/**
 * Reads the thread, then does the same as `applyRead`. While the thread goes on, leaves the youngest messages to their
 * webhooks. Otherwise another process may create the same message, with the text from before a quick edit.
 * @param ownEventId the event of the present delivery: even young ones before it are relayed
 */
export const applyThread = async (scope: Scope, session: Session, ownEventId?: string): Promise<AppliedThread> => {
  const [chat, delivered] = await Promise.all([readThread(scope, session), listDelivered(scope, session)])
  const createdBeforeMs = chat.thread.active ? vendorNowMs(scope) - comingForMs : Infinity
  return applyRead(scope, session, { chat, delivered }, { createdBeforeMs, ownEventId })
}

/**
 * `createdBeforeMs`: leaves younger messages to their webhooks, by LiveChat's clock, unless they come before `ownEventId`,
 * the event of the present delivery. `isOvertaken`: something was recorded since the read began, so the read may be out
 * of date about who has the session.
 */
type ApplyOptions = LeftOut & { isOvertaken?: boolean }
type LeftOut = { createdBeforeMs?: number; ownEventId?: string | undefined }

/** `isComplete`: no message was left to its webhook. */
type AppliedThread = { chat: LiveChatChat; isComplete: boolean } & Pick<Ending, 'counts' | 'firstFromAgentAtMs'>

/**
 * Relays, in order, what webhooks did not bring. The messages have the same keys as those from webhooks, so none is
 * created twice.
 * @returns the chat as we read it, and the number of messages in the conversation after this
 */
export const applyRead = async (
  scope: Scope,
  session: Session,
  { chat, delivered }: ThreadRead,
  { isOvertaken = false, ...leftOut }: ApplyOptions = {},
): Promise<AppliedThread> => {
  const present = isOvertaken ? [] : await presentAgentUsers(scope, chat)
  const [first] = present
  if (first !== undefined && !(await isAnnouncedAmong(scope, session, present))) await applyAgent(scope, session, first)
  const { relayed, refused, left } = await relayMissing(scope, session, chat, delivered.eventIds, leftOut)
  if (!isOvertaken && chat.thread.active && chat.thread.queue && first === undefined)
    await applyQueue(scope, session, chat.thread.queue)
  const counts = countsOf(delivered, chat)
  return {
    chat,
    isComplete: left === 0,
    firstFromAgentAtMs: delivered.firstFromAgentAtMs,
    counts: {
      ...counts,
      messagesFromAgents: counts.messagesFromAgents + relayed,
      undelivered: counts.undelivered + refused,
    },
  }
}

/** In doubt, the end user must not hear of a change. */
const ifNameless = true

/** Whether the announced agent is one of these, perhaps under another user. */
const isAnnouncedAmong = async (scope: Scope, { holder }: Session, userIds: string[]): Promise<boolean> => {
  if (holder.kind !== 'agent') return false
  if (userIds.includes(holder.userId)) return true
  for (const userId of userIds) if (await isSameAgent(scope, holder.userId, userId, ifNameless)) return true
  return false
}

/** Applies the news that an agent has the session. Meanwhile another process may have recorded a later change. */
const applyAgent = async (scope: Scope, session: Session, userId: string): Promise<void> => {
  const news = { kind: 'agentHasIt', userId } as const
  const threadReader = (): ReadOnce => readingOnce(scope, session, budgets.webhook.transferCheckMs, 'read_not_checked')
  const isOutdated = (): Promise<boolean> => isOutdatedTransfer(scope, session, news, threadReader())
  await applyNews(scope, session, news, { isOutdated })
}

/** Applies the news that the session waits. The webhook about the agent who passed it back may have been lost. */
const applyQueue = async (scope: Scope, session: Session, queue: LiveChatQueue): Promise<void> => {
  const { holder } = session
  if (holder.kind === 'agent' || holder.kind === 'left') {
    await refreshSession(scope, session)
    // Another process has recorded a change since, such as the next agent.
    if (!isSameHolder(session.holder, holder)) return
  }
  await reportWaiting(scope, session, queue)
  await applyNews(scope, session, { kind: 'backInQueue' }, { occasion: queuedAtOf(queue) })
}

/** The Botpress users of the present agents. */
const presentAgentUsers = async (scope: Scope, chat: LiveChatChat): Promise<string[]> => {
  const userIds: string[] = []
  for (const { id } of presentAgents(chat)) userIds.push(await agentUserOf(scope, id, chat.users))
  return userIds
}

/**
 * @returns how many messages it relayed, or another delivery relayed meanwhile, how many Botpress refused, and how many
 *   it left to their webhooks
 */
const relayMissing = async (
  scope: Scope,
  session: Session,
  chat: LiveChatChat,
  alreadyRelayed: ReadonlySet<string>,
  { createdBeforeMs = Infinity, ownEventId }: LeftOut = {},
): Promise<{ relayed: number; refused: number; left: number }> => {
  const counts = { relayed: 0, refused: 0, left: 0 }
  const missing = missingEvents(session, chat, alreadyRelayed)
  const ownIndex = missing.findIndex(({ event }) => event.id === ownEventId)
  for (const [index, relayable] of missing.entries()) {
    const isYoung = Date.parse(relayable.event.created_at ?? '') > createdBeforeMs
    if (isYoung && index >= ownIndex) {
      counts.left += 1
      continue
    }
    if (wasDeletedEarly(scope, session, relayable.event.id)) continue
    try {
      await relayFromRead(scope, session, relayable, chat.users)
      counts.relayed += 1
    } catch (error) {
      if (mayLaterSucceed(error)) throw error
      // Botpress will never accept this message. It must not hold back the others for ever.
      counts.refused += 1
      const { conversationId } = session
      raiseIssue(scope, 'messages_undelivered', { conversationId })
      scope.log.error('event_refused_by_botpress', { conversationId, livechatEventId: relayable.event.id })
    }
  }
  return counts
}
