import { LiveChatNetworkError, LiveChatTimeoutError } from '../../src/livechat/errors'
import type { Http } from '../../src/livechat/transport/http'

export type Unreached = { what: string; code: string }

/** Notes which hosts were reached at all. */
export const watchNetwork = (http: Http): { http: Http; unreached: () => Unreached | undefined } => {
  const answered = new Set<string>()
  const failures = new Map<string, string>()
  return {
    http: async (request, deadline) => {
      const { hostname } = new URL(request.url)
      try {
        const response = await http(request, deadline)
        answered.add(hostname)
        return response
      } catch (error) {
        if (error instanceof LiveChatNetworkError) failures.set(hostname, error.code)
        if (error instanceof LiveChatTimeoutError) failures.set(hostname, 'no answer in time')
        throw error
      }
    },
    /** The hosts that answered no request, and why. */
    unreached: () => {
      const silent = [...failures].filter(([hostname]) => !answered.has(hostname))
      const [first] = silent
      if (!first) return undefined
      const names = silent.map(([hostname]) => hostname).join(', ')
      return { what: answered.size === 0 ? 'LiveChat' : names, code: first[1] }
    },
  }
}
