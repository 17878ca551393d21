import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { catchUpAtEnd } from '../../session/catch-up/catch-up'
import { endSession, type Ending } from '../../session/end/end-session'
import { listDelivered } from '../../session/relay/delivered-messages'
import type { Session } from '../../session/session'
import { done, ignored } from '../outcome'
import { chatDeactivatedSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../action-runner'

/** A thread was closed. Its session ends after the agent's last messages. */
export const chatDeactivated = webhookAction({
  schema: chatDeactivatedSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { user_id }, thread) => {
    // Runs before the turn, because another delivery or a message may end the session right now and needs to know who
    // closed the thread.
    if (user_id !== undefined) thread.closedBy = user_id
    return { work: user_id }
  },
  // A redelivery must learn that another process has already ended the session.
  session: 'fresh',
  afterEnd: 'ignored',
  // `catchUpAtEnd` reads the thread anyway.
  catchesUp: false,
  handle: async (scope, session, closedBy) => {
    const isOurStop = closedBy === session.livechatCustomerId
    if (isOurStop && neverBegan(session)) return ignored('start_failed')
    const last: Ending = isOurStop ? await countMessages(scope, session) : await catchUpAtEnd(scope, session)
    await endSession(scope, session, last)
    return done
  },
})

/**
 * A successful start records an agent or a wait. If a start fails before this, it closes its thread as the customer.
 * Then the plugin has no session, and the bot's flows must not be told of an end.
 */
const neverBegan = ({ holder, queueTold }: Session): boolean => holder.kind === 'nobody' && !queueTold

/** After our own stop, the plugin takes no more messages. So a read of the thread would be a call without use. */
const countMessages = async (scope: Scope, session: Session): Promise<Pick<Ending, 'counts'>> => {
  const effort = { budgetMs: budgets.webhook.countMs, code: 'messages_not_counted' }
  const delivered = await bestEffort(scope, effort, (limited) => listDelivered(limited, session))
  if (!delivered) return {}
  const { eventIds: _, ...counts } = delivered
  return { counts }
}
