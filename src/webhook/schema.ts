import * as z from 'zod/v4-mini'
import { eventSchema, properties, queueSchema } from '../livechat/schema'

/** LiveChat's webhooks 3.5, 3.6 and 3.7. Unknown fields, actions and values pass; only what we use is required. */

const id = z.string().check(z.minLength(1))

export const envelopeSchema = z.object({ action: id, payload: z.unknown() })

export const aboutThreadSchema = z.object({ payload: z.object({ chat_id: id, thread_id: id }) })

export const incomingEventSchema = z.object({ chat_id: id, thread_id: id, event: eventSchema })

export const eventDeletedSchema = z.object({ chat_id: id, thread_id: id, event_id: id })

export const chatDeactivatedSchema = z.object({
  chat_id: id,
  thread_id: id,
  /** Missing when LiveChat itself closed the thread. */
  user_id: z.catch(z.optional(z.string()), undefined),
})

export const chatTransferredSchema = z.object({
  chat_id: id,
  /** Only for an active chat. */
  thread_id: z.nullish(id),
  transferred_to: z.catch(z.optional(z.object({ agent_ids: z.catch(z.optional(z.array(id)), undefined) })), undefined),
  /** LiveChat's word for why. */
  reason: z.catch(z.optional(z.string()), undefined),
  /** Present when the chat waits after the transfer. */
  queue: z.catch(z.optional(z.nullable(queueSchema)), undefined),
})

const userSchema = z.object({
  id,
  type: z.catch(z.optional(z.string()), undefined),
  visibility: z.catch(z.optional(z.string()), undefined),
})
export type WebhookUser = z.infer<typeof userSchema>

export const incomingChatSchema = z.object({
  chat: z.object({ id, users: z._default(z.array(userSchema), []), thread: z.object({ id }) }),
})

export const userAddedSchema = z.object({ chat_id: id, thread_id: z.optional(id), user: userSchema })

export const userRemovedSchema = z.object({ chat_id: id, thread_id: z.optional(id), user_id: id })

export const threadPropertiesSchema = z.object({ chat_id: id, thread_id: id, properties })
