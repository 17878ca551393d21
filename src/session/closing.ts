import type { LiveChatEvent } from '../livechat/schema'
import { reasonOfRemark, type EndReason } from './end-reason'
import type { Scope } from './scope'

/** What this process has heard of why threads are closed. It outlives the delivery that brought it. */

type Thread = { livechatChatId: string; livechatThreadId: string }

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

export const closingRemark = (scope: Scope, { livechatChatId, livechatThreadId }: Thread): EndReason | undefined =>
  scope.memory.closingRemarks.get(scope.key('remark', livechatChatId, livechatThreadId))?.reason

/** Who closed a thread is said once, and whoever tells the end first, maybe having found it out otherwise, must know it. */
export const noteCloser = (
  scope: Scope,
  { livechatChatId, livechatThreadId }: Thread,
  livechatUserId: string | undefined,
): void => {
  if (livechatUserId === undefined) return
  scope.memory.closers.set(scope.key('closer', livechatChatId, livechatThreadId), { livechatUserId })
}

/** LiveChat's id of the person who closed the thread. */
export const closerOf = (scope: Scope, { livechatChatId, livechatThreadId }: Thread): string | undefined =>
  scope.memory.closers.get(scope.key('closer', livechatChatId, livechatThreadId))?.livechatUserId
