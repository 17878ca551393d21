import { describe, expect, it } from 'vitest'
import { createCustomerApi, type CustomerCredentials } from '../../src/livechat/customer-api'
import type { Http, HttpResponse } from '../../src/livechat/transport/http'
import { parseRetryAfterMs } from '../../src/livechat/transport/retry'
import type { Runtime } from '../../src/shared/runtime'
import { createRandom, fullTimeoutMs, record, size } from './helpers/measure'

const random = createRandom(16)
const credentials: CustomerCredentials = {
  customerId: 'c',
  accessToken: () => Promise.resolve('t'),
  renew: () => Promise.resolve('t2'),
  region: undefined,
  followRegion: () => undefined,
}

/** One client with a time of its own, and a server whose answers depend on the time of the call. */
const runClient = async (
  answer: (atMs: number) => Partial<HttpResponse>,
  { budgetMs = 30_000, repeatable = true } = {},
): Promise<{ callsAtMs: number[]; endedAtMs: number; failed: boolean }> => {
  let nowMs = 0
  const callsAtMs: number[] = []
  const runtime: Runtime = {
    nowMs: () => nowMs,
    random: random.next,
    newId: () => 'id',
    sleep: (durationMs) => {
      nowMs += durationMs
      return Promise.resolve()
    },
    setTimer: () => () => undefined,
  }
  const http: Http = () => {
    callsAtMs.push(nowMs)
    return Promise.resolve({ status: 200, text: '{"event_id":"e"}', headers: {}, ...answer(nowMs) })
  }
  const deadline = { signal: new AbortController().signal, remainingMs: () => Math.max(0, budgetMs - nowMs) }
  const api = createCustomerApi(runtime, http, 'org', credentials, deadline)
  const work = repeatable
    ? api.sendRichMessagePostback('chat', 'thread', 'event', { id: 'button', toggled: true })
    : api.sendEvent('chat', { type: 'message', text: 'x', custom_id: 'i' })
  const failed = await work.then(
    () => false,
    () => true,
  )
  return { callsAtMs, endedAtMs: nowMs, failed }
}

const refusal = (headers: Record<string, unknown> = {}): Partial<HttpResponse> => ({
  status: 429,
  text: '{"error":{"type":"too_many_requests"}}',
  headers,
})

describe('row 16: retries are polite and bounded', () => {
  const nowMs = Date.parse('2026-01-05T09:00:00Z')
  it.each([
    ['seconds', '2', 2_000],
    ['no time', '0', 0],
    ['a fraction', '0.5', 500],
    ['a date', 'Mon, 05 Jan 2026 09:00:07 GMT', 7_000],
    ['a date in the past', 'Mon, 05 Jan 2026 08:00:00 GMT', 0],
    ['a huge number', '1e12', 1e15],
    ['a negative number', '-5', undefined],
    ['words', 'soon, maybe 2', undefined],
    ['nothing', '', undefined],
    ['a number that is none', 'NaN', undefined],
    ['without end', 'Infinity', undefined],
    ['a list', ['1', '2'], undefined],
    ['no header', undefined, undefined],
  ])('reads Retry-After given as %s', (_name, header, expected) => {
    expect(parseRetryAfterMs(header, nowMs)).toBe(expected)
  })

  it('waits exactly as long as the server says, and not at all if that is longer than the time left', async () => {
    const once = (header: string) => (atMs: number) => (atMs === 0 ? refusal({ 'retry-after': header }) : {})
    expect((await runClient(once('5'))).callsAtMs).toEqual([0, 5_000])
    const patient = await runClient(once('86400'))
    expect(patient).toMatchObject({ callsAtMs: [0], failed: true })
  })

  it.each([
    ['refusals', refusal()],
    ['server faults', { status: 500, text: '' }],
    ['stated waits', refusal({ 'retry-after': '9' })],
  ])('stays within its attempts and its time under endless %s', async (_name, answer) => {
    const n = size(100, 1_000)
    let most = 0
    let longest = 0
    for (let left = n; left > 0; left -= 1) {
      const { callsAtMs, endedAtMs, failed } = await runClient(() => answer)
      most = Math.max(most, callsAtMs.length)
      longest = Math.max(longest, endedAtMs)
      expect(failed).toBe(true)
    }
    record({
      row: 16,
      what: `clients under endless ${_name}`,
      n,
      failures: 0,
      note: `at most ${most} calls in ${Math.round(longest)} ms`,
    })
    expect(most).toBeLessThanOrEqual(4)
    expect(longest).toBeLessThanOrEqual(30_000)
  })

  it('repeats a write that may have landed in no layer, and a refused write in one layer only', async () => {
    expect((await runClient(() => ({ status: 500, text: '' }), { repeatable: false })).callsAtMs).toHaveLength(1)
    expect((await runClient(() => refusal(), { repeatable: false })).callsAtMs).toHaveLength(4)
  })

  it(
    '1,000 clients that one outage cut off come back spread over time',
    async () => {
      const n = 1_000
      const retriesAtMs: number[] = []
      // The worst case: all of them called at the same instant, and nobody is served before they have given up.
      for (let left = n; left > 0; left -= 1) retriesAtMs.push(...(await runClient(() => refusal())).callsAtMs.slice(1))
      const buckets = new Map<number, number>()
      for (const atMs of retriesAtMs)
        buckets.set(Math.floor(atMs / 100), (buckets.get(Math.floor(atMs / 100)) ?? 0) + 1)
      const busiest = Math.max(...buckets.values()) / retriesAtMs.length
      const percent = Math.round(busiest * 1000) / 10
      record({
        row: 16,
        what: 'clients after one outage',
        n,
        failures: percent < 5 ? 0 : 1,
        note: `busiest 100 ms ${percent} % of the retries`,
      })
      expect(percent).toBeLessThan(5)
    },
    fullTimeoutMs,
  )
})
