import { fingerprint } from '../content/to-end-user/correction'
import { budgets } from '../operation/budgets'
import { requireCreated } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { tryReadThread } from './read-thread'
import type { Session } from './session'
import { aboutSession } from './session-events'
import { updateSession } from './session-store'

/** LiveChat's rating of a thread. `ratingScore`: 1 for good, 0 for bad. */
export type Rating = { ratingScore?: number; ratingComment?: string }

/** The rating in a thread's properties, as far as it can be read. Empty if there is none. */
export const ratingOf = (properties: Record<string, Record<string, unknown>> | undefined): Rating => {
  const { score, comment } = properties?.['rating'] ?? {}
  return {
    ...(typeof score === 'number' ? { ratingScore: score } : {}),
    ...(typeof comment === 'string' ? { ratingComment: comment } : {}),
  }
}

/**
 * Tells the bot's flows of a rating, once. Score and comment come in separate webhooks, in any order, and each may come
 * more than once. So we tell the rating that the thread has now. If the thread cannot be read, we tell `rating` from
 * the webhook.
 */
export const reportRating = async (scope: Scope, session: Session, rating: Rating): Promise<void> => {
  const now = (await readRating(scope, session)) ?? rating
  const digest = fingerprint({ type: 'rating', payload: now })
  if (digest === session.ratingTold) return
  const payload = aboutSession(scope, session, now)
  requireCreated(await scope.client.createEvent({ type: 'hitlSessionRated', payload }), 'event')
  await updateSession(scope, session, { ratingTold: digest })
}

const readRating = async (scope: Scope, session: Session): Promise<Rating | undefined> => {
  const chat = await tryReadThread(scope, session, budgets.webhook.ratingMs, 'rating_not_read')
  const properties = chat?.thread.properties
  return properties?.['rating'] === undefined ? undefined : ratingOf(properties)
}
