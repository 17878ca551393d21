import { classify } from '../../content/classify'
import { catchUpAfterFailure, noteMissedDelivery } from '../../session/catch-up'
import { noteClosingRemark } from '../../session/closing-remark'
import { wasDeletedEarly } from '../../session/deleted-early'
import type { Scope } from '../../session/scope'
import { findSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { relayEvent } from '../relay-event'
import { incomingEventSchema } from '../schema'

/** A new event in some chat of the license: an agent's message reaches the end user, everything else ends here. */
export const handleIncomingEvent = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = incomingEventSchema.safeParse(payload)
  if (!parsed.success) return unusable('incoming_event_unreadable')
  const { chat_id, thread_id, event } = parsed.data

  noteClosingRemark(scope, chat_id, thread_id, event)
  // Most of what is not for the end user is told apart before any call; only whose echo it is depends on the session.
  const early = classify(event, '', 'webhook', scope.settings)
  if (!early.relay) return ignored(early.reason)

  const session = await findSession(scope, chat_id, thread_id)
  if (!session) return ignored('foreign_chat')
  const verdict = classify(event, session.livechatCustomerId, 'webhook', scope.settings)
  if (!verdict.relay) return ignored(verdict.reason)

  // In the order of arrival: an agent's first message takes longer, and the second must not overtake it.
  const relay = async (): Promise<Outcome> => {
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted')
    await catchUpAfterFailure(scope, session)
    try {
      await relayEvent(scope, session, event, verdict)
    } catch (error) {
      // Noted within the turn: the next message, which may be waiting already, then brings this one first.
      noteMissedDelivery(scope, chat_id, thread_id)
      throw error
    }
    return done('relayed')
  }
  return scope.memory.inTurn(scope.key('turn', chat_id, thread_id), relay, scope.deadline.signal)
}
