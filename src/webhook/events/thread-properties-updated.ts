import { ratingOf, reportRating } from '../../session/rating'
import { done } from '../outcome'
import { threadIdsOf, threadPropertiesSchema } from '../schema'
import { webhookAction } from '../action-runner'

/** The chat was rated. The bot's flows are told. This webhook is optional. */
export const threadPropertiesUpdated = webhookAction({
  schema: threadPropertiesSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { properties }) => {
    const rating = ratingOf(properties)
    return Object.keys(rating).length === 0 ? { ignored: 'no_rating' } : { work: rating }
  },
  session: 'fresh',
  // LiveChat's own clients ask for the rating after the chat was closed.
  afterEnd: 'handled',
  catchesUp: false,
  handle: async (scope, session, rating) => {
    await reportRating(scope, session, rating)
    return done
  },
})
