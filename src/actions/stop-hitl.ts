import type * as bp from '../bp'
import { noteCloser } from '../session/closing'
import { customerOf } from '../session/customers'
import { toRuntimeError } from '../session/explain'
import { isSessionOver } from '../session/over'
import { isNotFound } from '../session/platform-call'
import type { Memory } from '../session/memory'
import { createScope, type Scope } from '../session/scope'
import type { Session } from '../session/session'
import { forgetSession, sessionOfConversation } from '../session/sessions'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'

const budgetMs = 20_000

/**
 * Closes the session's thread. Already closed, or gone for good, counts as done: the plugin's clean-up breaks on an error.
 * @throws RuntimeError only when the thread may still be open
 */
export const createStopHitl =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['actions']['stopHitl'] =>
  async (props) => {
    try {
      await withDeadline(runtime, budgetMs, (deadline) =>
        stop(createScope(props, runtime, memory, deadline), props.input.conversationId),
      )
    } catch (error) {
      throw toRuntimeError('The LiveChat chat could not be closed and may still be open', error, props.logger)
    }
    return {}
  }

const stop = async (scope: Scope, conversationId: string): Promise<void> => {
  const session = await find(scope, conversationId)
  if (!session) {
    scope.log.warn('stop_without_session', { conversationId })
    return
  }
  // LiveChat closes whichever thread of the chat is open: after an end that may be another session's.
  if (session.hasEnded) return
  try {
    const api = await customerOf(scope, session)
    await api.deactivateChat(session.livechatChatId)
    noteCloser(scope, session, session.livechatCustomerId)
  } catch (error) {
    if (!isSessionOver(error)) throw error
  }
  forgetSession(scope, session)
}

const find = async (scope: Scope, conversationId: string): Promise<Session | undefined> => {
  try {
    return await sessionOfConversation(scope, conversationId)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
