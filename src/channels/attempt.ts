import type { CustomerApi } from '../livechat/customer-api'
import { isApiErrorOfType, LiveChatError } from '../livechat/errors'

/** How far we got with sending one message. */
export type Attempt = {
  /** A part of the message is in LiveChat, or may be. */
  mayHaveLanded: boolean
  /** Calls whose answer has not come yet. */
  underWay: number
}
export const newAttempt = (): Attempt => ({ mayHaveLanded: false, underWay: 0 })

/** The same API, which also notes in `attempt` whether anything was sent. */
export const watched = (api: CustomerApi, attempt: Attempt): CustomerApi => ({
  ...api,
  sendEvent: async (chatId, event) => {
    attempt.underWay += 1
    try {
      const eventId = await api.sendEvent(chatId, event)
      attempt.mayHaveLanded = true
      return eventId
    } catch (error) {
      if (!(error instanceof LiveChatError) || error.mayHaveLanded) attempt.mayHaveLanded = true
      throw error
    } finally {
      attempt.underWay -= 1
    }
  },
})

/** What the end user can be told of a message that failed. `closed`: the thread was closed before. */
export type Outcome = 'notDelivered' | 'maybeNotDelivered' | 'chatClosed'

/** What is certain about a message that failed with `error`. Without certainty, the outcome is `maybeNotDelivered`. */
export const outcomeOf = ({ mayHaveLanded, underWay }: Attempt, error: unknown): Outcome => {
  if (mayHaveLanded || underWay > 0) return 'maybeNotDelivered'
  return isApiErrorOfType(error, 'chat_inactive', 'chat_anonymized', 'not_found') ? 'chatClosed' : 'notDelivered'
}
