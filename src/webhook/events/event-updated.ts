import { visibility } from '../../content/to-end-user/visibility'
import type { LiveChatEvent } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { tryReadThread } from '../../session/read-thread'
import { findDelivered, sayCorrection, type DeliveredMessage } from '../../session/relay/corrections'
import { wasDeletedEarly } from '../../session/relay/early-deletions'
import { noteOpenChoice } from '../../session/relay/open-choice'
import { relayFromWebhook } from '../../session/relay/relay-event'
import type { Session } from '../../session/session'
import { done, ignored, type Outcome } from '../outcome'
import { incomingEventSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../webhook-action'

/**
 * An event was changed: an end user who has seen it is told what it says now. An event that has not arrived yet is
 * relayed as it is now, since webhooks keep no order; the older webhook then finds it there.
 */
export const eventUpdated = webhookAction({
  schema: incomingEventSchema,
  threadOf: threadIdsOf,
  prepare: ({ settings }, { event }) => {
    if (!settings.announceEdits) return { ignored: 'switched_off' }
    const verdict = visibility(event, 'webhook', settings)
    return verdict.relay ? { work: { event, ...verdict } } : { ignored: verdict.reason }
  },
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: true,
  handle: async (scope, session, relayable) => {
    const { event, authorId } = relayable
    if (authorId === session.livechatCustomerId) return ignored('own_echo')
    const shown = await findDelivered(scope, session, event.id)
    if (shown) return correct(scope, session, event, shown)
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted')
    await relayFromWebhook(scope, session, relayable)
    return done
  },
})

const correct = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
  shown: DeliveredMessage,
): Promise<Outcome> => {
  const current = await readCurrent(scope, session, event)
  if (!current) return ignored('no_longer_visible')
  const verdict = visibility(current, 'customer-read', scope.settings)
  if (!verdict.relay) return ignored(verdict.reason)
  const isTold = await sayCorrection(scope, session, event.id, shown, verdict.message)
  if (isTold) await noteOpenChoice(scope, session, current)
  return isTold ? done : ignored('nothing_changed')
}

/**
 * The event as it is now: webhooks keep no order, and of two changes the older one must not have the last word. When
 * LiveChat cannot be read, what the webhook says.
 */
const readCurrent = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
): Promise<LiveChatEvent | undefined> => {
  const chat = await tryReadThread(scope, session, budgets.webhook.changedEventMs, 'changed_event_not_read')
  return chat ? chat.thread.events.find(({ id }) => id === event.id) : event
}
