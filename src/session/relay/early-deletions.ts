import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { noteDeletedEvent, threadOf } from '../thread'

/**
 * Records that an event was deleted before it was relayed. Webhooks keep no order, so the event itself may arrive
 * later. We must not relay it then. This process remembers the deletion. A tag shows it to processes that do not know
 * the session yet. A read of the thread before each message would also work, but would delay every message.
 */
export const noteDeletedEarly = async (scope: Scope, session: Session, eventId: string): Promise<void> => {
  noteDeletedEvent(threadOf(scope, session), eventId)
  await updateSession(scope, session, { deletedEarly: eventId })
}

export const wasDeletedEarly = (scope: Scope, session: Session, eventId: string): boolean =>
  session.deletedEarly === eventId || threadOf(scope, session).deletedEventIds?.has(eventId) === true
