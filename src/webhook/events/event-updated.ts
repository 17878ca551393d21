import { inLanguage } from '../../content/to-end-user/translation'
import { visibility } from '../../content/to-end-user/visibility'
import type { LiveChatEvent } from '../../livechat/schema'
import { budgets, readsLagMs } from '../../operation/budgets'
import { NotYetError } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { tryReadThread } from '../../session/read-thread'
import { findDelivered, sayCorrection, type DeliveredMessage } from '../../session/relay/corrections'
import { wasCreatedHere } from '../../session/relay/create-message'
import { wasDeletedEarly } from '../../session/relay/early-deletions'
import { noteOpenChoice } from '../../session/relay/open-choice'
import { relayFromWebhook } from '../../session/relay/relay-event'
import { hasStopped } from '../../session/schedule'
import type { Session } from '../../session/session'
import { done, ignored, type Outcome } from '../outcome'
import { incomingEventSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../action-runner'

/**
 * An event was changed. If it was relayed, the end user gets a correction. If the event was not relayed yet, we relay
 * its new content, because webhooks keep no order. When the older webhook arrives later, the message already exists.
 */
export const eventUpdated = webhookAction({
  schema: incomingEventSchema,
  threadOf: threadIdsOf,
  prepare: ({ settings }, { event }) => {
    if (!settings.announceChanges) return { ignored: 'changes_switched_off' }
    const verdict = visibility(event, 'webhook')
    return verdict.relay ? { work: { event, ...verdict } } : { ignored: verdict.reason }
  },
  session: 'fresh',
  // The plugin takes messages until it is notified.
  afterEnd: 'handled',
  catchesUp: true,
  eventIdOf: ({ event }) => event.id,
  handle: async (scope, session, relayable) => {
    if (hasStopped(scope, session)) return ignored('session_ended')
    const { event, authorId } = relayable
    if (authorId === session.livechatCustomerId) return ignored('event_of_own_customer')
    const delivered = await findDeliveredByNow(scope, session, event)
    if (delivered) return correct(scope, session, event, delivered)
    if (wasDeletedEarly(scope, session, event.id)) return ignored('deleted_before_relay')
    return (await relayFromWebhook(scope, session, relayable, true)) ? done : ignored('no_agent')
  },
})

/** An event is young while Botpress' list may not show its message yet. */
const youngForMs = 5_000

/**
 * The message of an event. Botpress' list may lag behind, so for a young event we look twice.
 * @throws NotYetError if this process has created the message, and the list does not show it
 */
const findDeliveredByNow = async (
  scope: Scope,
  session: Session,
  { id, created_at }: LiveChatEvent,
): Promise<DeliveredMessage | undefined> => {
  const delivered = await findDelivered(scope, session, id)
  const isYoung = vendorNowMs(scope) - Date.parse(created_at ?? '') < youngForMs
  // Later, a message that is not listed was deleted at Botpress.
  if (delivered || !isYoung) return delivered
  await scope.runtime.sleep(readsLagMs, scope.deadline.signal)
  const later = await findDelivered(scope, session, id)
  if (!later && wasCreatedHere(scope, id)) throw new NotYetError('Botpress does not list a message that it has')
  return later
}

const correct = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
  delivered: DeliveredMessage,
): Promise<Outcome> => {
  const current = await readCurrent(scope, session, event)
  if (!current) return ignored('event_not_in_thread')
  const verdict = visibility(current, 'customer-read')
  if (!verdict.relay) return ignored(verdict.reason)
  const message = inLanguage(verdict.message, current, session.language)
  const isCorrected = await sayCorrection(scope, session, event.id, delivered, message)
  if (isCorrected) await noteOpenChoice(scope, session, current)
  return isCorrected ? done : ignored('nothing_changed')
}

/**
 * Reads the present content of an event in the thread. Webhooks keep no order, so the older of two changes may arrive
 * last. If the thread cannot be read, returns the content from the webhook. Returns `undefined` if the thread no longer
 * has the event.
 */
const readCurrent = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
): Promise<LiveChatEvent | undefined> => {
  const chat = await tryReadThread(scope, session, budgets.webhook.changedEventMs, 'changed_event_not_read')
  return chat ? chat.thread.events.find(({ id }) => id === event.id) : event
}
