import { describe, expect, it } from 'vitest'
import { DeadlineExceededError, withDeadline, type Deadline } from './deadline'
import type { Runtime } from './runtime'

/** A clock that moves only by `advance`, which also runs the timers that are due. */
const createClock = () => {
  let nowMs = 1_000
  const timers = new Map<() => void, number>()
  const runtime: Runtime = {
    nowMs: () => nowMs,
    random: () => 0,
    newId: () => 'id',
    sleep: () => Promise.reject(new Error('not expected to sleep')),
    setTimer: (durationMs, run) => {
      timers.set(run, nowMs + durationMs)
      return () => timers.delete(run)
    },
  }
  const advance = (durationMs: number): void => {
    nowMs += durationMs
    for (const [run, atMs] of timers) {
      if (atMs > nowMs) continue
      timers.delete(run)
      run()
    }
  }
  return { runtime, advance, timers }
}
const never = () => new Promise<never>(() => undefined)

describe('withDeadline', () => {
  it('returns the result of work that ends in time', async () => {
    await expect(withDeadline(createClock().runtime, 100, () => Promise.resolve(7))).resolves.toBe(7)
  })

  it('passes on the failure of the work', async () => {
    const failure = new Error('broken')
    await expect(withDeadline(createClock().runtime, 100, () => Promise.reject(failure))).rejects.toBe(failure)
  })

  it('passes on an error that the work throws before its first wait', async () => {
    const clock = createClock()
    const work = (): Promise<never> => {
      throw new Error('broken at once')
    }
    await expect(withDeadline(clock.runtime, 100, work)).rejects.toThrow('broken at once')
    expect(clock.timers.size).toBe(0)
  })

  it('does not wait longer for work that ignores its signal', async () => {
    const clock = createClock()
    const result = withDeadline(clock.runtime, 100, never)
    clock.advance(100)
    await expect(result).rejects.toBeInstanceOf(DeadlineExceededError)
  })

  it('waits until the very end of the time', async () => {
    const clock = createClock()
    let finish = (_: string): void => undefined
    const result = withDeadline(clock.runtime, 100, () => new Promise<string>((resolve) => (finish = resolve)))
    clock.advance(99)
    finish('just in time')
    await expect(result).resolves.toBe('just in time')
  })

  it('aborts the signal with the same error that the caller gets', async () => {
    const clock = createClock()
    let seen: Deadline | undefined
    const result = withDeadline(clock.runtime, 100, (deadline) => {
      seen = deadline
      return never()
    })
    expect(seen?.signal.aborted).toBe(false)
    clock.advance(100)
    await expect(result).rejects.toBe(seen?.signal.reason)
  })

  it('counts down to zero and not below', async () => {
    const clock = createClock()
    const left: number[] = []
    await withDeadline(clock.runtime, 100, async ({ remainingMs }) => {
      left.push(remainingMs())
      clock.advance(40)
      left.push(remainingMs())
      clock.advance(200)
      left.push(remainingMs())
    }).catch(() => undefined)
    expect(left).toEqual([100, 60, 0])
  })

  it('leaves no timer behind, however the work ends', async () => {
    const clock = createClock()
    await withDeadline(clock.runtime, 100, () => Promise.resolve())
    await withDeadline(clock.runtime, 100, () => Promise.reject(new Error('broken'))).catch(() => undefined)
    expect(clock.timers.size).toBe(0)
  })

  it('aborts the signal when the work has ended, so that its remaining parts stop', async () => {
    const clock = createClock()
    const { signal } = await withDeadline(clock.runtime, 100, (deadline) => Promise.resolve(deadline))
    expect(signal.aborted).toBe(true)
    expect(clock.timers.size).toBe(0)
  })

  it('ends with the outer deadline when that comes first', async () => {
    const clock = createClock()
    const inner: Deadline[] = []
    const result = withDeadline(clock.runtime, 50, (outer) =>
      withDeadline(clock.runtime, 1_000, (deadline) => (inner.push(deadline), never()), outer),
    )
    expect(inner[0]?.remainingMs()).toBe(50)
    clock.advance(50)
    await expect(result).rejects.toBeInstanceOf(DeadlineExceededError)
    expect(inner[0]?.signal.aborted).toBe(true)
  })

  it('does not begin after the outer deadline', async () => {
    const clock = createClock()
    const outers: Deadline[] = []
    await withDeadline(clock.runtime, 50, (outer) => Promise.resolve(outers.push(outer)))
    let begun = 0
    const work = (): Promise<void> => Promise.resolve(void (begun += 1))
    await expect(withDeadline(clock.runtime, 50, work, outers[0])).rejects.toBeInstanceOf(DeadlineExceededError)
    expect(begun).toBe(0)
  })
})
