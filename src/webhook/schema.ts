import * as z from 'zod/v4-mini'
import { eventSchema, properties, queueSchema, text as id, word } from '../livechat/schema'

/**
 * LiveChat's webhooks 3.5, 3.6 and 3.7. The schemas require only what we use, and accept unknown fields, actions and
 * values. Each is built at first use.
 */

export const envelopeSchema = z.lazy(() => z.object({ action: id, payload: z.unknown() }))

/** The thread that a payload names. `undefined` if the webhook is about no open thread. */
export const threadIdsOf = ({ chat_id, thread_id }: { chat_id: string; thread_id?: string | null | undefined }) =>
  thread_id ? { livechatChatId: chat_id, livechatThreadId: thread_id } : undefined

export const incomingEventSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, event: eventSchema }))

export const eventDeletedSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, event_id: id }))

export const chatDeactivatedSchema = z.lazy(() =>
  z.object({
    chat_id: id,
    thread_id: id,
    /** Missing when LiveChat itself closed the thread. */
    user_id: word,
  }),
)

export const chatTransferredSchema = z.lazy(() =>
  z.object({
    chat_id: id,
    /** Present only for an active chat. */
    thread_id: z.nullish(id),
    transferred_to: z.catch(
      z.optional(z.object({ agent_ids: z.catch(z.optional(z.array(id)), undefined) })),
      undefined,
    ),
    /** LiveChat's reason for the transfer. */
    reason: word,
    /** Present when the chat waits after the transfer. */
    queue: z.catch(z.optional(z.nullable(queueSchema)), undefined),
  }),
)

const userSchema = z.lazy(() =>
  z.object({
    id,
    type: word,
    visibility: word,
  }),
)
export type WebhookUser = z.infer<typeof userSchema>

export const incomingChatSchema = z.lazy(() =>
  z.object({
    chat: z.object({ id, users: z._default(z.array(userSchema), []), thread: z.object({ id }) }),
  }),
)

export const userAddedSchema = z.lazy(() => z.object({ chat_id: id, thread_id: z.optional(id), user: userSchema }))

export const userRemovedSchema = z.lazy(() => z.object({ chat_id: id, thread_id: z.optional(id), user_id: id }))

export const threadPropertiesSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, properties }))
