import { catchUpAfterFailure } from '../../session/catch-up'
import { noteDeletedEarly, rememberDeletion } from '../../session/deleted-early'
import type { Scope } from '../../session/scope'
import { lookUpSession } from '../../session/sessions'
import { findShown, tellDeletion } from '../../session/shown'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { eventDeletedSchema } from '../schema'

/**
 * An event was taken back: whoever has seen it learns that, without being told again what it said. Nobody is shown it from
 * then on.
 */
export const handleEventDeleted = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = eventDeletedSchema.safeParse(payload)
  if (!parsed.success) return unusable('event_deleted_unreadable')
  const { chat_id, thread_id, event_id } = parsed.data
  if (!scope.settings.announceDeletions) {
    rememberDeletion(scope, event_id)
    return ignored('switched_off')
  }

  const tell = async (): Promise<Outcome> => {
    const session = await lookUpSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    if (session.hasEnded) return ignored('session_over')
    await catchUpAfterFailure(scope, session)
    const shown = await findShown(scope, session, event_id)
    if (!shown) {
      await noteDeletedEarly(scope, session, event_id)
      return ignored('never_shown')
    }
    await tellDeletion(scope, session, event_id, shown)
    return done('deletion_told')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, tell)
}
