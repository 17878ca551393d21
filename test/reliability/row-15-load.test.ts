import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { agentMessage, startWithOneAgent, shownFrom } from './helpers/deliveries'
import { eachInParallel, fullTimeoutMs, isFull, numbers, percentile, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const probe = resolve(__dirname, 'helpers/probe.cjs')

/** Heap after a full collection, and how long the event loop was held up since the last probe. */
const look = async (): Promise<{ delayP99Ms: number; heapBytes: number }> =>
  new Promise((done) => {
    const stop = sandbox.integration.onLog((line) => {
      if (!line.startsWith('probe ')) return
      stop()
      done(JSON.parse(line.slice('probe '.length)) as { delayP99Ms: number; heapBytes: number })
    })
    process.kill(sandbox.integration.pid ?? 0, 'SIGUSR2')
  })

describe('row 15: load changes only time', () => {
  it(
    'many events in many sessions with 50 in flight give exactly as many messages, in time, and the heap does not grow',
    async () => {
      sandbox = await startWithOneAgent({
        process: { env: { NODE_OPTIONS: `--require ${probe}` } },
        livechatKnobs: { inactivityMs: 24 * 3_600_000 },
      })
      const sessions = size(10, 200)
      const rounds = size(2, 5)
      const perRound = size(150, 2_000)
      const talks: Talk[] = []
      while (talks.length < sessions) talks.push(await startTalk(sandbox, { pastDropWindow: false }))
      await sandbox.advance(10_000)
      const deliver = (prefix: string) => async (index: number) => {
        const talk = talks[index % sessions] as Talk
        const message = agentMessage(talk, `${prefix}-${index}`, `text ${prefix} ${index}`, { author_id: amber.email })
        expect(await sandbox.deliverWebhook('incoming_event', message)).toBe(200)
      }
      // One round to warm up: caches fill, and the engine compiles the code.
      await eachInParallel(numbers(perRound), 50, deliver('warm-up'))
      let { heapBytes } = await look()
      const timesMs: number[] = []
      const growths: number[] = []
      const delays: number[] = []
      for (const round of numbers(rounds)) {
        timesMs.push(...(await eachInParallel(numbers(perRound), 50, deliver(String(round)))))
        const seen = await look()
        growths.push((seen.heapBytes - heapBytes) / 1e6)
        delays.push(seen.delayP99Ms)
        heapBytes = seen.heapBytes
      }
      await sandbox.settle()
      const n = rounds * perRound
      const made = talks.reduce((sum, talk) => sum + shownFrom(talk).length, 0)
      const worstDelay = Math.round(Math.max(...delays))
      // At reduced size the times are printed, but only asserted at full size.
      const missed = isFull ? [percentile(timesMs, 95) >= 500, worstDelay >= 100, Math.max(...growths) >= 2] : []
      record({
        row: 15,
        what: `events over ${sessions} sessions, 50 in flight`,
        n,
        failures: Math.abs(made - n - perRound) + missed.filter((isMissed) => isMissed).length,
        timesMs,
        note: `event loop p99 ${worstDelay} ms, heap growth by round ${growths.map((each) => each.toFixed(1)).join(', ')} MB, heap ${(heapBytes / 1e6).toFixed(0)} MB`,
      })
      expect(made).toBe(n + perRound)
      if (!isFull) return
      expect(percentile(timesMs, 95)).toBeLessThan(500)
      expect(worstDelay).toBeLessThan(100)
      expect(Math.max(...growths)).toBeLessThan(2)
    },
    fullTimeoutMs,
  )
})
