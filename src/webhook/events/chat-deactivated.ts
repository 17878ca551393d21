import { catchUp, listRelayed } from '../../session/catch-up'
import { emitStopped } from '../../session/end-session'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { findSession } from '../../session/sessions'
import { withDeadline } from '../../shared/deadline'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { chatDeactivatedSchema } from '../schema'

/** Leaves time for the end itself within the webhook's 8 s. */
const readBudgetMs = 4_000

/** A thread was closed: if it is a session's, the session ends, after what the agent wrote last. */
export const handleChatDeactivated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = chatDeactivatedSchema.safeParse(payload)
  if (!parsed.success) return unusable('chat_deactivated_unreadable')
  const { chat_id, thread_id, user_id } = parsed.data

  const session = await findSession(scope, chat_id, thread_id)
  if (!session) return ignored('foreign_chat')
  return scope.memory.inTurn(
    scope.key('turn', chat_id, thread_id),
    async () => {
      // Closed from our side, the plugin takes no more messages: reading the thread would be a call for nothing.
      if (user_id !== session.livechatCustomerId) await bringBackMissed(scope, session)
      await emitStopped(scope, session)
      return done('session_ended')
    },
    scope.deadline.signal,
  )
}

/** The end must reach the plugin even when the thread cannot be read: a session without an end is stuck for ever. */
const bringBackMissed = async (scope: Scope, session: Session): Promise<void> => {
  try {
    await withDeadline(scope.runtime, readBudgetMs, async (deadline) => {
      const limited = { ...scope, deadline }
      await catchUp(limited, session, await listRelayed(limited, session))
    })
  } catch (error) {
    scope.log.error('thread_not_read_at_end', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
