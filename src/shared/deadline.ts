import type { Runtime } from './runtime'

/**
 * The moment by which some work must end. Pass `signal` to every wait, and check `remainingMs` before each new attempt.
 */
export type Deadline = { signal: AbortSignal; remainingMs: () => number }

export class DeadlineExceededError extends Error {
  public override readonly name = 'DeadlineExceededError'
}

/** Created only once, because each new error costs a stack trace. */
const workEnded = new DeadlineExceededError('The work has already ended')

/**
 * Runs `work` with a deadline: `budgetMs` from now, or the deadline of `outer` if that comes first. Rejects when the
 * time is over, even if `work` ignores the signal. The signal also aborts when `work` ends. So parts of `work` that
 * still run start nothing new.
 * @throws DeadlineExceededError when the time is over
 */
export const withDeadline = async <T>(
  runtime: Runtime,
  budgetMs: number,
  work: (deadline: Deadline) => Promise<T>,
  outer?: Deadline,
): Promise<T> => {
  const { deadline, expiry, end } = startDeadline(runtime, budgetMs, outer)
  try {
    return await Promise.race([work(deadline), expiry])
  } finally {
    end()
  }
}

/**
 * Like `withDeadline`, for work that is not one function. The caller must call `end`, which aborts what is still
 * running.
 * `expiry` rejects when the time is over.
 */
export const startDeadline = (
  runtime: Runtime,
  budgetMs: number,
  outer?: Deadline,
): { deadline: Deadline; expiry: Promise<never>; end: () => void } => {
  outer?.signal.throwIfAborted()
  const controller = new AbortController()
  const limitMs = outer ? Math.min(budgetMs, outer.remainingMs()) : budgetMs
  const endsAtMs = runtime.nowMs() + limitMs
  let giveUp = (_error: unknown): void => {}
  const expiry = new Promise<never>((_, reject) => {
    giveUp = (error) => {
      controller.abort(error)
      reject(error instanceof Error ? error : workEnded)
    }
  })
  // Without this, an `expiry` that nobody waits for would be an unhandled rejection.
  expiry.catch(() => undefined)
  const cancelTimer = runtime.setTimer(limitMs, () =>
    giveUp(new DeadlineExceededError(`Not done within ${limitMs} ms`)),
  )
  const followOuter = (): void => giveUp(outer?.signal.reason)
  outer?.signal.addEventListener('abort', followOuter, { once: true })
  return {
    deadline: { signal: controller.signal, remainingMs: () => Math.max(0, endsAtMs - runtime.nowMs()) },
    expiry,
    end: () => {
      cancelTimer()
      outer?.signal.removeEventListener('abort', followOuter)
      controller.abort(workEnded)
    },
  }
}
