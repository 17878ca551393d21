import type { Scope } from './scope'

/** LiveChat gives its time in whole seconds, and answers need time to arrive. A smaller difference says nothing. */
const leastAheadMs = 5_000

/** Whether this process has compared its clock with LiveChat's. */
export const isClockChecked = ({ memory }: Pick<Scope, 'memory'>): boolean => memory.clock() !== undefined

/**
 * The present time by the vendors' clocks, in milliseconds since 1970. If this process's clock differs from LiveChat's,
 * LiveChat's counts, because processes compare such times with each other and with those of the vendors.
 */
export const vendorNowMs = ({ runtime, memory }: Pick<Scope, 'runtime' | 'memory'>): number => {
  const aheadMs = memory.clock()?.aheadMs ?? 0
  return runtime.nowMs() - (Math.abs(aheadMs) < leastAheadMs ? 0 : Math.round(aheadMs))
}
