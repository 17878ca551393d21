import { inLanguage } from '../../content/to-end-user/translation'
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
import { webhookAction } from '../action-runner'

/**
 * An event was changed. If it was relayed, the end user gets a correction. If it has not arrived yet, its new content
 * is relayed: webhooks keep no order, and the older webhook then finds the message there.
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
    const delivered = await findDelivered(scope, session, event.id)
    if (delivered) return correct(scope, session, event, delivered)
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted')
    return (await relayFromWebhook(scope, session, relayable)) ? done : ignored('no_agent')
  },
})

const correct = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
  delivered: DeliveredMessage,
): Promise<Outcome> => {
  const current = await readCurrent(scope, session, event)
  if (!current) return ignored('no_longer_visible')
  const verdict = visibility(current, 'customer-read', scope.settings)
  if (!verdict.relay) return ignored(verdict.reason)
  const message = inLanguage(verdict.message, current, session.language)
  const isCorrected = await sayCorrection(scope, session, event.id, delivered, message)
  if (isCorrected) await noteOpenChoice(scope, session, current)
  return isCorrected ? done : ignored('nothing_changed')
}

/**
 * The present content of an event, from the thread: webhooks keep no order, so that the older of two changes may come
 * last. If LiveChat cannot be read, the content from the webhook.
 */
const readCurrent = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
): Promise<LiveChatEvent | undefined> => {
  const chat = await tryReadThread(scope, session, budgets.webhook.changedEventMs, 'changed_event_not_read')
  return chat ? chat.thread.events.find(({ id }) => id === event.id) : event
}
