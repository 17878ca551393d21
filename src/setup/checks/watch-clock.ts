import type { Http } from '../../livechat/http'
import type { Runtime } from '../../shared/runtime'

/** How far our clock is ahead of LiveChat's (behind, if negative). */
export type SeenClock = { aheadMs: number }

/** The same exchanges, of which the `Date` of the last answer is kept: the clock costs no call of its own. */
export const watchClock = (runtime: Runtime, http: Http): { http: Http; seen: () => SeenClock | undefined } => {
  let last: SeenClock | undefined
  return {
    http: async (request, deadline) => {
      const askedAtMs = runtime.nowMs()
      const response = await http(request, deadline)
      const theirsMs = Date.parse(String(response.headers['date']))
      // Between question and answer: what the way took does not count as a difference.
      if (!Number.isNaN(theirsMs)) last = { aheadMs: (askedAtMs + runtime.nowMs()) / 2 - theirsMs }
      return response
    },
    seen: () => last,
  }
}
