import type { Runtime } from './runtime'

/** The end of the time for some work: pass `signal` to every wait, ask `remainingMs` before starting another try. */
export type Deadline = { signal: AbortSignal; remainingMs: () => number }

export class DeadlineExceededError extends Error {
  public override readonly name = 'DeadlineExceededError'
}

/** Made once: an error per operation would cost its stack trace. */
const isOver = new DeadlineExceededError('The work has been answered for')

/**
 * Runs `work` with a deadline: `budgetMs` from now, or the end of `outer` when that comes first. Work that ignores its
 * signal is not awaited past the deadline. The signal also aborts when `work` ends, so that parts of it that are still
 * under way start nothing more.
 * @throws DeadlineExceededError
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
 * The same for work that is no single function: `end` must be called, and aborts what is left.
 * `expiry` rejects when the time is up.
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
      reject(error instanceof Error ? error : isOver)
    }
  })
  // Who races against it hears of it; nobody else has to.
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
      controller.abort(isOver)
    },
  }
}
