import { failureOf, callIntegration } from './operations'
import { storeMessage } from './inbox'
import { toWireConversation, toWireMessage, toWireUser } from './wire'
import type { Instance } from './instance'
import type { Conversation, Message, Payload, Tags } from './objects'
import { findMismatch } from './schema-check'
import { effect, type World } from './world'

const REPEATS = 2

/**
 * Stores a message of the bot in a conversation of the integration, then sends it to the integration. The promise
 * resolves with the integration's answer and never rejects: a failure is logged and the message is lost.
 */
export const sendFromBot = (
  world: World,
  instance: Instance,
  conversation: Conversation,
  type: string,
  payload: Payload,
  pluginTags: Tags = {},
): { message: Message; delivered: Promise<boolean> } => {
  const message = storeMessage(world, instance, 'outgoing', {
    type,
    payload,
    userId: instance.botUserId,
    conversationId: conversation.id,
    tags: {},
    pluginTags,
  })
  let isDelivered = false
  const deliver = async (): Promise<void> => {
    isDelivered = await tellIntegration(world, instance, conversation, message)
  }
  const done = world.knobs.concurrentMessageOperations
    ? world.work.run(deliver)
    : world.outbox.add(`${instance.webhookId} ${conversation.id}`, deliver)
  return { message, delivered: done.then(() => isDelivered) }
}

const tellIntegration = async (
  world: World,
  instance: Instance,
  conversation: Conversation,
  message: Message,
): Promise<boolean> => {
  const schema = world.definition.channels?.[conversation.channel]?.messages[message.type]?.schema
  // The plugin's payloads carry `type` and `userId`, which the schema does not have. The platform accepts them.
  const mismatch = schema ? findMismatch(schema, message.payload, 'allowed') : `no message type "${message.type}"`
  if (mismatch) {
    tellOwner(world, instance, `not sent: ${mismatch}`)
    return fail(world, message, `not sent: ${mismatch}`)
  }

  const attempts = world.knobs.repeatFailedOperations ? 1 + REPEATS : 1
  let reason = ''
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1 && world.knobs.repeatAfterMs > 0)
      await new Promise<void>((goOn) => world.clock.setTimer(world.knobs.repeatAfterMs, goOn))
    const user = instance.store.users.get(message.userId)
    const answer = await callIntegration(
      world,
      instance,
      'message_created',
      {
        type: message.type,
        payload: message.payload,
        conversation: toWireConversation(conversation, world.knobs, instance.store),
        user: user && toWireUser(user, world.knobs),
        message: toWireMessage(message, world.knobs),
      },
      { type: message.type, messageId: message.id, conversationId: conversation.id, attempt },
    )
    const failure = failureOf('message_created', answer)
    if (!failure) return true
    if (failure.message !== reason) tellOwner(world, instance, failure.message)
    reason = failure.message
  }
  return fail(world, message, reason)
}

/** What the bot's owner reads. A repetition that fails with the same reason is not logged again. */
const tellOwner = (world: World, instance: Instance, reason: string): void => {
  instance.logs.push({ atMs: world.clock.nowMs(), level: 'error', text: `A message was not delivered: ${reason}` })
}

const fail = (world: World, message: Message, reason: string): false => {
  effect(world, 'message_operation_failed', {
    id: message.id,
    conversationId: message.conversationId,
    type: message.type,
    reason,
  })
  return false
}
