/** Time, randomness, ids and waiting. All other code takes them from here, so that tests can pass their own. */
export type Runtime = {
  nowMs: () => number
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random: () => number
  newId: () => string
  /** Resolves after `durationMs`. Rejects with the reason of `signal` if that aborts first. */
  sleep: (durationMs: number, signal: AbortSignal) => Promise<void>
  /** Calls `run` after `durationMs`; returns a function that cancels it. */
  setTimer: (durationMs: number, run: () => void) => () => void
}

export const systemRuntime: Runtime = {
  nowMs: () => Date.now(),
  random: () => Math.random(),
  newId: () => globalThis.crypto.randomUUID(),
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      const fail = (): void => {
        clearTimeout(timer)
        reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted'))
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', fail)
        resolve()
      }, durationMs)
      if (signal.aborted) fail()
      else signal.addEventListener('abort', fail, { once: true })
    }),
  setTimer: (durationMs, run) => {
    const timer = setTimeout(run, durationMs)
    return () => clearTimeout(timer)
  },
}
