import { LiveChatApiError, LiveChatError } from '../errors'

export type RetryLimits = { maxAttempts: number; baseDelayMs: number; maxDelayMs: number }

/**
 * Three retries, with at most 7.5 s of waiting in all. LiveChat or Botpress may call us again later. The random waits
 * are long enough to spread many clients that one outage cuts off at the same moment: less than 5 % of their retries
 * fall into any tenth of a second.
 */
export const defaultRetryLimits: RetryLimits = { maxAttempts: 4, baseDelayMs: 1_500, maxDelayMs: 3_000 }

/**
 * How many milliseconds to wait before the next attempt, or `undefined` to give up. Exponential with full jitter
 * (random from 0 to the cap), so that many clients do not come back together. If LiveChat says how long to wait, we
 * wait exactly that long, without jitter. If the remaining time is too short for that, we give up.
 * @param attempt the number of the attempt that failed, from 1
 * @param isRepeatable whether to retry even if the request may have taken effect
 */
export const nextDelayMs = (
  error: unknown,
  attempt: number,
  isRepeatable: boolean,
  remainingMs: number,
  random: () => number,
  limits: RetryLimits = defaultRetryLimits,
): number | undefined => {
  if (!(error instanceof LiveChatError) || !error.retryable || attempt >= limits.maxAttempts) return undefined
  if (error.mayHaveLanded && !isRepeatable) return undefined
  const statedMs = error instanceof LiveChatApiError ? error.detail.retryAfterMs : undefined
  const delayMs = statedMs ?? random() * Math.min(limits.maxDelayMs, limits.baseDelayMs * 2 ** (attempt - 1))
  return delayMs < remainingMs ? delayMs : undefined
}

/** `Retry-After`, seconds or a date, in milliseconds from now. `undefined` if absent, unreadable or negative. */
export const parseRetryAfterMs = (header: unknown, nowMs: number): number | undefined => {
  if (typeof header !== 'string' || header.trim() === '') return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined
  // HTTP dates end in GMT. Without this test, `Date.parse` would find a past date in almost any text with a number.
  const atMs = header.trim().endsWith('GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}
