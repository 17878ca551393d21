type Work<T> = () => Promise<T>
/** Gives each key one turn after another. */
export type Turns = <T>(key: string, work: Work<T>, signal?: AbortSignal) => Promise<T>

/**
 * Runs the work of one key in the order in which it came, one after another; other keys are not held up. Work whose
 * `signal` has aborted no longer holds up the next, and does not begin: its caller has given its answer.
 */
export const createTurns = (): Turns => {
  const last = new Map<string, { result: Promise<unknown>; isFree: () => Promise<void> }>()
  return <T>(key: string, work: Work<T>, signal?: AbortSignal): Promise<T> => {
    // All that came before, not only the one right before: that one may be given up while an earlier one still works.
    const before = last.get(key)?.isFree()
    const begin = (): Promise<T> => {
      signal?.throwIfAborted()
      return work()
    }
    const result = before ? before.then(begin) : Promise.resolve().then(work)
    // Only who has to wait listens to a signal: listening costs more than all the rest here.
    const isFree = (): Promise<void> => Promise.resolve(before).then(() => settledOrAborted(result, signal))
    const mine = { result, isFree }
    last.set(key, mine)
    const forget = (): void => {
      if (last.get(key) === mine) last.delete(key)
    }
    result.then(forget, forget)
    return result
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
