import * as z from 'zod/v4-mini'
import { readable, text, word } from './schema'

/**
 * The parts that we read of answers to calls with an agent's token (API 3.6). These schemas are as tolerant as those in
 * `schema.ts`. They are lazy, because most installations never need them. Otherwise each new process would build them
 * before its first message.
 */

const webhook = z.lazy(() =>
  z.object({
    id: text,
    action: text,
    url: text,
    description: word,
    type: word,
    /** The filters by name. Their values may have any shape. */
    filters: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  }),
)
export type LiveChatWebhook = z.infer<typeof webhook>

export const webhookListAnswer = z.lazy(() => readable(webhook))
export const webhookRegisteredAnswer = z.lazy(() => z.object({ id: text }))
export const webhooksStateAnswer = z.lazy(() => z.object({ license_webhooks_enabled: z.boolean() }))

/** The picture is `avatar` in `get_agent` and `avatar_path` in lists. */
export const agentAnswer = z.lazy(() =>
  z.object({
    id: text,
    name: word,
    avatar: word,
    avatar_path: word,
    /** Only if the call asks for them. `work-schedule.ts` reads the schedule. */
    suspended: z.catch(z.optional(z.boolean()), undefined),
    awaiting_approval: z.catch(z.optional(z.boolean()), undefined),
    work_scheduler: z.optional(z.unknown()),
  }),
)
export type LiveChatAgent = z.infer<typeof agentAnswer>
export const agentListAnswer = z.lazy(() => readable(agentAnswer))

export const groupAnswer = z.lazy(() =>
  z.object({
    id: z.number(),
    name: word,
    /** The agents' priorities by e-mail address. Present only if the call asks for them. */
    agent_priorities: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
    /** Only if the call asks for it. LiveChat writes the values with spaces or with underscores. */
    routing_status: word,
  }),
)
export type LiveChatGroup = z.infer<typeof groupAnswer>
export const groupListAnswer = z.lazy(() => readable(groupAnswer))

/** Properties of the license, by namespace and name. */
export const licensePropertiesAnswer = z.lazy(() =>
  z.record(z.string(), z.catch(z.record(z.string(), z.unknown()), {})),
)

export const taggedChatAnswer = z.lazy(() =>
  z.object({ thread: z.object({ tags: z.catch(z._default(readable(text), []), []) }) }),
)
