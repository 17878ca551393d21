import * as z from 'zod/v4-mini'
import { readable, text, word } from './schema'

/**
 * What we read of the answers that need an agent's token (API 3.6), as tolerant as `schema.ts`. Lazy, since most
 * installations never need it, and each new process would build it before its first message.
 */

const webhook = z.lazy(() =>
  z.object({
    id: text,
    action: text,
    url: text,
    description: word,
    type: word,
    /** Filters by name, with whatever they hold. */
    filters: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  }),
)
export type LiveChatWebhook = z.infer<typeof webhook>

export const webhookListAnswer = z.lazy(() => readable(webhook))
export const webhookRegisteredAnswer = z.lazy(() => z.object({ id: text }))
export const webhooksStateAnswer = z.lazy(() => z.object({ license_webhooks_enabled: z.boolean() }))

/** `get_agent` says `avatar`, LiveChat's lists say `avatar_path`. */
export const agentAnswer = z.lazy(() => z.object({ id: text, name: word, avatar: word, avatar_path: word }))
export type LiveChatAgent = z.infer<typeof agentAnswer>
export const agentListAnswer = z.lazy(() => readable(agentAnswer))

export const groupAnswer = z.lazy(() =>
  z.object({
    id: z.number(),
    name: word,
    /** Agents' e-mail addresses with the priority of each; only when asked for. */
    agent_priorities: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
    /** Only when asked for. LiveChat spells values with spaces or underscores. */
    routing_status: word,
  }),
)
export type LiveChatGroup = z.infer<typeof groupAnswer>
export const groupListAnswer = z.lazy(() => readable(groupAnswer))

export const taggedChatAnswer = z.lazy(() =>
  z.object({ thread: z.object({ tags: z.catch(z._default(readable(text), []), []) }) }),
)
