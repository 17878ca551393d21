import { fingerprint } from '../content/correction'
import { aboutSession } from './own-events'
import { tryReadThread } from './read-thread'
import type { Scope } from './scope'
import type { Session } from './session'
import { rememberSession } from './sessions'

/** LiveChat's rating of a thread: 1 for good, 0 for bad. */
export type Rating = { ratingScore?: number; ratingComment?: string }

/** The rating in a thread's properties, as far as it can be read; empty when there is none. */
export const ratingOf = (properties: Record<string, Record<string, unknown>> | undefined): Rating => {
  const { score, comment } = properties?.['rating'] ?? {}
  return {
    ...(typeof score === 'number' ? { ratingScore: score } : {}),
    ...(typeof comment === 'string' ? { ratingComment: comment } : {}),
  }
}

/**
 * Tells the bot's flows of a rating, once: score and comment come in webhooks of their own, twice and in any order, so
 * what counts is how the thread is rated now. When it cannot be read, what the webhook says.
 */
export const tellRating = async (scope: Scope, session: Session, told: Rating): Promise<'told' | 'told_before'> => {
  const rating = (await readRating(scope, session)) ?? told
  const digest = fingerprint({ type: 'rating', payload: rating })
  if (digest === session.ratingTold) return 'told_before'
  await scope.client.createEvent({ type: 'hitlSessionRated', payload: aboutSession(scope, session, rating) })
  await scope.client.updateConversation({ id: session.conversationId, tags: { ratingTold: digest } })
  rememberSession(scope, { ...session, ratingTold: digest })
  return 'told'
}

/** Leaves time for the rest within a webhook's 8 s. */
const readBudgetMs = 3_000

const readRating = async (scope: Scope, session: Session): Promise<Rating | undefined> => {
  const properties = (await tryReadThread(scope, session, readBudgetMs, 'rating_not_read'))?.thread.properties
  return properties?.['rating'] === undefined ? undefined : ratingOf(properties)
}
