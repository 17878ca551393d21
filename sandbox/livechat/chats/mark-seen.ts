import type { Actor, Chat } from '../model'
import type { World } from '../world'

/** Stores how far a user has read, and reports it. */
export const markEventsAsSeen = (
  world: World,
  chat: Chat,
  seenUpTo: string,
  actor: Exclude<Actor, { kind: 'system' }>,
): void => {
  const user = chat.users.find((candidate) => candidate.id === actor.id)
  if (user) user.eventsSeenUpTo = seenUpTo
  world.announce({
    action: 'events_marked_as_seen',
    actor,
    chat,
    ids: { chatId: chat.id, userId: actor.id },
    payload: () => ({ user_id: actor.id, chat_id: chat.id, seen_up_to: seenUpTo }),
  })
}
