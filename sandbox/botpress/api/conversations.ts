import { z } from 'zod'
import { BotpressApiError } from '../errors'
import type { Conversation } from '../objects'
import { checkTags, hasTags, isSameObject, mergeTags, visibleTags } from '../tags'
import { toWireConversation } from '../wire'
import { effect, stamp } from '../world'
import {
  checkDiscriminators,
  mustFind,
  parseBody,
  raceWindow,
  tagsOfQuery,
  tagsSchema,
  type ApiCall,
  type Route,
} from './call'
import { pageOf } from './paging'

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
    integration: world.definition.name,
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

const answer = ({ world, instance }: ApiCall, conversation: Conversation) => ({
  conversation: toWireConversation(conversation, world.knobs, instance.store),
})

export const findConversation = (call: ApiCall): Conversation =>
  mustFind(call.instance.store.conversations.get(call.params.id ?? ''), 'Conversation', call.params.id ?? '')

export const conversationRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/chat/conversations',
    handle: (call) => {
      const input = parseBody(createSchema, call.body)
      check(call, input.channel, input.tags)
      const conversation = createConversation(call, input)
      return { body: answer(call, conversation), detail: { id: conversation.id, created: true } }
    },
  },
  {
    method: 'POST',
    path: '/v1/chat/conversations/get-or-create',
    handle: async (call) => {
      const { conversation, created } = await getOrCreateConversation(call, parseBody(getOrCreateSchema, call.body))
      return { body: { ...answer(call, conversation), meta: { created } }, detail: { id: conversation.id, created } }
    },
  },
  {
    method: 'GET',
    path: '/v1/chat/conversations',
    handle: (call) => {
      const tags = tagsOfQuery(call.query)
      const channel = call.query.get('channel')
      const participantIds = call.query.getAll('participantIds')
      const found = [...call.instance.store.conversations.values()].filter(
        (conversation) =>
          (channel === null || conversation.channel === channel) &&
          participantIds.every((id) => conversation.participantIds.includes(id)) &&
          hasTags(visibleTags(conversation, call.world.knobs), tags),
      )
      const { items, meta } = pageOf(call, found)
      const conversations = items.map((item) => answer(call, item).conversation)
      return { body: { conversations, meta }, detail: { count: conversations.length } }
    },
  },
  {
    method: 'GET',
    path: '/v1/chat/conversations/:id',
    handle: (call) => ({ body: answer(call, findConversation(call)), detail: { id: call.params.id } }),
  },
  {
    method: 'PUT',
    path: '/v1/chat/conversations/:id',
    handle: (call) => {
      const { tags } = parseBody(updateSchema, call.body)
      const conversation = findConversation(call)
      check(call, conversation.channel, tags ?? {})
      updateConversation(call, conversation, tags)
      return { body: answer(call, conversation), detail: { id: conversation.id } }
    },
  },
  {
    method: 'DELETE',
    path: '/v1/chat/conversations/:id',
    handle: (call) => {
      call.instance.store.deleteConversation(findConversation(call).id)
      return { body: {}, detail: { id: call.params.id } }
    },
  },
]
