import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { noteDeletedEvent, threadOf } from '../thread'

/**
 * Records an event that was deleted before its message arrived. Webhooks keep no order: a message can arrive after its
 * own deletion and must then not be relayed. This process remembers it, and a tag shows it to the others. Reading the
 * thread before each message instead would delay every message.
 */
export const noteDeletedEarly = async (scope: Scope, session: Session, eventId: string): Promise<void> => {
  noteDeletedEvent(threadOf(scope, session), eventId)
  await updateSession(scope, session, { deletedEarly: eventId })
}

export const wasDeletedEarly = (scope: Scope, session: Session, eventId: string): boolean =>
  session.deletedEarly === eventId || threadOf(scope, session).deletedEventIds?.has(eventId) === true
