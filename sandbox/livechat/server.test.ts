import { afterEach, expect, it } from 'vitest'
import { startBench, type Bench } from './test-bench'

let bench: Bench
afterEach(() => bench.close())

it.each([0, 300_000, -120_000])('answers carry the time of the shared clock, %i ms ahead', async (aheadMs) => {
  bench = await startBench({ clockAheadMs: aheadMs })
  await bench.clock.advance(1_500)
  const { headers } = await bench.token()
  const stated = Date.parse(headers.get('date') ?? '')
  expect(stated).toBe(Math.floor((bench.clock.nowMs() + aheadMs) / 1000) * 1000)
})
