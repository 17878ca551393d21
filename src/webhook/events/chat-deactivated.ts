import { catchUp, listRelayed } from '../../session/catch-up'
import { emitStopped } from '../../session/end-session'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { findSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { chatDeactivatedSchema } from '../schema'

/** A thread was closed: if it is a session's, the session ends, after what the agent wrote last. */
export const handleChatDeactivated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = chatDeactivatedSchema.safeParse(payload)
  if (!parsed.success) return unusable('chat_deactivated_unreadable')
  const { chat_id, thread_id } = parsed.data

  const session = await findSession(scope, chat_id, thread_id)
  if (!session) return ignored('foreign_chat')
  return scope.memory.inTurn(
    scope.key('turn', chat_id, thread_id),
    async () => {
      await bringBackMissed(scope, session)
      await emitStopped(scope, session)
      return done('session_ended')
    },
    scope.deadline.signal,
  )
}

/** The end must reach the plugin even when the thread cannot be read: a session without an end is stuck for ever. */
const bringBackMissed = async (scope: Scope, session: Session): Promise<void> => {
  try {
    await catchUp(scope, session, await listRelayed(scope, session))
  } catch (error) {
    scope.log.error('thread_not_read_at_end', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
