import { LiveChatNetworkError, LiveChatTimeoutError } from '../../src/livechat/errors'
import type { Http } from '../../src/livechat/transport/http'

/** Notes whether anything was reached at all. */
export const watchNetwork = (http: Http): { http: Http; unreached: () => string | undefined } => {
  let hasAnswer = false
  let code: string | undefined
  return {
    http: async (request, deadline) => {
      try {
        const response = await http(request, deadline)
        hasAnswer = true
        return response
      } catch (error) {
        if (error instanceof LiveChatNetworkError) code = error.code
        if (error instanceof LiveChatTimeoutError) code = 'no answer in time'
        throw error
      }
    },
    /** The last failure, if no request was answered. */
    unreached: () => (hasAnswer ? undefined : code),
  }
}
