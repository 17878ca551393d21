import * as z from 'zod/v4-mini'
import { eventSchema, properties, queueSchema, readable, text as id, word } from '../livechat/schema'

/**
 * LiveChat's webhooks 3.5, 3.6 and 3.7. The schemas require only what we use, and accept unknown fields, actions and
 * values. Each is built at first use.
 */

export const envelopeSchema = z.lazy(() =>
  z.object({ action: id, payload: z.unknown(), additional_data: z.optional(z.unknown()) }),
)

/** The thread of a webhook. If the chat is closed, it is missing, `null` or, in early versions, empty. */
const openThreadId = z.nullish(z.string())

/** The thread that a payload names. `undefined` if the webhook is about no open thread. */
export const threadIdsOf = ({ chat_id, thread_id }: { chat_id: string; thread_id?: string | null | undefined }) =>
  thread_id ? { livechatChatId: chat_id, livechatThreadId: thread_id } : undefined

export const incomingEventSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, event: eventSchema }))

export const eventDeletedSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, event_id: id }))

export const chatDeactivatedSchema = z.lazy(() =>
  z.object({
    chat_id: id,
    thread_id: id,
    /** Absent if LiveChat itself closed the thread. */
    user_id: word,
  }),
)

export const chatTransferredSchema = z.lazy(() =>
  z.object({
    chat_id: id,
    thread_id: openThreadId,
    transferred_to: z.catch(
      z.optional(z.object({ agent_ids: z.catch(z.optional(z.array(id)), undefined) })),
      undefined,
    ),
    /** LiveChat's reason for the transfer. Its pushes spell some reasons `routing.assigned`, its webhooks `assigned`. */
    reason: z.pipe(
      word,
      z.transform((reason) => reason?.replace(/^routing\./, '')),
    ),
    /** Present when the chat waits after the transfer. */
    queue: z.catch(z.optional(z.nullable(queueSchema)), undefined),
  }),
)

const userSchema = z.lazy(() =>
  z.object({
    id,
    type: word,
    visibility: word,
    present: z.catch(z.optional(z.boolean()), undefined),
  }),
)
export type WebhookUser = z.infer<typeof userSchema>

export const incomingChatSchema = z.lazy(() =>
  z.object({
    chat: z.object({
      id,
      users: z._default(z.array(userSchema), []),
      /** `events`: the events with which the thread was opened. They come in no webhook of their own. */
      thread: z.object({ id, events: z.catch(z._default(readable(eventSchema), []), []) }),
    }),
  }),
)

export const userAddedSchema = z.lazy(() => z.object({ chat_id: id, thread_id: openThreadId, user: userSchema }))

export const userRemovedSchema = z.lazy(() =>
  z.object({ chat_id: id, thread_id: openThreadId, user_id: id, reason: word }),
)

export const threadPropertiesSchema = z.lazy(() => z.object({ chat_id: id, thread_id: id, properties }))
