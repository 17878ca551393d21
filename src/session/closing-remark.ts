import type { LiveChatEvent } from '../livechat/schema'
import { reasonOfRemark, type EndReason } from './end-reason'
import type { Scope } from './scope'
import type { Session } from './session'

/**
 * LiveChat's remark on why a thread is closed may be for agents only: then no read shows it, and only a webhook without
 * the filter for agents brings it, before or after the end itself. Remembered by this process, it makes the reason exact.
 */
export const noteClosingRemark = (
  scope: Scope,
  livechatChatId: string,
  livechatThreadId: string,
  { type, system_message_type }: LiveChatEvent,
): void => {
  const reason = type === 'system_message' ? reasonOfRemark(system_message_type ?? '') : undefined
  if (reason) scope.memory.closingRemarks.set(scope.key('remark', livechatChatId, livechatThreadId), { reason })
}

export const closingRemark = (
  scope: Scope,
  { livechatChatId, livechatThreadId }: Pick<Session, 'livechatChatId' | 'livechatThreadId'>,
): EndReason | undefined =>
  scope.memory.closingRemarks.get(scope.key('remark', livechatChatId, livechatThreadId))?.reason
