import { LiveChatError } from '../livechat/errors'
import type { LiveChatChat } from '../livechat/schema'
import { DeadlineExceededError } from '../shared/deadline'
import { customerOf } from './customers'
import { withBudget, type Scope } from './scope'
import type { Session } from './session'

/** Reads the thread when first called, and never again; `undefined` when it cannot be read. */
export type ReadOnce = () => Promise<LiveChatChat | undefined>

/** The session's thread as its customer sees it. @throws LiveChatError, DeadlineExceededError */
export const readThread = async (scope: Scope, session: Session): Promise<LiveChatChat> => {
  const api = await customerOf(scope, session)
  return api.getChat(session.livechatChatId, session.livechatThreadId)
}

/**
 * The same for what is nice to know, and never worth a message: `undefined` when it cannot be read within `budgetMs`,
 * which the log then calls `lost`.
 */
export const tryReadThread = async (
  scope: Scope,
  session: Session,
  budgetMs: number,
  lost: string,
): Promise<LiveChatChat | undefined> => {
  try {
    return await withBudget(scope, budgetMs, (limited) => readThread(limited, session))
  } catch (error) {
    if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
    scope.log.warn(lost, { conversationId: session.conversationId, error: error.name })
    return undefined
  }
}

/** `tryReadThread` for several who may need it, or not. */
export const readingOnce = (scope: Scope, session: Session, budgetMs: number, lost: string): ReadOnce => {
  let reading: Promise<LiveChatChat | undefined> | undefined
  return () => (reading ??= tryReadThread(scope, session, budgetMs, lost))
}
