import type { Scope } from './scope'
import { startIsOverAfterMs } from './start-budget'

/**
 * Threads of a license that are no session of this bot: other bots' and agents' own. One that has no conversation half a
 * minute after it was first asked about never gets one.
 */
export const isForeignForGood = (scope: Scope, threadKey: string): boolean =>
  scope.memory.foreignThreads.get(threadKey)?.isForGood === true

/** Takes in that a look-up which began at `askedAtMs` found no conversation. */
export const noteForeign = (scope: Scope, threadKey: string, askedAtMs: number): void => {
  const firstAskedAtMs = scope.memory.foreignThreads.get(threadKey)?.firstAskedAtMs ?? askedAtMs
  scope.memory.foreignThreads.set(threadKey, {
    firstAskedAtMs,
    isForGood: askedAtMs - firstAskedAtMs >= startIsOverAfterMs,
  })
}
