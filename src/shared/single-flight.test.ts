import { describe, expect, it } from 'vitest'
import { createSingleFlight } from './single-flight'

/** A promise that the test settles, and how often work that waits for it was begun. */
const createGate = <T>() => {
  let open = (_: T): void => undefined
  let fail = (_: Error): void => undefined
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  let begun = 0
  const work = (): Promise<T> => {
    begun += 1
    return promise
  }
  return { open, fail, work, begun: () => begun }
}
const { signal } = new AbortController()
/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createSingleFlight', () => {
  it('runs work once for all who come while it is under way', async () => {
    const singleFlight = createSingleFlight<string>()
    const gate = createGate<string>()
    const results = [1, 2, 3].map(() => singleFlight('a', gate.work, signal))
    gate.open('result')
    await expect(Promise.all(results)).resolves.toEqual(['result', 'result', 'result'])
    expect(gate.begun()).toBe(1)
  })

  it('runs the work of different keys apart', async () => {
    const singleFlight = createSingleFlight<string>()
    const slow = createGate<string>()
    void singleFlight('a', slow.work, signal)
    await expect(singleFlight('b', () => Promise.resolve('b'), signal)).resolves.toBe('b')
  })

  it('runs again for those who come after the end', async () => {
    const singleFlight = createSingleFlight<number>()
    let runs = 0
    const work = () => Promise.resolve((runs += 1))
    expect(await singleFlight('a', work, signal)).toBe(1)
    await settle()
    expect(await singleFlight('a', work, signal)).toBe(2)
  })

  it('fails for all who shared it, and not for those who come later', async () => {
    const singleFlight = createSingleFlight<string>()
    const gate = createGate<string>()
    const results = [1, 2].map(() => singleFlight('a', gate.work, signal))
    gate.fail(new Error('broken'))
    await expect(Promise.allSettled(results)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    await settle()
    await expect(singleFlight('a', () => Promise.resolve('fine'), signal)).resolves.toBe('fine')
  })

  it('begins anew for who still has time when the work ends with its starter’s time, once for all of these', async () => {
    const singleFlight = createSingleFlight<string>()
    const hurried = new AbortController()
    const first = createGate<string>()
    const second = createGate<string>()
    const inAHurry = singleFlight('a', first.work, hurried.signal)
    const patient = [1, 2].map(() => singleFlight('a', second.work, signal))
    hurried.abort(new Error('no time'))
    first.fail(new Error('no time'))
    await expect(inAHurry).rejects.toThrow('no time')
    second.open('late')
    await expect(Promise.all(patient)).resolves.toEqual(['late', 'late'])
    expect(second.begun()).toBe(1)
  })

  it('gives up work whose time is over, so that it cannot hold up its key for ever', async () => {
    const singleFlight = createSingleFlight<string>()
    const controller = new AbortController()
    const hanging = createGate<string>()
    void singleFlight('a', hanging.work, controller.signal)
    controller.abort()
    await settle()
    await expect(singleFlight('a', () => Promise.resolve('fresh'), signal)).resolves.toBe('fresh')
  })

  it('does not let work that was given up end the flight of its successor', async () => {
    const singleFlight = createSingleFlight<string>()
    const controller = new AbortController()
    const [hanging, next] = [createGate<string>(), createGate<string>()]
    void singleFlight('a', hanging.work, controller.signal)
    controller.abort()
    await settle()
    const second = singleFlight('a', next.work, signal)
    hanging.open('late')
    await settle()
    const third = singleFlight('a', next.work, signal)
    next.open('shared')
    await expect(Promise.all([second, third])).resolves.toEqual(['shared', 'shared'])
    expect(next.begun()).toBe(1)
  })
})
