import type { LiveChatChat } from '../../livechat/schema'
import { lastAgentOf } from '../holder'
import type { EndReason, Session } from '../session'

/** What is known of an end: who `chat_deactivated` names, LiveChat's closing remark if a webhook brought it, the thread. */
type Clues = { closedByUserId?: string | undefined; remark?: EndReason | undefined; chat?: LiveChatChat | undefined }

/**
 * Why a thread was closed: a ban, else by whom, else what LiveChat remarks, else what LiveChat most often does in such a
 * state. Pure.
 */
export const endReason = (session: Session, clues: Clues): EndReason => {
  const remarked = remarkedReason(clues)
  if (remarked === 'banned') return remarked
  if (clues.closedByUserId !== undefined)
    return clues.closedByUserId === session.livechatCustomerId ? 'endUserOrBot' : 'agent'
  return remarked ?? (lastAgentOf(session.holder) === undefined ? 'routing' : 'inactivity')
}

/** What LiveChat itself says of the end, when it says it. */
export const remarkedReason = ({ remark, chat }: Omit<Clues, 'closedByUserId'>): EndReason | undefined =>
  reasonOfThread(chat) ?? remark

const reasonOfThread = (chat: LiveChatChat | undefined): EndReason | undefined => {
  const types = chat?.thread.events.flatMap(({ system_message_type: type }) => (type === undefined ? [] : [type])) ?? []
  for (const type of types.reverse()) {
    const reason = reasonOfRemark(type)
    if (reason) return reason
  }
  return undefined
}

/** LiveChat's page of system messages; by prefix, since its list and its samples disagree. */
export const reasonOfRemark = (systemMessageType: string): EndReason | undefined => {
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
