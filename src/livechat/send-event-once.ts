import type { CustomerApi, OutgoingEvent } from './customer-api'
import { LiveChatError } from './errors'

const maxTries = 4

/**
 * Sends an event so that the agent sees it once: when an attempt may have landed although no answer came, the thread is
 * read for the event's `custom_id` before it is sent again (LiveChat documents no deduplication of its own). Pauses grow
 * between tries, within the deadline of the operation.
 * @returns the event's id
 * @throws what the last attempt ended in
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

/** The id of the event with this `custom_id` in the thread, if it is there. */
export const findEvent = async (
  api: Pick<CustomerApi, 'getChat'>,
  chatId: string,
  threadId: string,
  customId: string,
): Promise<string | undefined> => {
  const { thread } = await api.getChat(chatId, threadId)
  return thread.events.find(({ custom_id }) => custom_id === customId)?.id
}
