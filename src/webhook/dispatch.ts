import { noteAccepted } from '../session/accepted'
import type { Scope } from '../session/scope'
import { handleIncomingChat, handleUserAdded, handleUserRemoved } from './events/agents-in-chat'
import { handleChatDeactivated } from './events/chat-deactivated'
import { handleChatTransferred } from './events/chat-transferred'
import { handleEventDeleted } from './events/event-deleted'
import { handleEventUpdated } from './events/event-updated'
import { handleIncomingEvent } from './events/incoming-event'
import { handleThreadPropertiesUpdated } from './events/thread-properties-updated'
import { ignored, unusable, type Outcome } from './outcome'
import { aboutThreadSchema, envelopeSchema } from './schema'

const handlers: Record<string, (scope: Scope, payload: unknown) => Promise<Outcome>> = {
  incoming_event: handleIncomingEvent,
  event_updated: handleEventUpdated,
  event_deleted: handleEventDeleted,
  chat_deactivated: handleChatDeactivated,
  chat_transferred: handleChatTransferred,
  incoming_chat: handleIncomingChat,
  user_added_to_chat: handleUserAdded,
  user_removed_from_chat: handleUserRemoved,
  thread_properties_updated: handleThreadPropertiesUpdated,
}

/** Gives a verified webhook to the handler of its action. */
export const dispatch = async (scope: Scope, body: unknown): Promise<Outcome> => {
  const envelope = envelopeSchema.safeParse(body)
  if (!envelope.success) return unusable('envelope_unreadable')
  const { action, payload } = envelope.data
  const handle = Object.hasOwn(handlers, action) ? handlers[action] : undefined
  if (!handle) return ignored('unknown_action')
  const outcome = await handle(scope, payload)
  await noteAccepted(scope, action)
  return outcome
}

/** Whose thread a webhook is about, when it says. */
export const threadOf = (body: unknown): { chat_id: string; thread_id: string } | undefined => {
  const parsed = aboutThreadSchema.safeParse(body)
  return parsed.success ? parsed.data.payload : undefined
}
