import type * as z from 'zod/v4-mini'
import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { isApiErrorOfType, LiveChatApiError, LiveChatSchemaError } from './errors'
import { exchange, type Credentials, type Exchange } from './transport/exchange'
import { longAttemptMs, shortAttemptMs, type Http } from './transport/http'
import { encodeMultipartFile, type UploadableFile } from './transport/multipart'
import { parseJson } from './transport/parse-json'
import { nextDelayMs } from './transport/retry'
import * as schema from './schema'

/** Provides the tokens of one customer and renews them. */
export interface CustomerCredentials extends Credentials {
  readonly customerId: string
  renew(refused: string, deadline: Deadline): Promise<string>
}

export type OutgoingEvent =
  | { type: 'message'; text: string; custom_id: string; postback?: MessagePostback }
  | { type: 'system_message'; system_message_type: string; recipients?: 'all'; text: string; custom_id: string }
  | { type: 'file'; url: string; alternative_text?: string; custom_id: string }

/** Links a message to the button that it answers. LiveChat accepts `type` and `value` only together. */
export type MessagePostback = { id: string; thread_id: string; event_id: string; type?: string; value?: string }

/** Presses a button of a rich message, or undoes the press with `toggled: false`. */
export type Postback = {
  id: string
  toggled: boolean
  button_type?: string
  button_value?: string
  ecommerce?: { product_id: string }
}

export type ThreadRequest = {
  groupId: number | undefined
  events: OutgoingEvent[]
  /** `true`: the chat may wait while no agent is online. */
  continuous: boolean
  ignoreBots: boolean
}

export type CustomerDetails = {
  name?: string
  email?: string
  avatar?: string
  phone_number?: string
  session_fields?: Record<string, string>[]
}

const baseUrl = 'https://api.livechatinc.com/v3.6/customer/action'

/**
 * The methods of LiveChat's Customer Chat Web API 3.6 that we use, as one customer. Each method makes one request and
 * retries it within the deadline after failures that allow it. Reads and idempotent writes are retried after each such
 * failure. `startChat`, `resumeChat` and `sendEvent` are retried only if the request certainly had no effect. If
 * LiveChat refuses the token, the call is repeated once with a new token. If LiveChat names another region, the call is
 * repeated there once.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError, LiveChatIdentityLostError
 */
