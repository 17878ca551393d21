import type { Runtime } from '../../shared/runtime'
import type { Http } from './http'

/** How far our clock is ahead of LiveChat's, in milliseconds; negative if it is behind. */
export type SeenClock = { aheadMs: number }

/** The `Date` header has whole seconds. */
const headerStepMs = 1_000

/**
 * Wraps `http` and compares our clock with the `Date` header of each answer. So knowing LiveChat's time needs no extra
 * call. LiveChat wrote the header at some moment between the request and the answer. A difference that this explains
 * does not count, so a slow call never passes for a wrong clock.
 */
export const watchClock = (
  runtime: Pick<Runtime, 'nowMs'>,
  http: Http,
): { http: Http; seen: () => SeenClock | undefined } => {
  let last: SeenClock | undefined
  return {
    http: async (request, deadline) => {
      const askedAtMs = runtime.nowMs()
      const response = await http(request, deadline)
      const theirsMs = Date.parse(String(response.headers['date']))
      const [leastMs, mostMs] = [askedAtMs - theirsMs - headerStepMs, runtime.nowMs() - theirsMs]
      if (!Number.isNaN(theirsMs)) last = { aheadMs: Math.min(mostMs, Math.max(leastMs, last?.aheadMs ?? 0)) }
      return response
    },
    seen: () => last,
  }
}
