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
    forgetWhenSettled(underWay, key, started)
    return started.result
  }
  return run
}

/**
 * Runs the works of one key one after another, in the order in which they came; other keys are not held up. Work whose
 * `signal` has aborted no longer holds up the next, and is not begun: its caller has given its answer.
 */
export const createSequence = (): (<T>(key: string, work: Work<T>, signal?: AbortSignal) => Promise<T>) => {
  const last = new Map<string, { result: Promise<unknown>; signal: AbortSignal | undefined }>()
  return <T>(key: string, work: Work<T>, signal?: AbortSignal): Promise<T> => {
    const before = last.get(key)
    const begin = (): Promise<T> => {
      signal?.throwIfAborted()
      return work()
    }
    // Only who has to wait listens to a signal: it costs more than all the rest here.
    const result = before ? settledOrAborted(before.result, before.signal).then(begin) : Promise.resolve().then(work)
    const mine = { result, signal }
    last.set(key, mine)
    forgetWhenSettled(last, key, mine)
    return result
  }
}

const forgetWhenSettled = <V extends { result: Promise<unknown> }>(entries: Map<string, V>, key: string, entry: V) => {
  const forget = (): void => {
    if (entries.get(key) === entry) entries.delete(key)
  }
  entry.result.then(forget, forget)
}

/** Resolves when the work has ended, whichever way, or its time is up. The work's failure belongs to its caller. */
const settledOrAborted = (work: Promise<unknown>, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    work.then(finish, finish)
    if (signal?.aborted) finish()
    else signal?.addEventListener('abort', finish, { once: true })
  })
