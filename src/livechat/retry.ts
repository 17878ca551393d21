import { LiveChatApiError, LiveChatError } from './errors'

export type RetryLimits = { maxAttempts: number; baseDelayMs: number; maxDelayMs: number }

/**
 * Three repeats within 7.5 s: longer waits belong to whoever called us. The first wait is long enough to spread many
 * clients that one outage cut off in the same instant: less than 5 % of their repeats fall into any tenth of a second.
 */
export const defaultRetryLimits: RetryLimits = { maxAttempts: 4, baseDelayMs: 1_500, maxDelayMs: 3_000 }

/**
 * How long to wait before the next try, or `undefined` to give up.
 * Exponential with full jitter (a number from 0 to the cap), so that many clients do not come back together;
 * a delay that the server stated is kept exactly, without jitter, if the remaining time allows it.
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

/** `Retry-After` as seconds or as a date; `undefined` when absent, unreadable or negative. */
export const parseRetryAfterMs = (header: unknown, nowMs: number): number | undefined => {
  if (typeof header !== 'string' || header.trim() === '') return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined
  // Dates of HTTP end in GMT. `Date.parse` alone finds a date, long past, in almost any words with a number.
  const atMs = header.trim().endsWith('GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}
