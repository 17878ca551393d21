import type { Instance } from './instance'
import type { Conversation, Message, Payload, Tags, User } from './objects'
import { effect, stamp, type World } from './world'

/** The channel of the end user. Their conversation is separate from the integration's, which cannot see it. */
export type Channel = 'webchat' | 'whatsapp' | 'telegram' | 'sms'

/** The shown author of a message. It is kept beside the payload because the integration never sees it. */
const AUTHOR_TAG = 'shownAs'

export const createUpstreamUser = (
  world: World,
  instance: Instance,
  person: { name?: string | undefined; email?: string | undefined; pictureUrl?: string | undefined },
): User => {
  const tags: Tags = person.email ? { email: person.email } : {}
  const user: User = { ...stamp(world, 'user'), tags, pluginTags: {}, name: person.name, pictureUrl: person.pictureUrl }
  instance.upstream.users.set(user.id, user)
  return user
}

export const createUpstreamConversation = (
  world: World,
  instance: Instance,
  channel: Channel,
  userId: string,
): Conversation => {
  const conversation: Conversation = {
    ...stamp(world, 'conv'),
    channel: 'channel',
    integration: channel,
    tags: {},
    pluginTags: {},
    participantIds: [userId],
    hitl: 'never',
  }
  instance.upstream.conversations.set(conversation.id, conversation)
  return conversation
}

/** Each message of a conversation takes some time, so it is later than the one before, unless the knob says otherwise. */
const stampIn = (world: World, conversation: Conversation): ReturnType<typeof stamp> => {
  const stamped = stamp(world, 'msg')
  const earliestMs = world.knobs.equalMessageTimes ? stamped.createdAtMs : conversation.updatedAtMs + 1
  const atMs = Math.max(stamped.createdAtMs, earliestMs)
  conversation.updatedAtMs = atMs
  return { ...stamped, createdAtMs: atMs, updatedAtMs: atMs }
}

/** Stores an end user's message. */
export const storeFromEndUser = (
  world: World,
  instance: Instance,
  conversation: Conversation,
  userId: string,
  type: string,
  payload: Payload,
): Message => {
  const message: Message = {
    ...stampIn(world, conversation),
    type,
    payload,
    direction: 'incoming',
    userId,
    conversationId: conversation.id,
    tags: {},
    pluginTags: {},
  }
  instance.upstream.messages.set(message.id, message)
  effect(world, 'end_user_said', { id: message.id, upstreamConversationId: conversation.id, type })
  return message
}

/** Shows a message to the end user. */
export const show = (
  world: World,
  instance: Instance,
  conversation: Conversation,
  shown: { type: string; payload: Payload; from: string; pluginTags?: Tags },
): Message => {
  const pluginTags = shown.pluginTags ?? {}
  const message: Message = {
    ...stampIn(world, conversation),
    type: shown.type,
    payload: shown.payload,
    direction: 'outgoing',
    userId: instance.botUserId,
    conversationId: conversation.id,
    tags: { [AUTHOR_TAG]: shown.from },
    pluginTags,
  }
  instance.upstream.messages.set(message.id, message)
  effect(world, 'message_shown', {
    id: message.id,
    upstreamConversationId: conversation.id,
    type: shown.type,
    from: shown.from,
    ...(pluginTags.downstream ? { messageId: pluginTags.downstream } : {}),
    ...(pluginTags.additionalData ? { additionalData: pluginTags.additionalData } : {}),
  })
  return message
}

export const authorOf = (message: Message): string => message.tags[AUTHOR_TAG] ?? 'bot'
