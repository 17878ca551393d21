import { expect, it } from 'vitest'
import { VirtualClock, type SandboxClock } from '../clock'
import { Schedule } from './schedule'

it('runs in order of time, ties in order of creation', async () => {
  const clock = new VirtualClock()
  const schedule = new Schedule(clock)
  const log: string[] = []
  const add = (name: string, inMs: number) =>
    schedule.at(clock.nowMs() + inMs, async () => {
      log.push(name)
    })
  add('late', 20)
  add('first', 10)
  add('second', 10)
  await clock.advance(20)
  expect(log).toEqual(['first', 'second', 'late'])
})

it('keeps that order on a clock whose timers fire late and in any order', async () => {
  const timers: (() => void | Promise<void>)[] = []
  let nowMs = 0
  const clock: SandboxClock = {
    nowMs: () => nowMs,
    setTimer: (_, run) => {
      timers.push(run)
      return () => undefined
    },
  }
  const schedule = new Schedule(clock)
  const log: string[] = []
  for (const [name, dueMs] of [
    ['second', 20],
    ['first', 10],
    ['third', 20],
  ] as const) {
    schedule.at(dueMs, async () => {
      log.push(name)
    })
  }
  nowMs = 30
  for (const fire of timers.reverse()) await fire()
  expect(log).toEqual(['first', 'second', 'third'])
})

it('waits longer than one timer can', async () => {
  const delays: number[] = []
  let nowMs = 0
  const timers: (() => void | Promise<void>)[] = []
  const clock: SandboxClock = {
    nowMs: () => nowMs,
    setTimer: (delayMs, run) => {
      delays.push(delayMs)
      timers.push(run)
      return () => undefined
    },
  }
  let isRun = false
  new Schedule(clock).at(3_000_000_000, async () => {
    isRun = true
  })
  nowMs = 2_147_483_647
  await timers[0]?.()
  expect([isRun, delays]).toEqual([false, [2_147_483_647, 852_516_353]])
  nowMs = 3_000_000_000
  await timers[1]?.()
  expect(isRun).toBe(true)
})

it('forgets what was canceled', async () => {
  const clock = new VirtualClock()
  const schedule = new Schedule(clock)
  let isRun = false
  const cancel = schedule.at(clock.nowMs() + 10, async () => {
    isRun = true
  })
  cancel()
  await clock.advance(10)
  expect(isRun).toBe(false)
})

it('lets time go on when a task that it started waits for time itself', async () => {
  const clock = new VirtualClock()
  const schedule = new Schedule(clock)
  let isDone = false
  schedule.at(clock.nowMs() + 10, async () => {
    await new Promise<void>((resolve) => clock.setTimer(10, resolve))
    isDone = true
  })
  await clock.advance(20)
  await new Promise((resolve) => setImmediate(resolve))
  expect(isDone).toBe(true)
})
