import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { noteDeletedEvent, threadOf } from '../thread'

/**
 * Webhooks keep no order: a message can arrive after its own deletion and must then not be shown. This process remembers
 * the deletion, and a tag tells the others. Asking the thread before each message would make every message wait.
 */
export const noteDeletedEarly = async (scope: Scope, session: Session, eventId: string): Promise<void> => {
  noteDeletedEvent(threadOf(scope, session), eventId)
  await updateSession(scope, session, { deletedEarly: eventId })
}

export const wasDeletedEarly = (scope: Scope, session: Session, eventId: string): boolean =>
  session.deletedEarly === eventId || threadOf(scope, session).deletedEventIds.has(eventId)
