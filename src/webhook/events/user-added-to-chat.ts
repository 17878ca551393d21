import { applyJoined, isVisibleAgent } from '../joined-agent'
import { threadIdsOf, userAddedSchema } from '../schema'
import { webhookAction } from '../action-runner'

/** A user joined a chat. This may be an agent who takes the session, or an agent who helps. */
export const userAdded = webhookAction({
  schema: userAddedSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { user }) => (isVisibleAgent(user) ? { work: user.id } : { ignored: 'no_visible_agent' }),
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: true,
  handle: applyJoined,
})
