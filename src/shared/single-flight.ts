type Work<T> = () => Promise<T>

/**
 * Runs one `work` per key at a time; callers who come meanwhile share its result. Work whose `signal` has aborted is
 * given up: it may hang, and the next caller starts anew.
 */
export const createSingleFlight = <T>(): ((key: string, work: Work<T>, signal: AbortSignal) => Promise<T>) => {
  const underWay = new Map<string, Promise<T>>()
  return (key, work, signal) => {
    const running = underWay.get(key)
    if (running) return running
    const started = work()
    underWay.set(key, started)
    void settledOrAborted(started, signal).then(() => {
      if (underWay.get(key) === started) underWay.delete(key)
    })
    return started
  }
}

/**
 * Runs the works of one key one after another, in the order in which they came; other keys are not held up. Work whose
 * `signal` has aborted no longer holds up the next.
 */
export const createSequence = (): (<T>(key: string, work: Work<T>, signal?: AbortSignal) => Promise<T>) => {
  const tails = new Map<string, Promise<void>>()
  return <T>(key: string, work: Work<T>, signal?: AbortSignal): Promise<T> => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work)
    const tail = settledOrAborted(mine, signal).then(() => {
      if (tails.get(key) === tail) tails.delete(key)
    })
    tails.set(key, tail)
    return mine
  }
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
