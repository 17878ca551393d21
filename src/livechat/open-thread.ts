import { isChatLimitError, type CustomerApi, type ThreadRequest } from './customer-api'
import { LiveChatError } from './errors'
import type { LiveChatChatSummary } from './schema'
import { findEvent } from './send-event-once'

export type OpenedThread = { chatId: string; threadId: string }
/** `busy`: the customer's chat has an open thread that is not ours to touch. */
export type OpenResult = { opened: true; thread: OpenedThread } | { opened: false; reason: 'busy' }

/** May this open thread be closed, because nobody is using it? */
export type MayClose = (chat: LiveChatChatSummary) => Promise<boolean>

/**
 * Opens a thread for a customer: a first chat, or a new thread in the chat that the customer already has. LiveChat allows
 * one chat per customer and one open thread per chat. The first event of the request identifies it, so that after a lost
 * answer an opened thread is recognised and not opened again.
 * @param known the customer's chat as just read; `undefined` when the customer is new and can have none
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

/** The open thread of the chat, if the request whose first event has this `custom_id` opened it. */
export const findOwnThread = async (
  api: Pick<CustomerApi, 'getChat'>,
  chat: LiveChatChatSummary | undefined,
  firstCustomId: string | undefined,
): Promise<OpenedThread | undefined> => {
  if (!chat?.active || chat.last_thread_id === undefined || firstCustomId === undefined) return undefined
  const eventId = await findEvent(api, chat.id, chat.last_thread_id, firstCustomId)
  return eventId === undefined ? undefined : { chatId: chat.id, threadId: chat.last_thread_id }
}
