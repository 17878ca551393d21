import type { Scope } from './scope'

/**
 * Threads of a license that are no session of this bot: other bots' and agents' own. A start makes its conversation
 * within 20 s of the thread, so a thread that has none half a minute after it was first asked about never gets one.
 */
const settledAfterMs = 30_000

export const isForeignForGood = (scope: Scope, threadKey: string): boolean =>
  scope.memory.foreignThreads.get(threadKey)?.isForGood === true

/** Takes in that a look-up which began at `askedAtMs` found no conversation. */
export const noteForeign = (scope: Scope, threadKey: string, askedAtMs: number): void => {
  const firstAskedAtMs = scope.memory.foreignThreads.get(threadKey)?.firstAskedAtMs ?? askedAtMs
  scope.memory.foreignThreads.set(threadKey, {
    firstAskedAtMs,
    isForGood: askedAtMs - firstAskedAtMs >= settledAfterMs,
  })
}