export const createCustomerApi = (
  runtime: Runtime,
  http: Http,
  organizationId: string,
  credentials: CustomerCredentials,
  deadline: Deadline,
) => {
  /** `attemptMs`: how long one attempt may take, for large bodies. */
  const send = async <T extends z.ZodMiniType>(
    action: string,
    sent: Pick<Exchange, 'body' | 'contentType' | 'isRepeatable' | 'attemptMs'>,
    answer: T,
  ): Promise<z.infer<T>> => {
    const url = `${baseUrl}/${action}?organization_id=${encodeURIComponent(organizationId)}`
    const json = await exchange(runtime, http, 'Bearer', credentials, { action, url, ...sent }, deadline)
    const parsed = parseJson(answer, json)
    if (!parsed.ok) throw new LiveChatSchemaError(action, parsed.paths)
    return parsed.value
  }

  const call = <T extends z.ZodMiniType>(
    action: string,
    body: unknown,
    answer: T,
    { isRepeatable }: { isRepeatable: boolean },
  ): Promise<z.infer<T>> => send(action, { body: JSON.stringify(body), isRepeatable }, answer)

  const repeatable = { isRepeatable: true }
  const once = { isRepeatable: false }

  return {
    customerId: credentials.customerId,

    /**
     * For a caller that repeats calls itself: waits before its next attempt. Returns `false` if the error or the time
     * left does not allow another attempt.
     */
    pause: async (tries: number, error: unknown): Promise<boolean> => {
      const delayMs = nextDelayMs(error, tries, true, deadline.remainingMs(), runtime.random)
      if (delayMs === undefined) return false
      await runtime.sleep(delayMs, deadline.signal)
      return true
    },

    /** Opens the customer's first chat. Fails if the customer already has one (see `isChatLimitError`). */
    startChat: async (request: ThreadRequest): Promise<{ chatId: string; threadId: string }> => {
      const body = { chat: threadFields(request), active: true, continuous: request.continuous }
      const answer = await call('start_chat', body, schema.threadOpenedAnswer, once)
      if (answer.chat_id === undefined) throw new LiveChatSchemaError('start_chat', ['chat_id'])
      return { chatId: answer.chat_id, threadId: answer.thread_id }
    },

    /** Opens a new thread in the customer's chat. Fails with `chat_already_active` if a thread is open. */
    resumeChat: async (chatId: string, request: ThreadRequest): Promise<{ chatId: string; threadId: string }> => {
      const body = { chat: { id: chatId, ...threadFields(request) }, active: true, continuous: request.continuous }
      const answer = await call('resume_chat', body, schema.threadOpenedAnswer, once)
      return { chatId, threadId: answer.thread_id }
    },

    /** Closes the chat's open thread, whichever that is (`closeThreadOnce`). Succeeds if none is open. */
    deactivateChat: async (chatId: string): Promise<void> => {
      const sent = { body: JSON.stringify({ id: chatId }), isRepeatable: false, attemptMs: shortAttemptMs }
      try {
        await send('deactivate_chat', sent, schema.nothing)
      } catch (error) {
        if (!isApiErrorOfType(error, 'chat_inactive')) throw error
      }
    },

    /** Returns the event's id. Fails with `chat_inactive` if no thread is open. */
    sendEvent: async (chatId: string, event: OutgoingEvent): Promise<string> =>
      (await call('send_event', { chat_id: chatId, event }, schema.eventSentAnswer, once)).event_id,

    /** Presses a button of a rich message, or undoes the press. */
    sendRichMessagePostback: async (
      chatId: string,
      threadId: string,
      eventId: string,
      postback: Postback,
    ): Promise<void> => {
      const body = { chat_id: chatId, thread_id: threadId, event_id: eventId, postback }
      await call('send_rich_message_postback', body, schema.nothing, repeatable)
    },

    /** Returns a URL on LiveChat's CDN. The URL expires after a day, unless an event uses it. */
    uploadFile: async (file: UploadableFile): Promise<string> => {
      const { body, contentType } = encodeMultipartFile(file, runtime.newId())
      const sent = { body, contentType, isRepeatable: true, attemptMs: longAttemptMs }
      return (await send('upload_file', sent, schema.fileUploadedAnswer)).url
    },

    updateCustomer: async (details: CustomerDetails): Promise<void> => {
      await call('update_customer', details, schema.nothing, repeatable)
    },

    /** The chat with one thread: all events that the customer may see, and the users in the chat. */
    getChat: async (chatId: string, threadId: string): Promise<schema.LiveChatChat> =>
      call('get_chat', { chat_id: chatId, thread_id: threadId }, schema.chatAnswer, repeatable),

    /** The customer's chat, if any. There is never more than one: LiveChat allows one per customer and license. */
    findChat: async (): Promise<schema.LiveChatChatSummary | undefined> => {
      const answer = await call('list_chats', { limit: 1 }, schema.chatListAnswer, repeatable)
      return (answer.chats_summary ?? answer.chats_info ?? [])[0]
    },

    /** Status (`online`, `offline`, `online_for_queue`) by group id. Leaves out groups that do not exist. */
    listGroupStatuses: async (groupIds: number[] | 'all'): Promise<Record<string, string>> => {
      const asked = groupIds === 'all' ? { all: true } : { group_ids: groupIds }
      return (await call('list_group_statuses', asked, schema.groupStatusesAnswer, repeatable)).groups_status
    },

    /** Sets properties (`{namespace: {name: value}}`) of an open or closed thread. Other properties stay. */
    updateThreadProperties: async (
      chatId: string,
      threadId: string,
      properties: Record<string, Record<string, unknown>>,
    ): Promise<void> => {
      const body = { chat_id: chatId, thread_id: threadId, properties }
      await call('update_thread_properties', body, schema.nothing, repeatable)
    },
  }
}
export type CustomerApi = ReturnType<typeof createCustomerApi>

const threadFields = ({ groupId, events, ignoreBots }: ThreadRequest): Record<string, unknown> => ({
  ...(groupId === undefined ? {} : { access: { group_ids: [groupId] } }),
  thread: { events, ...(ignoreBots ? { properties: { routing: { ignore_bots: true } } } : {}) },
})

/** Whether LiveChat says that the customer already has a chat. Its documents disagree on the type of this error. */
export const isChatLimitError = (error: unknown): boolean =>
  error instanceof LiveChatApiError &&
  (['chat_limit_reached', 'limit_reached', 'chat_already_active'].includes(error.type) ||
    /chats? limit/i.test(error.detail.message ?? ''))
