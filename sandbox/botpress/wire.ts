import type { BotpressKnobs } from './knobs'
import type { Conversation, Event, Message, State, StoredFile, User } from './objects'
import type { Store } from './store'
import { visibleTags } from './tags'

const iso = (timeMs: number): string => new Date(timeMs).toISOString()

const dates = (object: { id: string; createdAtMs: number; updatedAtMs: number }) => ({
  id: object.id,
  createdAt: iso(object.createdAtMs),
  updatedAt: iso(object.updatedAtMs),
})

export const toWireUser = (user: User, knobs: BotpressKnobs) => ({
  ...dates(user),
  tags: visibleTags(user, knobs),
  name: user.name,
  pictureUrl: user.pictureUrl,
  attributes: user.attributes,
})

/** @param timeMs messages that came later are not counted */
export const toWireConversation = (
  conversation: Conversation,
  knobs: BotpressKnobs,
  store: Store,
  timeMs = Infinity,
) => ({
  ...dates(conversation),
  channel: conversation.channel,
  integration: conversation.integration,
  tags: visibleTags(conversation, knobs),
  messageCount: store.messagesOf(conversation.id).filter(({ createdAtMs }) => createdAtMs <= timeMs).length,
})

export const toWireMessage = (message: Message, knobs: BotpressKnobs) => ({
  ...dates(message),
  type: message.type,
  payload: message.payload,
  direction: message.direction,
  userId: message.userId,
  conversationId: message.conversationId,
  tags: visibleTags(message, knobs),
  origin: message.origin,
})

export const toWireEvent = (event: Event) => ({
  id: event.id,
  createdAt: iso(event.createdAtMs),
  type: event.type,
  payload: event.payload,
  conversationId: event.conversationId,
  userId: event.userId,
  messageId: event.messageId,
  status: event.status,
  failureReason: event.failureReason,
})

export const toWireState = (state: State, botId: string) => ({
  ...dates(state),
  botId,
  ...(state.type === 'conversation' ? { conversationId: state.ownerId } : {}),
  ...(state.type === 'user' ? { userId: state.ownerId } : {}),
  name: state.name,
  type: state.type,
  payload: state.payload,
})

export const toWireFile = (
  file: StoredFile,
  urls: { url: string; uploadUrl?: string },
  owner: { botId: string; integration: string },
) => ({
  ...dates(file),
  botId: owner.botId,
  key: file.key,
  size: file.content?.bytes.length ?? null,
  contentType: file.contentType,
  tags: { ...file.tags },
  metadata: file.metadata,
  accessPolicies: file.accessPolicies,
  index: file.index,
  status: file.content ? 'upload_completed' : 'upload_pending',
  expiresAt: file.expiresAtMs === null ? undefined : iso(file.expiresAtMs),
  owner: { type: 'integration', name: owner.integration },
  ...urls,
})
