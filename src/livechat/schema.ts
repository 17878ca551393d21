import * as z from 'zod/v4-mini'

/**
 * The parts that we read of LiveChat's answers and events (API 3.6). The schemas are tolerant: they accept unknown
 * fields, types and values, and require only what we cannot work without. They are lazy, because building all of them
 * takes a twentieth of the time in which a process starts.
 */

export const text = z.string().check(z.minLength(1))
/** Optional text. A value that is no text counts as absent. */
export const word = z.catch(z.optional(z.string()), undefined)
/** `{namespace: {name: value}}`. */
export const properties = z.lazy(() =>
  z.catch(z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))), undefined),
)

/** A list without its unreadable members, because one member of an unknown kind must not hide the others. */
export const readable = <T extends z.ZodMiniType>(member: T) =>
  z.pipe(
    z.array(z.unknown()),
    z.transform((members) =>
      members.flatMap((each): z.infer<T>[] => {
        const parsed = member.safeParse(each)
        return parsed.success ? [parsed.data] : []
      }),
    ),
  )

const button = z.lazy(() =>
  z.object({
    text: word,
    type: word,
    value: word,
    postback_id: word,
    user_ids: z.catch(z.optional(readable(z.string())), undefined),
  }),
)
const shopOptions = z.lazy(() => z.catch(z.optional(readable(z.record(z.string(), z.unknown()))), undefined))
const ecommerce = z.lazy(() => z.object({ product_id: word, label: word, options: shopOptions, addons: shopOptions }))
const element = z.lazy(() =>
  z.object({
    title: word,
    subtitle: word,
    image: z.catch(z.optional(z.object({ url: text, name: word, alternative_text: word })), undefined),
    buttons: z.catch(z.optional(readable(button)), undefined),
    ecommerce: z.catch(z.optional(ecommerce), undefined),
  }),
)
const formField = z.lazy(() =>
  z.object({
    type: word,
    label: word,
    required: z.catch(z.optional(z.boolean()), undefined),
    options: z.catch(z.optional(readable(z.object({ label: word }))), undefined),
  }),
)

/**
 * An event of a thread, from a webhook or the Customer API. Events from webhooks and from the Customer API differ in
 * `visibility` and in author ids.
 */
export const eventSchema = z.lazy(() =>
  z.object({
    id: text,
    type: text,
    custom_id: word,
    author_id: word,
    created_at: word,
    /** Kept as received, because every value other than `all` hides the event, even a value that we do not expect. */
    visibility: z.optional(z.unknown()),
    deleted: z.optional(z.unknown()),
    properties,
    text: word,
    url: word,
    name: word,
    content_type: word,
    alternative_text: word,
    elements: z.catch(z.optional(readable(element)), undefined),
    fields: z.catch(z.optional(readable(formField)), undefined),
    system_message_type: word,
    /** What a `system` event says. */
    subtype: word,
  }),
)
export type LiveChatEvent = z.infer<typeof eventSchema>

const userSchema = z.lazy(() =>
  z.object({
    id: text,
    type: word,
    name: word,
    avatar: word,
    present: z.catch(z.optional(z.boolean()), undefined),
  }),
)
export type LiveChatUser = z.infer<typeof userSchema>

/** In webhooks, a human agent's id is an e-mail address and a bot's id is opaque. */
export const isHumanAgentId = (agentId: string): boolean => agentId.includes('@')

/** Whether an id in a webhook has the form of an agent's or bot's. Customers have UUIDs. */
export const isAgentShaped = (id: string): boolean => isHumanAgentId(id) || /^[0-9a-f]{32}$/i.test(id)

export const queueSchema = z.lazy(() =>
  z.object({
    position: z.catch(z.optional(z.number()), undefined),
    wait_time: z.catch(z.optional(z.number()), undefined),
    queued_at: word,
    /** The name of `queued_at` in API 3.5. */
    queued_at_us: word,
  }),
)

export type LiveChatQueue = z.infer<typeof queueSchema>

/** When the chat began to wait, by the name of either version of the API. */
export const queuedAtOf = (queue: LiveChatQueue | null | undefined): string | undefined =>
  queue?.queued_at ?? queue?.queued_at_us

export const tokenAnswer = z.lazy(() => z.object({ access_token: text, entity_id: text, expires_in: z.number() }))

export const threadOpenedAnswer = z.lazy(() => z.object({ chat_id: z.optional(text), thread_id: text }))
export const eventSentAnswer = z.lazy(() => z.object({ event_id: text }))
export const fileUploadedAnswer = z.lazy(() => z.object({ url: text }))
export const groupStatusesAnswer = z.lazy(() => z.object({ groups_status: z.record(z.string(), z.string()) }))
export const nothing = z.unknown()

export const chatAnswer = z.lazy(() =>
  z.object({
    id: text,
    users: z._default(readable(userSchema), []),
    thread: z.object({
      id: text,
      active: z.boolean(),
      events: z._default(readable(eventSchema), []),
      queue: z.catch(z.optional(queueSchema), undefined),
      properties,
      access: z.catch(z.optional(z.object({ group_ids: z.array(z.number()) })), undefined),
    }),
  }),
)
export type LiveChatChat = z.infer<typeof chatAnswer>

const chatSummary = z.lazy(() =>
  z.object({
    id: text,
    active: z.boolean(),
    last_thread_id: z.optional(text),
    last_thread_created_at: word,
  }),
)
export type LiveChatChatSummary = z.infer<typeof chatSummary>
/** API 3.7 renames the list to `chats_info`. */
export const chatListAnswer = z.lazy(() =>
  z.object({
    chats_summary: z.optional(z.array(chatSummary)),
    chats_info: z.optional(z.array(chatSummary)),
  }),
)

/**
 * LiveChat's name for an error. Logs and texts for the bot's owner quote this name. So text that does not look like a
 * name counts as unknown.
 */
const errorWord = z.string().check(z.regex(/^[\w.-]{1,64}$/))

export const errorAnswer = z.lazy(() =>
  z.object({
    error: z.object({
      type: z.catch(errorWord, 'unknown'),
      message: word,
      data: z.catch(z.optional(z.object({ region: word })), undefined),
    }),
  }),
)
export const accountsErrorAnswer = z.lazy(() =>
  z.object({
    oauth_exception: z.catch(z.optional(errorWord), undefined),
    identity_exception: z.catch(z.optional(errorWord), undefined),
    exception_details: z.catch(z.optional(errorWord), undefined),
  }),
)
