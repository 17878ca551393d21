import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { customerOf } from '../session/customers'
import { toRuntimeError } from '../session/explain'
import type { Memory } from '../session/memory'
import { isNotFound } from '../session/platform-call'
import { createScope, type Scope } from '../session/scope'
import type { Session } from '../session/session'
import { sessionOfConversation } from '../session/sessions'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'

const budgetMs = 15_000

/**
 * Writes LiveChat's own rating on the session's thread, open or closed. Repeating it replaces the score, and the comment
 * where there is a new one.
 * @throws RuntimeError when there is no such session or LiveChat does not take it
 */
export const createRateSession =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['actions']['rateSession'] =>
  async (props) => {
    try {
      await withDeadline(runtime, budgetMs, (deadline) =>
        rate(createScope(props, runtime, memory, deadline), props.input),
      )
    } catch (error) {
      throw toRuntimeError('The rating was not written to LiveChat', error, props.logger)
    }
    return {}
  }

const rate = async (scope: Scope, input: bp.ActionProps['rateSession']['input']): Promise<void> => {
  const session = await find(scope, input.hitlConversationId)
  if (!session) throw new RuntimeError('"Session": there is no LiveChat session with this conversation id.')
  const api = await customerOf(scope, session)
  await api.updateThreadProperties(session.livechatChatId, session.livechatThreadId, {
    rating: { score: input.score === 'good' ? 1 : 0, ...(input.comment ? { comment: input.comment } : {}) },
  })
}

const find = async (scope: Scope, conversationId: string): Promise<Session | undefined> => {
  try {
    return await sessionOfConversation(scope, conversationId)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
