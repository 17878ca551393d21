type Work<T> = () => Promise<T>
/** Runs `work` when it is the turn of its caller. Each key has turns of its own. */
export type Turns = <T>(key: string, work: Work<T>, signal?: AbortSignal) => Promise<T>

/**
 * Runs the work of one key one after another, in the order of the calls. Other keys do not wait.
 * When `signal` aborts, the next caller no longer waits for this work. Work that has not had its turn by then never
 * begins: its promise rejects with the reason of the signal.
 */
export const createTurns = (): Turns => {
  const last = new Map<string, { result: Promise<unknown>; isFree: () => Promise<void> }>()
  return <T>(key: string, work: Work<T>, signal?: AbortSignal): Promise<T> => {
    // Waits for all earlier work, not only the last: that may be given up while an earlier one still runs.
    const before = last.get(key)?.isFree()
    const begin = (): Promise<T> => {
      signal?.throwIfAborted()
      return work()
    }
    const result = before ? before.then(begin) : Promise.resolve().then(work)
    // Listens to the signal only if somebody waits: listening costs more than everything else here.
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
