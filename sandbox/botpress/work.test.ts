import { expect, it } from 'vitest'
import { Lanes, Work } from './work'

const fail = (error: unknown): void => {
  throw error
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('runs one job of a lane at a time, and lanes side by side', async () => {
  const work = new Work()
  const lanes = new Lanes(work, fail)
  const log: string[] = []
  const job = (name: string) => async () => {
    log.push(`${name} begins`)
    await turn()
    log.push(`${name} ends`)
  }
  void lanes.add('x', job('x1'))
  void lanes.add('x', job('x2'))
  void lanes.add('y', job('y1'))
  await work.settle()
  expect(log).toEqual(['x1 begins', 'y1 begins', 'x1 ends', 'x2 begins', 'y1 ends', 'x2 ends'])
})

it('goes on after a job that failed', async () => {
  const work = new Work()
  const errors: unknown[] = []
  const lanes = new Lanes(work, (error) => errors.push(error))
  let isDone = false
  void lanes.add('x', async () => Promise.reject(new Error('bad')))
  void lanes.add('x', async () => void (isDone = true))
  await work.settle()
  expect([isDone, errors.length]).toEqual([true, 1])
})

it('settles while a held lane waits, and runs it after the release', async () => {
  const work = new Work()
  const lanes = new Lanes(work, fail)
  const release = lanes.hold('x')
  let isDone = false
  void lanes.add('x', async () => void (isDone = true))
  await work.settle()
  expect(isDone).toBe(false)
  release()
  await work.settle()
  expect(isDone).toBe(true)
})
