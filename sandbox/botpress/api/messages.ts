import { z } from 'zod'
import { BotpressApiError } from '../errors'
import { storeMessage, takeInMessage } from '../inbox'
import type { Conversation, Message } from '../objects'
import { findMismatch } from '../schema-check'
import { checkTags, isSameObject, mergeTags, visibleTags } from '../tags'
import { toWireMessage } from '../wire'
import {
  checkDiscriminators,
  checkPayloadSize,
  dueTime,
  mustRefer,
  parseBody,
  payloadSchema,
  raceWindow,
  scheduleSchema,
  tagsSchema,
  type ApiCall,
  type Route,
} from './call'
import { routesOf } from './resource'

const createSchema = z
  .object({
    payload: payloadSchema,
    userId: z.string(),
    conversationId: z.string(),
    type: z.string(),
    tags: tagsSchema,
    schedule: scheduleSchema.optional(),
    origin: z.literal('synthetic').optional(),
  })
  .strict()

const getOrCreateSchema = createSchema.extend({ discriminateByTags: z.array(z.string()).optional() })
const updateSchema = z.object({ tags: tagsSchema, payload: payloadSchema.optional() }).strict()

export type NewMessage = z.output<typeof createSchema>

const channelOf = (call: ApiCall, conversation: Conversation) => call.world.definition.channels?.[conversation.channel]

const checkPayload = (call: ApiCall, conversation: Conversation, type: string, payload: unknown): void => {
  checkPayloadSize(payload, 'message')
  const schema = channelOf(call, conversation)?.messages[type]?.schema
  if (!schema)
    throw new BotpressApiError('InvalidPayload', `Channel "${conversation.channel}" has no message "${type}"`)
  const mismatch = findMismatch(schema, payload, call.world.knobs.strictIncomingPayloads ? 'refused' : 'allowed')
  if (mismatch) throw new BotpressApiError('InvalidPayload', `Payload of message "${type}": ${mismatch}`)
}

const check = (call: ApiCall, input: NewMessage): void => {
  const { store } = call.instance
  const conversation = mustRefer(
    call.world,
    store.conversations.get(input.conversationId),
    'Conversation',
    input.conversationId,
  )
  mustRefer(call.world, store.users.get(input.userId), 'User', input.userId)
  checkTags(input.tags, channelOf(call, conversation)?.message?.tags, 'message')
  checkPayload(call, conversation, input.type, input.payload)
}

// For the platform, a message that an integration creates comes from outside: it is incoming and goes to the plugin and
// the bot.
const createMessage = (call: ApiCall, input: NewMessage): Message => {
  const { payload, userId, conversationId, type, origin } = input
  const dueMs = dueTime(call.world, input.schedule)
  const tags = mergeTags({}, input.tags)
  const message = storeMessage(call.world, call.instance, 'incoming', {
    payload,
    userId,
    conversationId,
    type,
    tags,
    origin,
  })
  takeInMessage(call.world, call.instance, message, dueMs)
  return message
}

export const getOrCreateMessage = async (
  call: ApiCall,
  input: z.output<typeof getOrCreateSchema>,
): Promise<{ message: Message; created: boolean }> => {
  check(call, input)
  checkDiscriminators(input.tags, input.discriminateByTags)
  const found = call.instance.store
    .messagesOf(input.conversationId)
    .find((message) => isSameObject(visibleTags(message, call.world.knobs), input.tags, input.discriminateByTags))
  if (found) {
    call.instance.store.past.messages.keep(found, call.world.clock.nowMs())
    found.tags = mergeTags(found.tags, input.tags)
    found.payload = input.payload
    found.updatedAtMs = call.world.clock.nowMs()
    return { message: found, created: false }
  }
  await raceWindow(call.world)
  return { message: createMessage(call, input), created: true }
}

const updateMessage = (call: ApiCall, message: Message, changes: z.output<typeof updateSchema>): void => {
  const conversation = call.instance.store.conversations.get(message.conversationId)
  if (conversation) {
    checkTags(changes.tags, channelOf(call, conversation)?.message?.tags, 'message')
    if (changes.payload) checkPayload(call, conversation, message.type, changes.payload)
  }
  call.instance.store.past.messages.keep(message, call.world.clock.nowMs())
  message.tags = mergeTags(message.tags, changes.tags)
  if (changes.payload) message.payload = changes.payload
  message.updatedAtMs = call.world.clock.nowMs()
}

export const messageRoutes: Route[] = routesOf<Message>({
  name: 'message',
  stored: ({ instance }) => instance.store.messages,
  past: ({ instance }) => instance.store.past.messages,
  show: ({ world }, message) => toWireMessage(message, world.knobs),
  tagsOf: ({ world }, message) => visibleTags(message, world.knobs),
  isWanted: ({ query }) => {
    const conversationId = query.get('conversationId')
    return (message) => conversationId === null || message.conversationId === conversationId
  },
  create: (call) => {
    const input = parseBody(createSchema, call.body)
    check(call, input)
    return createMessage(call, input)
  },
  getOrCreate: async (call) => {
    const { message, created } = await getOrCreateMessage(call, parseBody(getOrCreateSchema, call.body))
    return { object: message, created }
  },
  update: (call, message) => updateMessage(call, message, parseBody(updateSchema, call.body)),
  remove: ({ instance }, { id }) => void instance.store.messages.delete(id),
})
