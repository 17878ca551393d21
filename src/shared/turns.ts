type Work<T> = () => Promise<T>
/** Runs `work` when its turn comes. Each key has its own turns. */
export type Turns = <T>(key: string, work: Work<T>, signal?: AbortSignal) => Promise<T>

/**
 * Runs all work with the same key one after another, in the order of the calls. Work with another key does not wait.
 * When the `signal` of a piece of work aborts, the next piece no longer waits for it. If that work has not begun by
 * then, it never begins: its promise rejects with the reason of the signal.
 */
export const createTurns = (): Turns => {
  const last = new Map<string, { result: Promise<unknown>; isFree: () => Promise<void> }>()
  return <T>(key: string, work: Work<T>, signal?: AbortSignal): Promise<T> => {
    // Waits for all earlier work, not only for the last piece. The last piece may be given up while an earlier piece
    // still runs.
    const before = last.get(key)?.isFree()
    const begin = (): Promise<T> => {
      signal?.throwIfAborted()
      return work()
    }
    const result = before ? before.then(begin) : Promise.resolve().then(work)
    // Listens to the signal only if other work waits, because listening costs more than everything else here.
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

/**
 * Resolves when `work` has ended or `signal` has aborted. Never rejects: a failure of the work belongs to its caller.
 */
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
