import type { Scope } from '../operation/scope'
import { noteMissedDelivery, threadOf } from '../session/thread'
import { noteWebhook } from '../setup/checks/last-webhooks'
import { ownerOf } from './chat-owner'
import { chatDeactivated } from './events/chat-deactivated'
import { chatTransferred } from './events/chat-transferred'
import { eventDeleted } from './events/event-deleted'
import { eventUpdated } from './events/event-updated'
import { incomingChat } from './events/incoming-chat'
import { incomingEvent } from './events/incoming-event'
import { threadPropertiesUpdated } from './events/thread-properties-updated'
import { userAdded } from './events/user-added-to-chat'
import { userRemoved } from './events/user-removed-from-chat'
import { ignored, unusable, type Outcome } from './outcome'
import { envelopeSchema } from './schema'
import type { WebhookAction } from './action-runner'

const actions: Record<string, WebhookAction> = {
  incoming_event: incomingEvent,
  event_updated: eventUpdated,
  event_deleted: eventDeleted,
  chat_deactivated: chatDeactivated,
  chat_transferred: chatTransferred,
  incoming_chat: incomingChat,
  user_added_to_chat: userAdded,
  user_removed_from_chat: userRemoved,
  thread_properties_updated: threadPropertiesUpdated,
}
const actionOf = (name: string): WebhookAction | undefined => (Object.hasOwn(actions, name) ? actions[name] : undefined)

/**
 * Passes a verified webhook to its action.
 * @throws the error because of which the webhook had no effect
 */
export const dispatch = async (scope: Scope, body: unknown): Promise<Outcome> => {
  const envelope = envelopeSchema.safeParse(body)
  if (!envelope.success) return unusable('action_unreadable')
  const { action: name, payload } = envelope.data
  const action = actionOf(name)
  if (!action) return ignored('action_not_used')
  const outcome = await action.handle(scope, payload, ownerOf(envelope.data, scope.app.clientId))
  await noteWebhook(scope, name)
  return outcome
}

/** Call this after a delivery that failed or ran out of time. The next event or message of its thread catches up. */
export const noteFailure = (scope: Scope, body: unknown): void => {
  const envelope = envelopeSchema.safeParse(body)
  const ids = envelope.success ? actionOf(envelope.data.action)?.threadOf(envelope.data.payload) : undefined
  if (ids) noteMissedDelivery(threadOf(scope, ids))
}
