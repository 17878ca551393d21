import type { Scope } from './scope'
import type { Session } from './session'
import { rememberSession } from './sessions'

/**
 * Webhooks keep no order: a message may arrive after the news that it was deleted, and must then not be shown as if it
 * stood. This process remembers, and a tag tells those that do not know the session yet; to ask the thread before each
 * message would make every message wait.
 */
export const rememberDeletion = (scope: Scope, eventId: string): void => {
  scope.memory.deletedEarly.set(scope.key('deleted', eventId), { atMs: scope.runtime.nowMs() })
}

export const noteDeletedEarly = async (scope: Scope, session: Session, eventId: string): Promise<void> => {
  rememberDeletion(scope, eventId)
  await scope.client.updateConversation({ id: session.conversationId, tags: { deletedEarly: eventId } })
  rememberSession(scope, { ...session, deletedEarly: eventId })
}

export const wasDeletedEarly = (scope: Scope, session: Session, eventId: string): boolean =>
  session.deletedEarly === eventId || scope.memory.deletedEarly.has(scope.key('deleted', eventId))
