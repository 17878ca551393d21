import type { LiveChatChat, LiveChatEvent } from '../../livechat/schema'
import { lastAgentOf } from '../holder'
import type { EndReason, Session } from '../session'

/**
 * What is known of an end: who closed the thread, LiveChat's closing remark if a webhook brought it, and the thread.
 */
type Clues = { closedByUserId?: string | undefined; remark?: EndReason | undefined; chat?: LiveChatChat | undefined }

/**
 * Why a thread was closed. A ban counts first, then the user who closed the thread, then LiveChat's remark. If none of
 * these is known, the reason is a guess: `inactivity` if an agent has or had the session last, otherwise `routing`.
 * Pure function.
 */
export const endReason = (session: Session, clues: Clues): EndReason => {
  const remarked = remarkedReason(clues)
  if (remarked === 'banned') return remarked
  if (clues.closedByUserId !== undefined)
    return clues.closedByUserId === session.livechatCustomerId ? 'endUserOrBot' : 'agent'
  return remarked ?? (lastAgentOf(session.holder) === undefined ? 'routing' : 'inactivity')
}

/** The reason that LiveChat itself gives for the end, if it gives one. */
export const remarkedReason = ({ remark, chat }: Omit<Clues, 'closedByUserId'>): EndReason | undefined =>
  reasonOfThread(chat) ?? remark

const reasonOfThread = (chat: LiveChatChat | undefined): EndReason | undefined => {
  for (const event of chat?.thread.events.toReversed() ?? []) {
    const reason = reasonOfEvent(event)
    if (reason) return reason
  }
  return undefined
}

/**
 * The reason in LiveChat's own remark: the type of a system message, or the subtype of a `system` event. LiveChat calls
 * the latter the future replacement for system messages.
 */
export const reasonOfEvent = ({ type, system_message_type, subtype }: LiveChatEvent): EndReason | undefined => {
  if (type === 'system_message') return reasonOfRemark(system_message_type ?? '')
  return type === 'system' ? reasonOfRemark(subtype ?? '') : undefined
}

/** Some types match by prefix, because LiveChat's list and its samples disagree. */
const reasonOfRemark = (systemMessageType: string): EndReason | undefined => {
  if (systemMessageType === 'manual_archived_agent') return 'agent'
  if (systemMessageType === 'manual_archived_customer') return 'endUserOrBot'
  if (systemMessageType === 'customer_banned') return 'banned'
  if (systemMessageType === 'routing.archived_inactive') return 'inactivity'
  const isOther =
    systemMessageType.startsWith('routing.archived_') ||
    systemMessageType === 'system_archived' ||
    systemMessageType === 'archived_customer_disconnected'
  return isOther ? 'routing' : undefined
}
