import type { Runtime } from './runtime'

/** The end of an operation's time: pass `signal` to every wait, ask `remainingMs` before starting another try. */
export type Deadline = { signal: AbortSignal; remainingMs: () => number }

export class DeadlineExceededError extends Error {
  public override readonly name = 'DeadlineExceededError'
}

/** Runs `work` with a deadline `budgetMs` from now. Work that ignores its signal is not awaited past the deadline. */
export const withDeadline = async <T>(
  runtime: Runtime,
  budgetMs: number,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController()
  const endsAtMs = runtime.nowMs() + budgetMs
  const deadline: Deadline = { signal: controller.signal, remainingMs: () => Math.max(0, endsAtMs - runtime.nowMs()) }
  let cancelTimer = (): void => {}
  const expiry = new Promise<never>((_, reject) => {
    cancelTimer = runtime.setTimer(budgetMs, () => {
      const error = new DeadlineExceededError(`Not done within ${budgetMs} ms`)
      controller.abort(error)
      reject(error)
    })
  })
  try {
    return await Promise.race([work(deadline), expiry])
  } finally {
    cancelTimer()
  }
}
