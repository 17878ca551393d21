import * as z from 'zod/v4-mini'
import { eventSchema } from '../livechat/schema'

/** LiveChat's webhooks 3.5, 3.6 and 3.7. Unknown fields, actions and values pass; only what we use is required. */

const id = z.string().check(z.minLength(1))

export const envelopeSchema = z.object({ action: id, payload: z.unknown() })

export const aboutThreadSchema = z.object({ payload: z.object({ chat_id: id, thread_id: id }) })

export const incomingEventSchema = z.object({ chat_id: id, thread_id: id, event: eventSchema })

export const chatDeactivatedSchema = z.object({
  chat_id: id,
  thread_id: id,
  /** Missing when LiveChat itself closed the thread. */
  user_id: z.catch(z.optional(z.string()), undefined),
})

export const chatTransferredSchema = z.object({
  chat_id: id,
  /** Only for an active chat. */
  thread_id: z.optional(id),
  transferred_to: z.catch(z.optional(z.object({ agent_ids: z.catch(z.optional(z.array(id)), undefined) })), undefined),
  /** Present when the chat waits after the transfer. */
  queue: z.optional(z.unknown()),
})
