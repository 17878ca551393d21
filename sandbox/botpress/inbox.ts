import type { Instance } from './instance'
import type { Event, Message, Payload, Tags } from './objects'
import { effect, stamp, type World } from './world'

type NewMessage = Pick<Message, 'type' | 'payload' | 'userId' | 'conversationId' | 'tags'> & {
  pluginTags?: Tags
  origin?: 'synthetic' | undefined
}

/** Stores a message and makes its author a participant. The caller decides who gets it next. */
export const storeMessage = (
  world: World,
  instance: Instance,
  direction: Message['direction'],
  input: NewMessage,
): Message => {
  const message: Message = { ...stamp(world, 'msg'), pluginTags: {}, ...input, direction }
  instance.store.messages.set(message.id, message)
  const conversation = instance.store.conversations.get(message.conversationId)
  if (conversation) {
    instance.store.past.conversations.keep(conversation, world.clock.nowMs())
    conversation.updatedAtMs = world.clock.nowMs()
    if (!conversation.participantIds.includes(message.userId)) conversation.participantIds.push(message.userId)
  }
  effect(world, 'message_created', {
    id: message.id,
    conversationId: message.conversationId,
    userId: message.userId,
    direction,
    type: message.type,
    tags: { ...message.tags },
  })
  return message
}

/** Gives a message of the integration to the plugin and the bot: now, or at its scheduled time. */
export const takeInMessage = (world: World, instance: Instance, message: Message, dueMs: number | undefined): void => {
  const process = (): Promise<void> =>
    enter(world, lane(instance, message.conversationId), async () => {
      // The message was deleted while it waited.
      if (!instance.store.messages.has(message.id)) return
      await instance.receiver.takeMessage(message)
    })
  if (dueMs === undefined) void process()
  else world.schedule.at(dueMs, process)
}

/** Gives an event of the integration to the plugin and the bot: now, or at its scheduled time. */
export const takeInEvent = (world: World, instance: Instance, event: Event, dueMs: number | undefined): void => {
  const process = (): Promise<void> =>
    enter(world, lane(instance, conversationOf(event) ?? event.id), async () => {
      if (event.status === 'canceled') return
      try {
        event.status = await instance.receiver.takeEvent(event)
      } catch (error) {
        event.status = 'failed'
        event.failureReason = error instanceof Error ? error.message : String(error)
        effect(world, 'event_failed', { id: event.id, type: event.type, reason: event.failureReason })
      }
    })
  if (dueMs === undefined) void process()
  else world.schedule.at(dueMs, process)
}

const MAX_SHUFFLE_MS = 20

const enter = async (world: World, key: string, run: () => Promise<void>): Promise<void> => {
  if (world.knobs.processingOrder === 'shuffled') await world.work.run(() => pause(world.random() * MAX_SHUFFLE_MS))
  await world.inbox.add(key, run)
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** The conversation of an event, which is named in a field of its own or in the payload. */
export const conversationOf = (event: Pick<Event, 'conversationId' | 'payload'>): string | undefined => {
  const { conversationId } = event.payload as Payload & { conversationId?: unknown }
  return event.conversationId ?? (typeof conversationId === 'string' ? conversationId : undefined)
}

const lane = (instance: Instance, key: string): string => `${instance.webhookId} ${key}`
