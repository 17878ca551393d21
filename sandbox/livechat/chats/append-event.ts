import type { Actor, Chat, ChatEvent, Properties, Thread, Visibility } from '../model'
import { agentEvent } from '../shapes/agent-view'
import { mergeProperties } from '../shapes/properties'
import type { World } from '../world'
import { contentOf, visibilityOfCustomerDraft, type EventDraft } from './event-draft'
import { restartInactivity } from './inactivity'

type Appended = {
  chat: Chat
  thread: Thread
  actor: Actor
  type: string
  content: Record<string, unknown>
  visibility: Visibility
  customId?: string | undefined
  properties?: Properties | undefined
  /** Initial events are sent inside `incoming_chat`, not in webhooks of their own. */
  isInitial?: boolean
}

/** Puts an event that a user sent into the thread. */
export const appendDraft = (
  world: World,
  place: { chat: Chat; thread: Thread; actor: Actor; isInitial?: boolean },
  draft: EventDraft,
): ChatEvent => {
  const canHide = place.actor.kind === 'agent' && place.isInitial !== true
  const ofCustomer = place.actor.kind === 'customer' ? visibilityOfCustomerDraft(world, draft) : 'all'
  return appendEvent(world, {
    ...place,
    type: draft.type,
    content: contentOf(world, draft),
    // Initial events of agents are forced to `all`.
    visibility: canHide ? (draft.visibility ?? 'all') : ofCustomer,
    customId: draft.custom_id,
    properties: draft.properties,
  })
}

export const appendEvent = (world: World, appended: Appended): ChatEvent => {
  const { chat, thread, actor, type } = appended
  // A system message has no author, no matter who sent it.
  const hasAuthor = actor.kind !== 'system' && type !== 'system_message' && type !== 'system'
  const clientId = actor.kind === 'system' ? undefined : actor.clientId
  const event: ChatEvent = {
    id: `${thread.id}_${thread.events.length + 1}`,
    type,
    createdAt: world.now(),
    visibility: appended.visibility,
    properties: {},
    isDeleted: false,
    content: appended.content,
    ...(appended.customId === undefined ? {} : { customId: appended.customId }),
    ...(hasAuthor ? { author: { kind: actor.kind, id: actor.id } } : {}),
  }
  mergeProperties(event.properties, appended.properties)
  if (clientId !== undefined) mergeProperties(event.properties, { source: { client_id: clientId } })
  thread.events.push(event)
  if (type !== 'system_message' && type !== 'system') restartInactivity(world, thread)

  const ids = eventIds(chat, thread, event)
  const { text } = appended.content
  world.effect('event_added', {
    ...ids,
    type,
    visibility: event.visibility,
    ...(event.author ? { authorKind: event.author.kind, authorId: event.author.id } : {}),
    ...(event.customId === undefined ? {} : { customId: event.customId }),
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof appended.content['url'] === 'string' ? { url: appended.content['url'] } : {}),
    ...(typeof appended.content['system_message_type'] === 'string'
      ? { systemMessageType: appended.content['system_message_type'] }
      : {}),
  })
  if (!appended.isInitial) announceEvent(world, 'incoming_event', chat, thread, event, actor)
  return event
}

/** `incoming_event` and `event_updated` have the same payload. */
export const announceEvent = (
  world: World,
  action: 'incoming_event' | 'event_updated',
  chat: Chat,
  thread: Thread,
  event: ChatEvent,
  actor: Actor,
): void =>
  world.announce({
    action,
    actor,
    chat,
    ...(event.author ? { authorKind: event.author.kind } : {}),
    isSystemEvent: event.type === 'system',
    ids: eventIds(chat, thread, event),
    payload: () => ({ chat_id: chat.id, thread_id: thread.id, event: agentEvent(event) }),
  })

export const eventIds = (chat: Chat, thread: Thread, event: ChatEvent): Record<string, string> => ({
  chatId: chat.id,
  threadId: thread.id,
  eventId: event.id,
})
