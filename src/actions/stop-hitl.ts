import type * as bp from '../bp'
import { unpinChat } from '../operation/agent-apis'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { errorCode, explain } from '../operation/failures/explain'
import { operation, type Failure, type Host } from '../operation/operation'
import { unlessNotFound } from '../operation/failures/platform-errors'
import { raiseIssue } from '../operation/failures/raise-issue'
import { withBudget, type OperationProps, type Scope } from '../operation/scope'
import { closeThread } from '../session/after-end/close-thread'
import { leaveOpen } from '../session/after-end/left-open'
import type { Session } from '../session/session'
import { markStale, refreshSession, sessionOfConversation } from '../session/session-store'
import { createLog } from '../shared/log'

/**
 * Closes the session's thread. Never throws because of LiveChat or Botpress: an error would stop the plugin's clean-up,
 * and the end user would stay without a word. A thread that could not be closed in time is left open: the bot's owner is
 * told, and the thread is closed when somebody next touches it. A second stop does no harm.
 */
export const createStopHitl = (host: Host): bp.IntegrationProps['actions']['stopHitl'] =>
  operation(
    host,
    { name: 'stopHitl', budgetMs: budgets.stop.wholeMs, failure: leftOpenUnrecorded },
    async (scope, { input }: bp.ActionProps['stopHitl']) => {
      await stop(scope, input.conversationId)
      return {}
    },
  )

/** The session could not be looked up, or the time is over. */
const leftOpenUnrecorded = ({ error, scope, props }: Failure<OperationProps & bp.ActionProps['stopHitl']>) => {
  const { conversationId } = props.input
  createLog(props.logger).error('chat_left_open', { conversationId, error: errorCode(error), cause: explain(error) })
  if (scope) raiseIssue(scope, 'chat_left_open', { conversationId })
  return {}
}

/** Whether the session was looked up before this operation. */
const isOld = (scope: Scope, { readAtMs }: Session): boolean => readAtMs < scope.startedAtMs

const stop = async (scope: Scope, conversationId: string): Promise<void> => {
  const session = await unlessNotFound(sessionOfConversation(scope, conversationId))
  if (!session) {
    scope.log.warn('stop_found_no_session', { conversationId })
    return
  }
  // LiveChat closes the open thread of the chat. After the end of this session, that may be the thread of another
  // session. Another process may have recorded the end.
  if (isOld(scope, session)) {
    const effort = { budgetMs: budgets.stop.lookUpMs, code: 'stop_without_look_up', fields: { conversationId } }
    await bestEffort(scope, effort, (limited) => refreshSession(limited, session))
  }
  if (session.ended) return
  try {
    await withBudget(scope, budgets.stop.closingMs, (limited) => closeThread(limited, session))
  } catch (error) {
    scope.deadline.signal.throwIfAborted()
    return leaveOpen(scope, session, error)
  }
  // A chat that the customer closes while it waits stays among the agents' unassigned chats.
  if (session.holder.kind !== 'agent') await unpinChat(scope, session.livechatChatId, budgets.stop.unpinMs)
  // Another process may handle the end. So whoever uses the session next looks it up.
  markStale(scope, session)
}
