import type * as bp from '../bp'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import type { Session } from './session'

/**
 * Our own events for the bot's flows. They belong to no conversation, because the plugin keeps the events of an active
 * session's conversation from the flows.
 */

/** The fields of one of our events: those that all have, and its own `fields`. */
export const aboutSession = <Fields extends object>(scope: Scope, session: Session, fields: Fields) => ({
  hitlConversationId: session.conversationId,
  livechatChatId: session.livechatChatId,
  livechatThreadId: session.livechatThreadId,
  botpressUserId: session.botpressUserId,
  at: new Date(vendorNowMs(scope)).toISOString(),
  ...fields,
})

type OptionalEvent = { type: 'hitlSessionQueued'; payload: bp.Events['hitlSessionQueued'] }

/** Creates an event that matters less than the session. If this fails, the session goes on. */
export const tryEmit = async (scope: Scope, session: Session, event: OptionalEvent): Promise<void> => {
  const effort = {
    budgetMs: budgets.shared.ownEventMs,
    code: 'flows_not_told',
    fields: { conversationId: session.conversationId },
  }
  await bestEffort(scope, effort, (limited) => limited.client.createEvent(event))
}
