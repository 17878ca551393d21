import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { asText, saysNothing } from '../content/to-agent/briefing/odd-values'
import { customerOf } from '../customers/customer-store'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { unlessNotFound } from '../operation/failures/platform-errors'
import { sessionOfConversation } from '../session/session-store'
import { cutAt } from '../shared/cut'

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
      const comment = commentOf(input.comment)
      const api = await customerOf(scope, session)
      await api.updateThreadProperties(session.livechatChatId, session.livechatThreadId, {
        rating: { score: input.score === 'good' ? 1 : 0, ...(comment ? { comment } : {}) },
      })
      return {}
    },
  )

const maxComment = 4_000

/** A comment that cannot be text is left out, so that the score is not lost with it. */
const commentOf = (given: unknown): string => {
  const text = asText(given) ?? ''
  return saysNothing(text) ? '' : cutAt(text, maxComment)
}
