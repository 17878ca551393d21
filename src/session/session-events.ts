import type * as bp from '../bp'
import { bestEffort } from '../operation/best-effort'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Session } from './session'

/**
 * Our own events for the bot's flows. They belong to no conversation, because the plugin stops all events in the
 * conversation of an active session.
 */

/** The fields that all our events have, together with the fields of one event. */
export const aboutSession = <Fields extends object>(scope: Scope, session: Session, fields: Fields) => ({
  hitlConversationId: session.conversationId,
  livechatChatId: session.livechatChatId,
  livechatThreadId: session.livechatThreadId,
  botpressUserId: session.botpressUserId,
  at: new Date(scope.runtime.nowMs()).toISOString(),
  ...fields,
})

type OptionalEvent = {
  [K in 'hitlSessionQueued' | 'hitlSessionTimeline']: { type: K; payload: bp.Events[K] }
}['hitlSessionQueued' | 'hitlSessionTimeline']

/** Emits an event that matters less than the session: a failure is only logged. */
export const tryEmit = async (scope: Scope, session: Session, event: OptionalEvent): Promise<void> => {
  const effort = {
    budgetMs: budgets.shared.ownEventMs,
    code: 'event_not_emitted',
    fields: { conversationId: session.conversationId },
  }
  await bestEffort(scope, effort, (limited) => limited.client.createEvent(event))
}

type TimelineStep = Pick<bp.Events['hitlSessionTimeline'], 'step' | 'agentUserId' | 'reason'>

/** Emits one step of the timeline, if the setting `timeline` is on. */
export const emitTimeline = async (scope: Scope, session: Session, step: TimelineStep): Promise<void> => {
  if (!scope.settings.timeline) return
  await tryEmit(scope, session, { type: 'hitlSessionTimeline', payload: aboutSession(scope, session, step) })
}
