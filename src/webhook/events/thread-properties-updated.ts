import { aboutSession } from '../../session/own-events'
import type { Scope } from '../../session/scope'
import { findSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { threadPropertiesSchema } from '../schema'

/** The chat was rated: the bot's flows are told. Only for those who configured this webhook. */
export const handleThreadPropertiesUpdated = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = threadPropertiesSchema.safeParse(payload)
  if (!parsed.success) return unusable('thread_properties_unreadable')
  const { chat_id, thread_id, properties } = parsed.data
  const { score, comment } = properties?.['rating'] ?? {}
  if (typeof score !== 'number' && typeof comment !== 'string') return ignored('no_rating')
  const session = await findSession(scope, chat_id, thread_id)
  if (!session) return ignored('foreign_chat')
  const rated = aboutSession(scope, session, {
    ...(typeof score === 'number' ? { ratingScore: score } : {}),
    ...(typeof comment === 'string' ? { ratingComment: comment } : {}),
  })
  await scope.client.createEvent({ type: 'hitlSessionRated', payload: rated })
  return done('rated')
}
