import { z } from 'zod'
import { BotpressApiError } from '../errors'
import type { Conversation } from '../objects'
import { checkTags, isSameObject, mergeTags, visibleTags } from '../tags'
import { toWireConversation } from '../wire'
import { effect, stamp } from '../world'
import { checkDiscriminators, parseBody, raceWindow, tagsSchema, type ApiCall, type Route } from './call'
import { findIn, routesOf } from './resource'

const createSchema = z
  .object({ channel: z.string(), tags: tagsSchema, integrationName: z.string().optional() })
  .strict()
const getOrCreateSchema = createSchema.extend({ discriminateByTags: z.array(z.string()).optional() })
const updateSchema = z.object({ currentTaskId: z.string().optional(), tags: tagsSchema.optional() }).strict()

export type GetOrCreateConversation = z.output<typeof getOrCreateSchema>

const check = (call: ApiCall, channel: string, tags: Record<string, string>): void => {
  const defined = call.world.definition.channels?.[channel]
  if (!defined) throw new BotpressApiError('InvalidPayload', `Channel "${channel}" is not defined`)
  checkTags(tags, defined.conversation?.tags, 'conversation')
}

const createConversation = ({ world, instance }: ApiCall, input: z.output<typeof createSchema>): Conversation => {
  const conversation: Conversation = {
    ...stamp(world, 'conv'),
    channel: input.channel,
    integration: instance.alias,
    tags: mergeTags({}, input.tags),
    pluginTags: {},
    participantIds: [],
    hitl: 'never',
  }
  instance.store.conversations.set(conversation.id, conversation)
  effect(world, 'conversation_created', { id: conversation.id, channel: input.channel, tags: { ...conversation.tags } })
  return conversation
}

const updateConversation = (
  call: ApiCall,
  conversation: Conversation,
  tags: Record<string, string> | undefined,
): void => {
  call.instance.store.past.conversations.keep(conversation, call.world.clock.nowMs())
  if (tags) conversation.tags = mergeTags(conversation.tags, tags)
  conversation.updatedAtMs = call.world.clock.nowMs()
}

export const getOrCreateConversation = async (
  call: ApiCall,
  input: GetOrCreateConversation,
): Promise<{ conversation: Conversation; created: boolean }> => {
  check(call, input.channel, input.tags)
  checkDiscriminators(input.tags, input.discriminateByTags)
  const found = [...call.instance.store.conversations.values()].find(
    (conversation) =>
      conversation.channel === input.channel &&
      isSameObject(visibleTags(conversation, call.world.knobs), input.tags, input.discriminateByTags),
  )
  if (found) {
    updateConversation(call, found, input.tags)
    return { conversation: found, created: false }
  }
  await raceWindow(call.world)
  return { conversation: createConversation(call, input), created: true }
}

export const findConversation = (call: ApiCall): Conversation =>
  findIn(call.instance.store.conversations, call, 'conversation')

export const conversationRoutes: Route[] = routesOf<Conversation>({
  name: 'conversation',
  stored: ({ instance }) => instance.store.conversations,
  past: ({ instance }) => instance.store.past.conversations,
  show: ({ world, instance }, conversation, timeMs) =>
    toWireConversation(conversation, world.knobs, instance.store, timeMs),
  tagsOf: ({ world }, conversation) => visibleTags(conversation, world.knobs),
  isWanted: ({ query }) => {
    const [channel, participantIds] = [query.get('channel'), query.getAll('participantIds')]
    return (conversation) =>
      (channel === null || conversation.channel === channel) &&
      participantIds.every((id) => conversation.participantIds.includes(id))
  },
  create: (call) => {
    const input = parseBody(createSchema, call.body)
    check(call, input.channel, input.tags)
    return createConversation(call, input)
  },
  getOrCreate: async (call) => {
    const { conversation, created } = await getOrCreateConversation(call, parseBody(getOrCreateSchema, call.body))
    return { object: conversation, created }
  },
  update: (call, conversation) => {
    const { tags } = parseBody(updateSchema, call.body)
    check(call, conversation.channel, tags ?? {})
    updateConversation(call, conversation, tags)
  },
  remove: ({ instance }, { id }) => instance.store.deleteConversation(id),
})
