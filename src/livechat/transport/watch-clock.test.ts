import { describe, expect, it } from 'vitest'
import { watchClock } from './watch-clock'

const deadline = { signal: new AbortController().signal, remainingMs: () => Infinity }
const noonMs = Date.UTC(2026, 0, 5, 12)

/** One call: when LiveChat gets it, by its own clock, and how long request and answer are under way. */
type Call = { atMs: number; thereMs: number; backMs: number }

/** What a process whose clock is `aheadMs` ahead has seen after the calls. */
const seenAfter = async (aheadMs: number, calls: Call[]): Promise<number | undefined> => {
  let nowMs = 0
  const runtime = { nowMs: () => nowMs }
  let backMs = 0
  let dateMs = 0
  const { http, seen } = watchClock(runtime, () => {
    nowMs = dateMs + aheadMs + backMs
    return Promise.resolve({ status: 200, headers: { date: new Date(dateMs).toUTCString() }, text: '' })
  })
  for (const call of calls) {
    ;({ atMs: dateMs, backMs } = call)
    nowMs = call.atMs + aheadMs - call.thereMs
    await http({ method: 'GET', url: 'https://api.livechatinc.com', headers: {}, action: 'get_chat' }, deadline)
  }
  return seen()?.aheadMs
}

const call = (atMs: number, thereMs = 50, backMs = 50): Call => ({ atMs: noonMs + atMs, thereMs, backMs })

describe('a process compares its clock with LiveChat’s', () => {
  it.each([
    ['one quick call', [call(0)]],
    ['a quick call at the end of a second', [call(999)]],
    ['a request that is under way for long', [call(0, 14_000, 50)]],
    ['an answer that is under way for long', [call(0, 50, 14_000)]],
    ['quick calls before and after a slow one', [call(0), call(20_000, 7_000, 7_000), call(30_000)]],
  ])('and finds no difference where there is none: %s', async (_, calls) => {
    expect(await seenAfter(0, calls)).toBe(0)
  })

  it.each([-600_000, -20_000, 20_000, 600_000])('and finds a difference of %i ms, within a second', async (aheadMs) => {
    const seen = await seenAfter(aheadMs, [call(300), call(5_900)])
    expect(Math.abs((seen ?? 0) - aheadMs)).toBeLessThanOrEqual(1_100)
  })

  it('and does not lose what it knows in a slow call', async () => {
    const quick = await seenAfter(20_000, [call(0)])
    expect(await seenAfter(20_000, [call(0), call(30_000, 14_000, 50)])).toBe(quick)
  })
})
