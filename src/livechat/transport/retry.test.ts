import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LiveChatAccountsError,
  LiveChatApiError,
  LiveChatIdentityLostError,
  LiveChatNetworkError,
  LiveChatSchemaError,
  LiveChatTimeoutError,
} from '../errors'
import { defaultRetryLimits, nextDelayMs, parseRetryAfterMs } from './retry'

const busy = new LiveChatApiError('send_event', 'too_many_requests', 429)
const lost = new LiveChatTimeoutError('send_event')
const stated = (retryAfterMs: number) => new LiveChatApiError('send_event', 'too_many_requests', 429, { retryAfterMs })
const half = () => 0.5
const plenty = 60_000

describe('nextDelayMs', () => {
  it.each([
    [1, 750],
    [2, 1_500],
    [3, 1_500],
  ])('doubles the cap after each attempt, up to the longest delay: attempt %i', (attempt, delayMs) => {
    expect(nextDelayMs(busy, attempt, true, plenty, half)).toBe(delayMs)
  })

  it.each([4, 5, 100])('gives up after attempt %i', (attempt) => {
    expect(nextDelayMs(busy, attempt, true, plenty, half)).toBeUndefined()
  })

  it('waits no longer than the longest delay', () => {
    const limits = { maxAttempts: 100, baseDelayMs: 300, maxDelayMs: 2_400 }
    expect(nextDelayMs(busy, 50, true, plenty, half, limits)).toBe(1_200)
  })

  it('waits for any time from 0 to the cap', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
        (chance, attempt) => {
          const delayMs = nextDelayMs(busy, attempt, true, plenty, () => chance)
          expect(delayMs).toBeGreaterThanOrEqual(0)
          expect(delayMs).toBeLessThanOrEqual(Math.min(defaultRetryLimits.maxDelayMs, 1_500 * 2 ** (attempt - 1)))
        },
      ),
    )
    expect(nextDelayMs(busy, 1, true, plenty, () => 0)).toBe(0)
  })

  it('waits exactly as long as LiveChat states', () => {
    expect(nextDelayMs(stated(7_000), 1, true, plenty, half)).toBe(7_000)
  })

  it.each([
    ['a stated delay longer than the time that is left', stated(5_000), 4_999],
    ['a stated delay as long as the time that is left', stated(5_000), 5_000],
    ['a huge stated delay', stated(1e15), plenty],
    ['a delay of its own longer than the time that is left', busy, 100],
    ['no time left', busy, 0],
  ])('gives up at once with %s', (_, error, remainingMs) => {
    expect(nextDelayMs(error, 1, true, remainingMs, half)).toBeUndefined()
  })

  it.each([
    ['certainly had no effect', busy, false, true],
    ['certainly had no effect', busy, true, true],
    ['may have landed', lost, false, false],
    ['may have landed', lost, true, true],
  ])('repeats a request that %s (%s), repeatable %s: %s', (_, error, isRepeatable, isRepeated) => {
    expect(nextDelayMs(error, 1, isRepeatable, plenty, half) !== undefined).toBe(isRepeated)
  })

  it.each([
    ['a refusal', new LiveChatApiError('send_event', 'validation', 422)],
    ['a refused token', new LiveChatApiError('send_event', 'authentication', 401)],
    ['an answer that cannot be read', new LiveChatSchemaError('send_event', ['event_id'])],
    ['a lost identity', new LiveChatIdentityLostError('c1')],
    ['a wrong client id', new LiveChatAccountsError('unauthorized_client', 'client_id_not_found', 401)],
    ['a mistake in our own code', new TypeError('x is not a function')],
    ['a thrown value that is no error', 'too_many_requests'],
    ['nothing', undefined],
  ])('never repeats after %s', (_, error) => {
    expect(nextDelayMs(error, 1, true, plenty, half)).toBeUndefined()
  })

  it.each([
    ['no connection', new LiveChatNetworkError('send_event', 'ECONNREFUSED')],
    ['a fault of the accounts server', new LiveChatAccountsError('server_error', undefined, 500)],
    ['a service that is down', new LiveChatApiError('send_event', 'service_unavailable', 503)],
  ])('repeats even a write after %s', (_, error) => {
    expect(nextDelayMs(error, 1, false, plenty, half)).toBe(750)
  })
})

describe('parseRetryAfterMs', () => {
  const nowMs = Date.parse('2025-01-01T00:00:00Z')

  it.each<[unknown, number]>([
    ['0', 0],
    ['1', 1_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['99999999999', 99_999_999_999_000],
    ['Wed, 01 Jan 2025 00:00:30 GMT', 30_000],
    ['Wed, 01 Jan 2025 00:00:00 GMT', 0],
    ['Tue, 31 Dec 2024 23:59:00 GMT', 0],
    ['Mon, 01 Jan 1601 00:00:00 GMT', 0],
  ])('reads %j as %i ms', (header, delayMs) => {
    expect(parseRetryAfterMs(header, nowMs)).toBe(delayMs)
  })

  it.each<unknown>([
    undefined,
    null,
    '',
    '   ',
    '-1',
    '-0.5',
    'soon',
    'in 5',
    'soon 5',
    '1,5',
    '5 seconds',
    'Infinity',
    '-Infinity',
    'NaN',
    'GMT',
    'tomorrow GMT',
    '2025-01-01',
    5,
    ['5'],
    {},
    true,
  ])('ignores %j', (header) => {
    expect(parseRetryAfterMs(header, nowMs)).toBeUndefined()
  })

  it('never gives a negative or unreadable delay for any header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything()), (header) => {
        const delayMs = parseRetryAfterMs(header, nowMs)
        expect(delayMs === undefined || delayMs >= 0).toBe(true)
      }),
    )
  })
})
