type Work<T> = () => Promise<T>

/**
 * Runs one `work` per key at a time; callers who come meanwhile share its result. Work whose `signal` has aborted is
 * given up: it may hang, and the next caller starts anew. So does a caller who shares work that then ends with its
 * starter's time: whoever began it may have had less time than those who came after.
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
