import { closeThreadOnce } from './close-thread-once'
import { isChatLimitError, type CustomerApi, type ThreadRequest } from './customer-api'
import { LiveChatError } from './errors'
import type { LiveChatChat, LiveChatChatSummary } from './schema'
import { findEvent, showsOwnSystemMessages } from './send-event-once'

export type OpenedThread = { chatId: string; threadId: string }
/** `busy`: the customer's chat has an open thread that we may not close. */
export type OpenResult = { opened: true; thread: OpenedThread } | { opened: false; reason: 'busy' }

/** Whether the open thread of a chat may be closed, because nobody uses it. */
export type MayClose = (chat: LiveChatChatSummary) => Promise<boolean>

/** What is known of an opening. If its answer is lost, we recognise its thread by this. */
export type OpeningTrace = {
  firstEvent?: ThreadRequest['events'][number] | undefined
  /** LiveChat may have carried out a request although it failed. */
  mayHaveLanded: boolean
  /** Threads that were there before a request. `undefined` if LiveChat did not name one of them. */
  earlierThreadIds: Set<string> | undefined
  /** The opened thread, once LiveChat has named it. */
  thread?: OpenedThread
}
export const newOpeningTrace = (): OpeningTrace => ({ mayHaveLanded: false, earlierThreadIds: new Set() })

/**
 * Opens a thread for a customer: a first chat, or a new thread in the customer's chat. LiveChat allows one chat per
 * customer and one open thread per chat. After a lost answer, we look for the thread that we opened, and do not open
 * another. Gives up after three attempts.
 * @param known the customer's chat as just read; `undefined` if the customer is new and has none
 * @param trace filled in for `findOwnThread`
 * @throws the error of the last attempt, or of a read after it
 */
export const openThread = async (
  api: Pick<CustomerApi, 'startChat' | 'resumeChat' | 'deactivateChat' | 'findChat' | 'getChat' | 'pause'>,
  request: ThreadRequest,
  known: LiveChatChatSummary | undefined,
  mayClose: MayClose,
  trace: OpeningTrace = newOpeningTrace(),
): Promise<OpenResult> => {
  trace.firstEvent = request.events[0]
  let chat = known
  for (let tries = 1; ; tries += 1) {
    if (chat?.active) {
      if (!(await mayClose(chat))) return { opened: false, reason: 'busy' }
      if (chat.last_thread_id === undefined) await api.deactivateChat(chat.id)
      else await closeThreadOnce(api, chat.id, chat.last_thread_id)
    }
    noteEarlierThread(trace, chat)
    try {
      trace.thread = chat ? await api.resumeChat(chat.id, request) : await api.startChat(request)
      return { opened: true, thread: trace.thread }
    } catch (error) {
      if (error instanceof LiveChatError && error.mayHaveLanded) trace.mayHaveLanded = true
      if (tries >= 3 || !(error instanceof LiveChatError) || !(isChatLimitError(error) || error.mayHaveLanded))
        throw error
      chat = await api.findChat()
      const mine = await findOwnThread(api, chat, trace)
      if (mine) return { opened: true, thread: mine }
      if (!chat && !error.mayHaveLanded) throw error
    }
  }
}

const noteEarlierThread = (trace: OpeningTrace, chat: LiveChatChatSummary | undefined): void => {
  if (!chat) return
  if (chat.last_thread_id === undefined) trace.earlierThreadIds = undefined
  else trace.earlierThreadIds?.add(chat.last_thread_id)
}

/**
 * The chat's open thread, if the traced opening opened it. This is so if it holds the first event. If that event is a
 * system message, the customer may not see it. Then the thread is ours if it is new, an answer was lost, and nothing in
 * it shows that somebody else opened it.
 */
export const findOwnThread = async (
  api: Pick<CustomerApi, 'getChat'>,
  chat: LiveChatChatSummary | undefined,
  trace: OpeningTrace,
): Promise<OpenedThread | undefined> => {
  const threadId = chat?.last_thread_id
  if (!chat?.active || threadId === undefined || !trace.firstEvent) return undefined
  const { thread } = await api.getChat(chat.id, threadId)
  const isOurs = findEvent(thread, trace.firstEvent.custom_id) !== undefined || mayBeHidden(thread, threadId, trace)
  return isOurs ? { chatId: chat.id, threadId } : undefined
}

const mayBeHidden = (
  thread: LiveChatChat['thread'],
  threadId: string,
  { firstEvent, mayHaveLanded, earlierThreadIds }: OpeningTrace,
): boolean =>
  firstEvent?.type === 'system_message' &&
  mayHaveLanded &&
  earlierThreadIds?.has(threadId) === false &&
  !showsOwnSystemMessages(thread) &&
  !isOpenedByAgent(thread)

/** LiveChat names the app that opened a thread and the app of the customer. They differ if an agent opened the thread. */
const isOpenedByAgent = ({ properties }: LiveChatChat['thread']): boolean => {
  const { client_id, customer_client_id } = properties?.['source'] ?? {}
  return client_id !== undefined && customer_client_id !== undefined && client_id !== customer_client_id
}
