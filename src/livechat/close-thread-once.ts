import type { CustomerApi } from './customer-api'
import { LiveChatError } from './errors'

const maxTries = 4

/**
 * Closes a thread as its customer. LiveChat's call names the chat, and closes whichever thread of it is open. So if an
 * attempt fails but may have taken effect, this reads the thread before it tries again: meanwhile the next session may
 * have opened a thread in the same chat. Makes up to four attempts within the deadline, with random pauses between them.
 * A thread that is closed already counts as success.
 * @throws the error of the last attempt, or of the read after it: the thread may be open
 */
export const closeThreadOnce = async (
  api: Pick<CustomerApi, 'deactivateChat' | 'getChat' | 'pause'>,
  chatId: string,
  threadId: string,
): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await api.deactivateChat(chatId)
    } catch (error) {
      if (!(error instanceof LiveChatError) || !error.mayHaveLanded) throw error
      if (tries >= maxTries || !(await api.pause(tries, error))) throw error
      const { thread } = await api.getChat(chatId, threadId)
      if (!thread.active) return
    }
  }
}
