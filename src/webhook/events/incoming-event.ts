import { visibility } from '../../content/to-end-user/visibility'
import { isAgentShaped, type LiveChatEvent } from '../../livechat/schema'
import { raiseIssue } from '../../operation/failures/raise-issue'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { tellAgentReturned } from '../../session/after-end/tell-return'
import { reasonOfEvent } from '../../session/end/end-reason'
import { wasDeletedEarly } from '../../session/relay/early-deletions'
import { lookUpAuthor, relayFromWebhook, type Relayable } from '../../session/relay/relay-event'
import { hasStopped } from '../../session/schedule'
import type { Session } from '../../session/session'
import { threadOf, type Thread } from '../../session/thread'
import { done, ignored, type Outcome } from '../outcome'
import { incomingEventSchema, threadIdsOf } from '../schema'
import { webhookAction, type Prepared } from '../action-runner'

/** An older event probably comes from a redelivery. Another process may have ended the session meanwhile. */
const lateAfterMs = 10_000

/**
 * A new event in some chat of the license. An agent's message is relayed to the end user. From a system message, only
 * the reason why LiveChat closed the thread is noted. All other events are ignored.
 */
export const incomingEvent = webhookAction({
  schema: incomingEventSchema,
  threadOf: threadIdsOf,
  prepare: (scope, { event }, thread): Prepared<Relayable> => {
    noteClosingRemark(thread, event)
    const verdict = visibility(event, 'webhook')
    if (!verdict.relay) return { ignored: verdict.reason }
    return { work: { event, ...verdict }, isLate: isLate(scope, event) }
  },
  // Only if the webhook says that the chat is ours. Otherwise each foreign chat would cost one more call.
  lookAhead: (scope, ids, relayable, owner) => {
    const { session, firstMissedAtMs } = threadOf(scope, ids)
    const isOfAgent = isAgentShaped(relayable.authorId)
    return owner === 'ours' && isOfAgent && !session && firstMissedAtMs === undefined
      ? lookUpAuthor(scope, relayable)
      : relayable
  },
  session: 'remembered',
  afterEnd: 'handled',
  catchesUp: true,
  eventIdOf: ({ event }) => event.id,
  wordsOf: (relayable) => relayable,
  handle: async (scope, session, relayable) => {
    if (relayable.authorId === session.livechatCustomerId) return ignored('event_of_own_customer')
    if (wasDeletedEarly(scope, session, relayable.event.id)) return ignored('deleted_before_relay')
    // The failed start could not close its thread.
    if (session.ended?.reason === 'startFailed') {
      await tellAgentReturned(scope, session, session, relayable)
      return done
    }
    if (hasStopped(scope, session)) return logMessageAfterEnd(scope, session, relayable)
    return (await relayFromWebhook(scope, session, relayable)) ? done : ignored('no_agent')
  },
})

/**
 * LiveChat's remark that says why it closes a thread may be visible only to agents. Then no read contains the remark.
 * Only a webhook without a filter on `author_type` brings it, before or after the webhook of the end.
 */
const noteClosingRemark = (thread: Thread, event: LiveChatEvent): void => {
  const reason = reasonOfEvent(event)
  if (reason) thread.closingRemark = reason
}

const isLate = (scope: Scope, { created_at }: LiveChatEvent): boolean =>
  vendorNowMs(scope) - Date.parse(created_at ?? '') > lateAfterMs

/**
 * Logs a message that came too late. In the ended conversation it would go to the bot, as if the end user had written
 * it.
 */
const logMessageAfterEnd = (scope: Scope, session: Session, { event }: Relayable): Outcome => {
  const thread = threadOf(scope, session)
  thread.messagesAfterEnd += 1
  const { conversationId } = session
  scope.log.error('message_after_end', { conversationId, livechatEventId: event.id, count: thread.messagesAfterEnd })
  raiseIssue(scope, 'messages_undelivered', { conversationId })
  return ignored('message_after_end')
}
