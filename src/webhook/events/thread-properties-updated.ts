import { ratingOf, tellRating } from '../../session/rating'
import type { Scope } from '../../session/scope'
import { lookUpSession } from '../../session/sessions'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { threadPropertiesSchema } from '../schema'

/** The chat was rated: the bot's flows are told. Only for those who configured this webhook. */
export const handleThreadPropertiesUpdated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = threadPropertiesSchema.safeParse(payload)
  if (!parsed.success) return unusable('thread_properties_unreadable')
  const { chat_id, thread_id, properties } = parsed.data
  const rating = ratingOf(properties)
  if (Object.keys(rating).length === 0) return ignored('no_rating')

  const tell = async (): Promise<Outcome> => {
    const session = await lookUpSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    return done((await tellRating(scope, session, rating)) === 'told' ? 'rated' : 'rated_before')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, tell)
}
