import { applyJoined, isVisibleAgent } from '../joined-agent'
import { threadIdsOf, userAddedSchema } from '../schema'
import { webhookAction } from '../webhook-action'

/** Somebody joined a chat: an agent who takes it, or helps. */
export const userAdded = webhookAction({
  schema: userAddedSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { user }) => (isVisibleAgent(user) ? { work: user.id } : { ignored: 'no_agent' }),
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: false,
  handle: applyJoined,
})
