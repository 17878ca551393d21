import { customerOf } from '../customers/customer-store'
import type { LiveChatChat } from '../livechat/schema'
import { bestEffort } from '../operation/best-effort'
import type { Scope } from '../operation/scope'
import type { Session } from './session'

/** Reads the thread when first called, and never again; `undefined` when it cannot be read. */
export type ReadOnce = () => Promise<LiveChatChat | undefined>

/** The session's thread as its customer sees it. @throws LiveChatError, DeadlineExceededError */
export const readThread = async (scope: Scope, session: Session): Promise<LiveChatChat> => {
  const api = await customerOf(scope, session)
  return api.getChat(session.livechatChatId, session.livechatThreadId)
}

/** The same for what is nice to know. `undefined` when it cannot be read within `budgetMs`; then the log says `lost`. */
export const tryReadThread = (
  scope: Scope,
  session: Session,
  budgetMs: number,
  code: string,
): Promise<LiveChatChat | undefined> =>
  bestEffort(scope, { budgetMs, code, fields: { conversationId: session.conversationId } }, (limited) =>
    readThread(limited, session),
  )

/** `tryReadThread` for several who may need it, or not. */
export const readingOnce = (scope: Scope, session: Session, budgetMs: number, code: string): ReadOnce => {
  let reading: Promise<LiveChatChat | undefined> | undefined
  return () => (reading ??= tryReadThread(scope, session, budgetMs, code))
}
