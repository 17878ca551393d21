import { customerOf } from '../customers/customer-store'
import type { LiveChatChat } from '../livechat/schema'
import { bestEffort } from '../operation/best-effort'
import type { Scope } from '../operation/scope'
import type { Session } from './session'

/**
 * Reads the thread at the first call, and returns the same result at later calls. Returns `undefined` if the thread
 * cannot be read.
 */
export type ReadOnce = () => Promise<LiveChatChat | undefined>

/** Reads the session's thread as its customer sees it. @throws LiveChatError, DeadlineExceededError */
export const readThread = async (scope: Scope, session: Session): Promise<LiveChatChat> => {
  const api = await customerOf(scope, session)
  return api.getChat(session.livechatChatId, session.livechatThreadId)
}

/**
 * Like `readThread`, for an optional step. If the thread cannot be read within `budgetMs`, logs `code` and returns
 * `undefined`.
 * @param underWay a read that has begun already, to be used instead of another one if it brings this event
 */
export const tryReadThread = (
  scope: Scope,
  session: Session,
  budgetMs: number,
  code: string,
  underWay?: { reading: Promise<LiveChatChat>; eventId: string },
): Promise<LiveChatChat | undefined> =>
  bestEffort(scope, { budgetMs, code, fields: { conversationId: session.conversationId } }, async (limited) => {
    const chat = await underWay?.reading
    const isEnough = chat?.thread.events.some(({ id }) => id === underWay?.eventId)
    return chat && isEnough ? chat : readThread(limited, session)
  })

/** Like `tryReadThread`, for several steps that may need the thread: it is read once, if at all. */
export const readingOnce = (...of: Parameters<typeof tryReadThread>): ReadOnce => {
  let reading: Promise<LiveChatChat | undefined> | undefined
  return () => (reading ??= tryReadThread(...of))
}
