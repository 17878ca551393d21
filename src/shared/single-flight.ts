type Work<T> = () => Promise<T>

/**
 * Runs one `work` per key at a time. Calls that come meanwhile share its result or its failure.
 * When `signal` aborts, the work is given up, because it may hang: the next call starts its own. A call that shares
 * work which fails after such an abort also starts its own, if it still has time.
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
