type Work<T> = () => Promise<T>

/**
 * Runs at most one `work` per key at a time. Calls with the same key that come meanwhile share its result or its
 * failure. When the `signal` of the running work aborts, the next call starts new work, because the old work may hang.
 * If the old work then fails, each call that shared it tries again, unless its own `signal` has aborted.
 */
export const createSingleFlight = <T>(): ((key: string, work: Work<T>, signal: AbortSignal) => Promise<T>) => {
  const underWay = new Map<string, { result: Promise<T>; signal: AbortSignal }>()
  const run = (key: string, work: Work<T>, signal: AbortSignal): Promise<T> => {
    const running = underWay.get(key)
    if (running && !running.signal.aborted)
      return running.result.catch((error: unknown) => {
        if (!running.signal.aborted || signal.aborted) throw error
        return run(key, work, signal)
      })
    const started = { result: work(), signal }
    underWay.set(key, started)
    const forget = (): void => {
      if (underWay.get(key) === started) underWay.delete(key)
    }
    started.result.then(forget, forget)
    return started.result
  }
  return run
}
