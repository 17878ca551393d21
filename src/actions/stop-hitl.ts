import type * as bp from '../bp'
import { customerOf } from '../customers/customer-store'
import { isThreadGone } from '../livechat/errors'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { unlessNotFound } from '../operation/platform-errors'
import type { Scope } from '../operation/scope'
import { unpinChat } from '../operation/agent-apis'
import { markStale, sessionOfConversation } from '../session/session-store'
import { threadOf } from '../session/thread'

/**
 * Closes the session's thread. If LiveChat takes no more messages for the thread, the thread counts as closed. An error
 * here would stop the plugin's clean-up. A second stop does no harm.
 * @throws RuntimeError only when the thread may still be open
 */
export const createStopHitl = (host: Host): bp.IntegrationProps['actions']['stopHitl'] =>
  operation(
    host,
    {
      name: 'stopHitl',
      budgetMs: budgets.stop.wholeMs,
      failure: 'The LiveChat chat could not be closed and may still be open',
    },
    async (scope, { input }: bp.ActionProps['stopHitl']) => {
      await stop(scope, input.conversationId)
      return {}
    },
  )

const stop = async (scope: Scope, conversationId: string): Promise<void> => {
  const session = await unlessNotFound(sessionOfConversation(scope, conversationId))
  if (!session) {
    scope.log.warn('stop_found_no_session', { conversationId })
    return
  }
  // LiveChat closes the open thread of the chat. After the end of this session, that may be the thread of another
  // session.
  if (session.ended) return
  try {
    const api = await customerOf(scope, session)
    await api.deactivateChat(session.livechatChatId)
    threadOf(scope, session).closedBy = session.livechatCustomerId
    // A chat that the customer closes while it waits stays among the agents' unassigned chats.
    if (session.holder.kind !== 'agent') await unpinChat(scope, session.livechatChatId, budgets.stop.unpinMs)
  } catch (error) {
    if (!isThreadGone(error)) throw error
  }
  // Another process may handle the end. So a second stop must look up whether the session has ended.
  markStale(scope, session)
}
