import type { LiveChatChat } from '../livechat/schema'
import type * as bp from '../bp'
import type { Session } from './session'

export type EndReason = bp.Events['hitlSessionEnded']['reason']

/**
 * Why a thread was closed: by `chat_deactivated`'s user id where there is one, else by the last system message that the
 * thread shows, else by what LiveChat most often does in such a state. Pure.
 */
export const endReason = (
  session: Session,
  closedByUserId: string | undefined,
  chat: LiveChatChat | undefined,
): EndReason => {
  if (closedByUserId === session.livechatCustomerId) return 'endUserOrBot'
  if (closedByUserId !== undefined) return 'agent'
  return reasonOfThread(chat) ?? (session.holder.kind === 'agent' ? 'inactivity' : 'routing')
}

const reasonOfThread = (chat: LiveChatChat | undefined): EndReason | undefined => {
  const types = chat?.thread.events.flatMap(({ system_message_type: type }) => (type === undefined ? [] : [type])) ?? []
  for (const type of types.reverse()) {
    const reason = reasonOfSystemMessage(type)
    if (reason) return reason
  }
  return undefined
}

/** LiveChat's page of system messages; by prefix, since its list and its samples disagree. */
const reasonOfSystemMessage = (type: string): EndReason | undefined => {
  if (type === 'manual_archived_agent') return 'agent'
  if (type === 'manual_archived_customer') return 'endUserOrBot'
  if (type === 'customer_banned') return 'banned'
  if (type === 'routing.archived_inactive') return 'inactivity'
  const isOther =
    type.startsWith('routing.archived_') || type === 'system_archived' || type === 'archived_customer_disconnected'
  return isOther ? 'routing' : undefined
}
