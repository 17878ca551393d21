import type { SandboxClock } from '../../sandbox/clock'
import { startIntegration, type IntegrationOptions, type IntegrationProcess } from '../../sandbox/integration/process'

type ProcessClock = NonNullable<IntegrationOptions['clock']>
type Start = (options: IntegrationOptions) => Promise<IntegrationProcess>

/** For `startSandbox`: the integration's own clock differs from that of both vendors. */
export const withClockAhead =
  (aheadMs: number, start: Start = startIntegration): Start =>
  (options) =>
    start({ ...options, ...(options.clock ? { clock: shifted(options.clock, aheadMs) } : {}) })

const shifted = (clock: ProcessClock, aheadMs: number): ProcessClock => ({
  nowMs: () => clock.nowMs() + aheadMs,
  onChange: (listener) => clock.onChange((nowMs) => listener(nowMs + aheadMs)),
})

/**
 * Time that runs by itself, `scale` times as fast as real time: for what depends on how long calls take. Give the same
 * `scale` to the integration, and divide latencies by it.
 */
export const runningClock = (scale: number): SandboxClock & ProcessClock => {
  const startedAtMs = Date.parse('2026-01-05T09:00:00.000Z')
  const realStartMs = performance.now()
  return {
    nowMs: () => Math.round(startedAtMs + (performance.now() - realStartMs) * scale),
    setTimer: (delayMs, run) => {
      const timer = setTimeout(() => void run(), Math.max(0, delayMs) / scale)
      return () => clearTimeout(timer)
    },
    onChange: () => () => undefined,
  }
}
