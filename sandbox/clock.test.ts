import { describe, expect, it } from 'vitest'
import { RunningClock } from './clock'

const HOUR_MS = 3_600_000

describe('a clock that runs', () => {
  it('does at once what was due meanwhile, the earliest first, and leaves the rest', async () => {
    const clock = new RunningClock()
    const done: string[] = []
    const cancel = [
      clock.setTimer(2 * HOUR_MS, () => void done.push('second')),
      clock.setTimer(HOUR_MS, () => void done.push('first')),
      clock.setTimer(5 * HOUR_MS, () => void done.push('too early')),
    ]
    const before = clock.nowMs()
    await clock.moveOn(3 * HOUR_MS)
    expect(done).toEqual(['first', 'second'])
    expect(clock.nowMs() - before).toBeGreaterThanOrEqual(3 * HOUR_MS)
    cancel.forEach((stop) => stop())
  })

  it('does nothing twice, and nothing that was cancelled', async () => {
    const clock = new RunningClock()
    const done: string[] = []
    const cancel = clock.setTimer(HOUR_MS, () => void done.push('cancelled'))
    clock.setTimer(HOUR_MS, () => void done.push('once'))
    cancel()
    await clock.moveOn(HOUR_MS)
    await clock.moveOn(HOUR_MS)
    expect(done).toEqual(['once'])
  })

  it('tells whoever follows it the new time before anything is done', async () => {
    const clock = new RunningClock()
    const seen: string[] = []
    clock.onChange(() => void seen.push('told'))
    clock.setTimer(HOUR_MS, () => void seen.push('done'))
    await clock.moveOn(HOUR_MS)
    expect(seen).toEqual(['told', 'done'])
  })
})
