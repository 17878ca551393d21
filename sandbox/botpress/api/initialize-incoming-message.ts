import { z } from 'zod'
import { toWireConversation, toWireMessage, toWireUser } from '../wire'
import { BotpressApiError } from '../errors'
import { mustRefer, parseBody, payloadSchema, tagsSchema, type Route } from './call'
import { getOrCreateConversation } from './conversations'
import { getOrCreateMessage } from './messages'
import { getOrCreateUser } from './users'

const discriminateByTags = z.array(z.string())

const schema = z
  .object({
    userId: z.string().optional(),
    user: z
      .object({
        tags: tagsSchema,
        integrationName: z.string().optional(),
        name: z.string().max(200).optional(),
        pictureUrl: z.string().max(40_000).optional(),
        attributes: z.record(z.string()).optional(),
        discriminateByTags,
      })
      .strict()
      .optional(),
    conversationId: z.string().optional(),
    conversation: z
      .object({ channel: z.string(), tags: tagsSchema, integrationName: z.string().optional(), discriminateByTags })
      .strict()
      .optional(),
    message: z
      .object({
        payload: payloadSchema,
        type: z.string(),
        tags: tagsSchema,
        origin: z.literal('synthetic').optional(),
        discriminateByTags,
      })
      .strict()
      .optional(),
  })
  .strict()

const exactlyOne = (what: string): BotpressApiError =>
  new BotpressApiError('InvalidPayload', `Either ${what}Id or ${what} is needed, not both`)

/** Finds or creates a user, a conversation and a message in one call. */
export const initializeIncomingMessageRoute: Route = {
  method: 'POST',
  path: '/v1/chat/initialize-incoming-message',
  handle: async (call) => {
    const input = parseBody(schema, call.body)
    const { world, instance } = call
    if ((input.userId === undefined) === (input.user === undefined)) throw exactlyOne('user')
    if ((input.conversationId === undefined) === (input.conversation === undefined)) throw exactlyOne('conversation')

    const user = input.user
      ? (await getOrCreateUser(call, input.user)).user
      : mustRefer(world, instance.store.users.get(input.userId ?? ''), 'User', input.userId ?? '')
    const conversation = input.conversation
      ? (await getOrCreateConversation(call, input.conversation)).conversation
      : mustRefer(
          world,
          instance.store.conversations.get(input.conversationId ?? ''),
          'Conversation',
          input.conversationId ?? '',
        )
    if (!conversation.participantIds.includes(user.id)) conversation.participantIds.push(user.id)
    const message = input.message
      ? (await getOrCreateMessage(call, { ...input.message, userId: user.id, conversationId: conversation.id })).message
      : undefined
    return {
      body: {
        user: toWireUser(user, world.knobs),
        conversation: toWireConversation(conversation, world.knobs, instance.store),
        message: message && toWireMessage(message, world.knobs),
      },
      detail: { userId: user.id, conversationId: conversation.id, messageId: message?.id },
    }
  },
}
