import { ourText } from '../content/to-end-user/end-user-texts'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import { requireCreated } from '../operation/failures/platform-errors'
import { raiseIssue } from '../operation/failures/raise-issue'
import type { Scope } from '../operation/scope'
import { messageKeys, say } from '../session/own-words'
import { noteMessageCreated } from '../session/schedule'
import { hasHadAgent, type Session } from '../session/session'
import { aboutSession } from '../session/session-events'
import { lookUpSession } from '../session/session-store'
import { declareCache } from '../shared/cache'
import type { Outcome } from './attempt'

/** Messages of which end users were told that they did not arrive. */
const told = declareCache<{ outcome: Outcome }>(2_000)

/**
 * Says to the end user, once per message, that a message did not arrive, or perhaps not. Before an agent is announced,
 * the plugin would take the author of this text for an agent, so we tell the bot's flows instead.
 */
export const tellUndelivered = async (
  scope: Scope,
  session: Session,
  messageId: string,
  outcome: Outcome,
): Promise<void> => {
  const key = scope.key('undelivered', messageId)
  if (told(scope.memory).has(key)) return
  told(scope.memory).set(key, { outcome })
  const { conversationId } = session
  const isCertain = outcome !== 'maybeNotDelivered'
  scope.log.error('message_undelivered', { conversationId, messageId, isCertain })
  raiseIssue(scope, 'messages_undelivered', { conversationId })
  const effort = { budgetMs: budgets.message.tellMs, code: 'end_user_not_told', fields: { conversationId } }
  await bestEffort(scope, effort, async (limited) => {
    // Another process may have announced an agent.
    if (hasHadAgent(session) || hasHadAgent((await lookUpSession(limited, session)) ?? session)) {
      const text = ourText(outcome, session.language, scope.settings.texts)
      await say(limited, session, messageKeys.undelivered(messageId), text)
      return noteMessageCreated(limited, session)
    }
    const payload = aboutSession(limited, session, { isCertain })
    requireCreated(await limited.client.createEvent({ type: 'hitlMessageUndelivered', payload }), 'event')
  })
}

/** Whether the end user was told that the message certainly did not arrive. Then it must not arrive later. */
export const wasToldUndelivered = (scope: Scope, messageId: string): boolean => {
  const outcome = told(scope.memory).get(scope.key('undelivered', messageId))?.outcome
  return outcome !== undefined && outcome !== 'maybeNotDelivered'
}
