import { reportPlace } from '../../session/agents/queue'
import { ratingOf, reportRating, type Rating } from '../../session/rating'
import type { LiveChatQueue } from '../../livechat/schema'
import { done } from '../outcome'
import { threadIdsOf, threadPropertiesSchema } from '../schema'
import { webhookAction } from '../action-runner'

type Properties = Record<string, Record<string, unknown>> | undefined
type News = { rating?: Rating; queue?: LiveChatQueue }

/**
 * The chat was rated, or its place in the queue has changed. The bot's flows are told. This webhook is optional. No
 * document says that LiveChat sends it for the queue; its Customer SDK reads the place from these properties.
 */
export const threadPropertiesUpdated = webhookAction({
  schema: threadPropertiesSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { properties }) => {
    const news = newsOf(properties)
    return news.rating || news.queue ? { work: news } : { ignored: 'no_news' }
  },
  session: 'fresh',
  // LiveChat's own clients ask for the rating after the thread was closed.
  afterEnd: 'handled',
  catchesUp: false,
  handle: async (scope, session, { rating, queue }) => {
    if (rating) await reportRating(scope, session, rating)
    if (queue) await reportPlace(scope, session, queue)
    return done
  },
})

const newsOf = (properties: Properties): News => {
  const rating = ratingOf(properties)
  const { queue_pos: position, queue_waiting_time: waitTime } = properties?.['lc2'] ?? {}
  const wait = typeof waitTime === 'number' ? { wait_time: waitTime } : {}
  return {
    ...(Object.keys(rating).length > 0 ? { rating } : {}),
    ...(typeof position === 'number' && position > 0 ? { queue: { position, ...wait } } : {}),
  }
}
