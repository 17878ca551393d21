import { catchUpAtEnd } from '../../session/catch-up'
import { noteCloser } from '../../session/closing'
import { endSession, type Ending } from '../../session/end-session'
import { listRelayed } from '../../session/relayed'
import { withBudget, type Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { lookUpSession } from '../../session/sessions'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { chatDeactivatedSchema } from '../schema'

/** A thread was closed: if it is a session's, the session ends, after what the agent wrote last. */
export const handleChatDeactivated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = chatDeactivatedSchema.safeParse(payload)
  if (!parsed.success) return unusable('chat_deactivated_unreadable')
  const { chat_id, thread_id, user_id } = parsed.data

  // Before its turn: another delivery, or a message, may be finding the end out at this moment.
  noteCloser(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, user_id)
  const end = async (): Promise<Outcome> => {
    // Read afresh: a repetition must find that the end was told.
    const session = await lookUpSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    if (session.hasEnded) return done('ended_before')
    const last: Ending =
      user_id === session.livechatCustomerId ? await countQuietly(scope, session) : await catchUpAtEnd(scope, session)
    await endSession(scope, session, last)
    return done('session_ended')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, end)
}

/** Counts are not worth an end. */
const countBudgetMs = 3_000

/** Closed from our side, the plugin takes no more messages: reading the thread would be a billed call for nothing. */
const countQuietly = async (scope: Scope, session: Session): Promise<Pick<Ending, 'counts'>> => {
  try {
    const { eventIds: _, ...counts } = await withBudget(scope, countBudgetMs, (limited) =>
      listRelayed(limited, session),
    )
    return { counts }
  } catch (error) {
    scope.log.warn('messages_not_counted', { error: error instanceof Error ? error.name : 'unknown' })
    return {}
  }
}
