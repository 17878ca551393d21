import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { catchUpAtEnd } from '../../session/catch-up/catch-up'
import { endSession, type Ending } from '../../session/end/end-session'
import { listDelivered } from '../../session/relay/delivered-messages'
import type { Session } from '../../session/session'
import { done, ignored } from '../outcome'
import { chatDeactivatedSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../webhook-action'

/** A thread was closed: its session ends, after the agent's last messages. */
export const chatDeactivated = webhookAction({
  schema: chatDeactivatedSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, { user_id }, thread) => {
    // At once: another delivery, or a message, may be finding out about the end at this moment.
    if (user_id !== undefined) thread.closedBy = user_id
    return { work: user_id }
  },
  // A repetition must find that the end was told.
  session: 'fresh',
  afterEnd: 'ignored',
  // The end reads the thread itself.
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
 * The last thing a start does is to note an agent or a wait. A start that failed before that closes its thread as the
 * customer: the plugin has no session then, and the bot's flows must not hear of an end.
 */
const neverBegan = ({ holder, queueTold }: Session): boolean => holder.kind === 'nobody' && !queueTold

/** After our own stop the plugin takes no more messages: reading the thread would be a billed call for nothing. */
const countMessages = async (scope: Scope, session: Session): Promise<Pick<Ending, 'counts'>> => {
  const effort = { budgetMs: budgets.webhook.countMs, code: 'messages_not_counted' }
  const relayed = await bestEffort(scope, effort, (limited) => listDelivered(limited, session))
  if (!relayed) return {}
  const { eventIds: _, ...counts } = relayed
  return { counts }
}
