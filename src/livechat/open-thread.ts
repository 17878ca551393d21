import { isChatLimitError, type CustomerApi, type ThreadRequest } from './customer-api'
import { LiveChatError } from './errors'
import type { LiveChatChatSummary } from './schema'
import { findEvent } from './send-event-once'

export type OpenedThread = { chatId: string; threadId: string }
/** `busy`: the customer's chat has an open thread that we may not close. */
export type OpenResult = { opened: true; thread: OpenedThread } | { opened: false; reason: 'busy' }

/** Whether the open thread of a chat may be closed, because nobody uses it. */
export type MayClose = (chat: LiveChatChatSummary) => Promise<boolean>

/**
 * Opens a thread for a customer: a first chat, or a new thread in the customer's chat. LiveChat allows one chat per
 * customer and one open thread per chat. The first event's custom id identifies the request: after a lost answer, we
 * find the thread by it and do not open another. Gives up after three attempts.
 * @param known the customer's chat as just read; `undefined` if the customer is new and has none
 * @throws the error of the last attempt, or of a read after it
 */
export const openThread = async (
  api: Pick<CustomerApi, 'startChat' | 'resumeChat' | 'deactivateChat' | 'findChat' | 'getChat'>,
  request: ThreadRequest,
  known: LiveChatChatSummary | undefined,
  mayClose: MayClose,
): Promise<OpenResult> => {
  let chat = known
  for (let tries = 1; ; tries += 1) {
    if (chat?.active) {
      if (!(await mayClose(chat))) return { opened: false, reason: 'busy' }
      await api.deactivateChat(chat.id)
    }
    try {
      const thread = chat ? await api.resumeChat(chat.id, request) : await api.startChat(request)
      return { opened: true, thread }
    } catch (error) {
      if (tries >= 3 || !(error instanceof LiveChatError) || !(isChatLimitError(error) || error.mayHaveLanded))
        throw error
      chat = await api.findChat()
      const mine = await findOwnThread(api, chat, request.events[0]?.custom_id)
      if (mine) return { opened: true, thread: mine }
      if (!chat && !error.mayHaveLanded) throw error
    }
  }
}

/** The chat's open thread, if our own request opened it: it then holds the event with this custom id. */
export const findOwnThread = async (
  api: Pick<CustomerApi, 'getChat'>,
  chat: LiveChatChatSummary | undefined,
  firstCustomId: string | undefined,
): Promise<OpenedThread | undefined> => {
  if (!chat?.active || chat.last_thread_id === undefined || firstCustomId === undefined) return undefined
  const eventId = await findEvent(api, chat.id, chat.last_thread_id, firstCustomId)
  return eventId === undefined ? undefined : { chatId: chat.id, threadId: chat.last_thread_id }
}
