import { classify } from '../../content/classify'
import type { LiveChatEvent } from '../../livechat/schema'
import { catchUpAfterFailure } from '../../session/catch-up'
import { wasDeletedEarly } from '../../session/deleted-early'
import { noteOpenChoice } from '../../session/open-choice'
import { tryReadThread } from '../../session/read-thread'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { lookUpSession } from '../../session/sessions'
import { findShown, tellCorrection, type Shown } from '../../session/shown'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { relayEvent } from '../relay-event'
import { incomingEventSchema } from '../schema'

/**
 * An event was changed: whoever has seen it is told what it says now. One that has not arrived yet, since webhooks keep no
 * order, is relayed as it is now; the older one then finds it there.
 */
export const handleEventUpdated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = incomingEventSchema.safeParse(payload)
  if (!parsed.success) return unusable('event_updated_unreadable')
  const { chat_id, thread_id, event } = parsed.data
  if (!scope.settings.announceEdits) return ignored('switched_off')
  const early = classify(event, '', 'webhook', scope.settings)
  if (!early.relay) return ignored(early.reason)

  const tell = async (): Promise<Outcome> => {
    const session = await lookUpSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    if (session.hasEnded) return ignored('session_over')
    const verdict = classify(event, session.livechatCustomerId, 'webhook', scope.settings)
    if (!verdict.relay) return ignored(verdict.reason)
    await catchUpAfterFailure(scope, session)
    const shown = await findShown(scope, session, event.id)
    if (shown) return correct(scope, session, event, shown)
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted')
    await relayEvent(scope, session, event, verdict)
    return done('relayed')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, tell)
}

const correct = async (scope: Scope, session: Session, event: LiveChatEvent, shown: Shown): Promise<Outcome> => {
  const current = await readCurrent(scope, session, event)
  if (!current) return ignored('no_longer_visible')
  const verdict = classify(current, session.livechatCustomerId, 'customer-read', scope.settings)
  if (!verdict.relay) return ignored(verdict.reason)
  const outcome = await tellCorrection(scope, session, event.id, shown, verdict.message)
  if (outcome === 'told') await noteOpenChoice(scope, session, current)
  return done(outcome === 'told' ? 'correction_told' : outcome)
}

/** Leaves time within a webhook's 8 s to tell the correction. */
const readBudgetMs = 4_000

/**
 * The event as it is now: webhooks keep no order, and of two changes the older one must not have the last word. When
 * LiveChat cannot be read, what the webhook says.
 */
const readCurrent = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
): Promise<LiveChatEvent | undefined> => {
  const chat = await tryReadThread(scope, session, readBudgetMs, 'changed_event_not_read')
  return chat ? chat.thread.events.find(({ id }) => id === event.id) : event
}
