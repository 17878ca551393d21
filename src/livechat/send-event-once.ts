import type { CustomerApi, OutgoingEvent } from './customer-api'
import { LiveChatError } from './errors'

const maxTries = 4

/**
 * Sends an event so that the agent sees it once. If an attempt fails but may have landed, reads the thread for the
 * event's `custom_id` before it sends again, because LiveChat documents no deduplication. Makes up to four attempts,
 * with growing pauses, within the deadline of the operation.
 * @returns the event's id
 * @throws the error of the last attempt, or of the read after it
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
      const landed = await findEvent(api, chatId, threadId, event.custom_id)
      if (landed !== undefined) return landed
      if (tries >= maxTries || !(await api.pause(tries, error))) throw error
    }
  }
}

/** Reads the thread and returns the id of the event with this custom id; `undefined` if there is none. */
export const findEvent = async (
  api: Pick<CustomerApi, 'getChat'>,
  chatId: string,
  threadId: string,
  customId: string,
): Promise<string | undefined> => {
  const { thread } = await api.getChat(chatId, threadId)
  return thread.events.find(({ custom_id }) => custom_id === customId)?.id
}
