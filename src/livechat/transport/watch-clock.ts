import type { Runtime } from '../../shared/runtime'
import type { Http } from './http'

/** How far our clock is ahead of LiveChat's; negative if it is behind. */
export type SeenClock = { aheadMs: number }

/**
 * Wraps `http` and compares our clock with the `Date` header of the last answer. So knowing LiveChat's time needs no
 * extra call.
 */
export const watchClock = (runtime: Runtime, http: Http): { http: Http; seen: () => SeenClock | undefined } => {
  let last: SeenClock | undefined
  return {
    http: async (request, deadline) => {
      const askedAtMs = runtime.nowMs()
      const response = await http(request, deadline)
      const theirsMs = Date.parse(String(response.headers['date']))
      // Compares with the middle between request and answer, so that travel time does not count as a difference.
      if (!Number.isNaN(theirsMs)) last = { aheadMs: (askedAtMs + runtime.nowMs()) / 2 - theirsMs }
      return response
    },
    seen: () => last,
  }
}
