import { checkWritable, type PropertyLocation } from '../properties'
import type { Actor, Chat, ChatEvent, Properties, Thread } from '../model'
import { mergeProperties, removeProperties } from '../shapes/properties'
import type { World } from '../world'
import { addSystemMessage, displayName } from './system-messages'

export type PropertyPlace = { chat: Chat; thread?: Thread; event?: ChatEvent }
type User = Exclude<Actor, { kind: 'system' }>

/** Sets properties of a chat, a thread or an event, and reports those that changed. */
export const updateProperties = (world: World, place: PropertyPlace, changes: Properties, actor: User): void => {
  const location = locationOf(place)
  checkWritable(world, changes, location, actor)
  mergeProperties(targetOf(place), changes)
  announce(world, place, `${location}_properties_updated`, changes, actor)
  if (location === 'thread' && changes['rating']) announceRating(world, place, changes['rating'], actor)
}

export const deleteProperties = (
  world: World,
  place: PropertyPlace,
  names: Record<string, string[]>,
  actor: User,
): void => {
  const location = locationOf(place)
  checkWritable(world, names, location, actor)
  removeProperties(targetOf(place), names)
  announce(world, place, `${location}_properties_deleted`, names, actor)
  if (location === 'thread' && names['rating']?.includes('score') && place.thread) {
    addSystemMessage(world, place.chat, place.thread, 'rating.chat_rating_canceled', {
      customer: displayName(world, actor.id),
    })
  }
}

const locationOf = ({ thread, event }: PropertyPlace): PropertyLocation =>
  event ? 'event' : thread ? 'thread' : 'chat'

const targetOf = ({ chat, thread, event }: PropertyPlace): Properties => (event ?? thread ?? chat).properties

const announce = (
  world: World,
  { chat, thread, event }: PropertyPlace,
  action: string,
  properties: Properties | Record<string, string[]>,
  actor: User,
): void => {
  const ids = {
    chatId: chat.id,
    ...(thread ? { threadId: thread.id } : {}),
    ...(event ? { eventId: event.id } : {}),
  }
  world.effect(action, { ...ids, properties })
  world.announce({
    action,
    actor,
    chat,
    ids,
    payload: () => ({
      chat_id: chat.id,
      ...(thread ? { thread_id: thread.id } : {}),
      ...(event ? { event_id: event.id } : {}),
      properties,
    }),
  })
}

const announceRating = (
  world: World,
  { chat, thread }: PropertyPlace,
  rating: Record<string, unknown>,
  actor: User,
): void => {
  if (!thread) return
  const customer = displayName(world, actor.id)
  if ('score' in rating) {
    addSystemMessage(world, chat, thread, 'rating.chat_rated', {
      customer,
      score: rating['score'] === 1 ? 'good' : 'bad',
    })
  }
  if ('comment' in rating) {
    addSystemMessage(world, chat, thread, 'rating.chat_commented', { customer, comment: String(rating['comment']) })
  }
}
