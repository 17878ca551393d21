import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { customerOf } from '../customers/customer-store'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { unlessNotFound } from '../operation/failures/platform-errors'
import { sessionOfConversation } from '../session/session-store'

/**
 * Writes LiveChat's own rating (score and comment) to the session's thread. The thread may be open or closed. A second
 * rating replaces the score, and the comment if it has one.
 * @throws RuntimeError when there is no such session, or LiveChat refuses the rating
 */
export const createRateSession = (host: Host): bp.IntegrationProps['actions']['rateSession'] =>
  operation(
    host,
    { name: 'rateSession', budgetMs: budgets.rate.wholeMs, failure: 'The rating was not written to LiveChat' },
    async (scope, { input }: bp.ActionProps['rateSession']) => {
      const session = await unlessNotFound(sessionOfConversation(scope, input.hitlConversationId))
      if (!session) throw new RuntimeError('"Session": there is no LiveChat session with this conversation id.')
      const api = await customerOf(scope, session)
      await api.updateThreadProperties(session.livechatChatId, session.livechatThreadId, {
        rating: { score: input.score === 'good' ? 1 : 0, ...(input.comment ? { comment: input.comment } : {}) },
      })
      return {}
    },
  )
