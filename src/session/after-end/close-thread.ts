import { customerOf } from '../../customers/customer-store'
import { closeThreadOnce } from '../../livechat/close-thread-once'
import { isApiErrorOfType } from '../../livechat/errors'
import { closeChatAsAgent } from '../../operation/agent-apis'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { threadOf } from '../thread'

/**
 * Closes the open thread of the session's chat as its customer. If that fails, and there is agent access, closes it as
 * the token's owner. A chat that LiveChat no longer has counts as closed.
 * @throws the error of the customer's call, if the thread may still be open
 */
export const closeThread = async (scope: Scope, session: Session): Promise<void> => {
  try {
    const api = await customerOf(scope, session)
    await closeThreadOnce(api, session.livechatChatId, session.livechatThreadId)
    // A webhook may have said meanwhile that somebody else was first.
    threadOf(scope, session).closedBy ??= session.livechatCustomerId
  } catch (error) {
    if (isApiErrorOfType(error, 'chat_anonymized', 'not_found')) return
    const isClosed = await closeChatAsAgent(scope, session.livechatChatId, budgets.stop.asAgentMs)
    if (!isClosed) throw error
  }
}
