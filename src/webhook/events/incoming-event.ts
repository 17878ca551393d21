import { classify } from '../../content/classify'
import { catchUpAfterFailure, noteMissedDelivery } from '../../session/catch-up'
import { noteClosingRemark } from '../../session/closing'
import { wasDeletedEarly } from '../../session/deleted-early'
import type { Scope } from '../../session/scope'
import { findSession } from '../../session/sessions'
import { inThreadTurn } from '../../session/thread-turn'
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

  // In the order of arrival: the first look-up, or an agent's first message, takes longer, and what comes second must not
  // overtake it.
  const relay = async (): Promise<Outcome> => {
    const session = await findSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    const verdict = classify(event, session.livechatCustomerId, 'webhook', scope.settings)
    if (!verdict.relay) return ignored(verdict.reason)
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted')
    await catchUpAfterFailure(scope, session)
    try {
      await relayEvent(scope, session, event, verdict)
    } catch (error) {
      // Noted within the turn: the next message, which may be waiting already, then brings this one first.
      noteMissedDelivery(scope, session)
      throw error
    }
    return done('relayed')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, relay)
}
