import type { CustomerApi, OutgoingEvent } from './customer-api'
import { LiveChatApiError, LiveChatError } from './errors'
import type { LiveChatChat } from './schema'

const maxTries = 4

/**
 * Sends an event so that the agent sees it once. If an attempt fails but may have taken effect, reads the thread and
 * looks for the event's `custom_id` before it sends again, because LiveChat documents no deduplication. Makes up to
 * four attempts within the deadline, with random pauses between them.
 * @returns the event's id
 * @throws the error of the last attempt, or of the read after it; also if nobody can tell whether the event landed, and
 *   `chat_inactive` if it did not land and the thread is closed
 */
export const sendEventOnce = async (
  api: Pick<CustomerApi, 'sendEvent' | 'getChat' | 'pause'>,
  chatId: string,
  threadId: string,
  event: OutgoingEvent,
): Promise<string> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await api.sendEvent(chatId, event)
    } catch (error) {
      if (!(error instanceof LiveChatError) || !error.mayHaveLanded) throw error
      const { thread } = await api.getChat(chatId, threadId)
      const landed = findEvent(thread, event.custom_id)
      if (landed !== undefined) return landed
      // LiveChat would add the event to the open thread of the chat, which may be that of the next session.
      if (!thread.active) throw new LiveChatApiError('send_event', 'chat_inactive', 0)
      if (event.type === 'system_message' && !showsOwnSystemMessages(thread)) throw error
      if (tries >= maxTries || !(await api.pause(tries, error))) throw error
    }
  }
}

type Thread = LiveChatChat['thread']

/** The id of the event with this custom id, if the customer sees it in the thread. */
export const findEvent = ({ events }: Thread, customId: string): string | undefined =>
  events.find(({ custom_id }) => custom_id === customId)?.id

/**
 * Whether the customer sees the system messages that we sent as the customer. No document says so. LiveChat's own system
 * messages have no custom id, and each thread that the bot opens by system message begins with one of ours.
 */
export const showsOwnSystemMessages = ({ events }: Thread): boolean =>
  events.some(({ type, custom_id }) => type === 'system_message' && custom_id !== undefined)
