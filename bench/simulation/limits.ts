import type { FaultEffect, Faults } from '../../sandbox/faults'

export type Limit = {
  /** Requests a second, real time. */
  perSecond: number
  /** How many requests may come at once after a pause. */
  burst: number
  /** Which routes count towards the limit. */
  counts: (route: string) => boolean
  refusal: FaultEffect
}

export type LimitedPlatform = {
  set: (limit: Limit | undefined) => void
  /** Real time by which each call is delayed. Operations and incoming webhooks are not delayed. */
  slowDown: (delayMs: number) => void
  refused: () => number
}

/** Limits the requests to an emulator, with a bucket of tokens that fills steadily. */
export const limitPlatform = (faults: Faults): LimitedPlatform => {
  let limit: Limit | undefined
  let delayMs = 0
  let refused = 0
  let tokens = 0
  let filledAtMs = 0
  const take = (route: string): FaultEffect | undefined => {
    if (limit?.counts(route)) {
      const nowMs = performance.now()
      tokens = Math.min(limit.burst, tokens + ((nowMs - filledAtMs) / 1000) * limit.perSecond)
      filledAtMs = nowMs
      if (tokens < 1) {
        refused += 1
        return limit.refusal
      }
      tokens -= 1
    }
    return delayMs > 0 && !route.startsWith('operation/') && route !== 'webhook/receive'
      ? { kind: 'delay', delayMs }
      : undefined
  }
  faults.take = take
  return {
    set: (next) => {
      limit = next
      tokens = next?.burst ?? 0
      filledAtMs = performance.now()
    },
    slowDown: (next) => {
      delayMs = next
    },
    refused: () => refused,
  }
}
