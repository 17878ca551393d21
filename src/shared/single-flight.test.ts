import { describe, expect, it } from 'vitest'
import { createSingleFlight } from './single-flight'

/** Work that ends when the test settles it, and a count of how often it began. */
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
/** Waits until everything that can run has run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createSingleFlight', () => {
  it('runs work once for all callers who come while it is running', async () => {
    const singleFlight = createSingleFlight<string>()
    const gate = createGate<string>()
    const results = [1, 2, 3].map(() => singleFlight('a', gate.work, signal))
    gate.open('result')
    await expect(Promise.all(results)).resolves.toEqual(['result', 'result', 'result'])
    expect(gate.begun()).toBe(1)
  })

  it('runs the work of different keys independently', async () => {
    const singleFlight = createSingleFlight<string>()
    const slow = createGate<string>()
    void singleFlight('a', slow.work, signal)
    await expect(singleFlight('b', () => Promise.resolve('b'), signal)).resolves.toBe('b')
  })

  it('runs again for a caller who comes after the end', async () => {
    const singleFlight = createSingleFlight<number>()
    let runs = 0
    const work = () => Promise.resolve((runs += 1))
    expect(await singleFlight('a', work, signal)).toBe(1)
    await settle()
    expect(await singleFlight('a', work, signal)).toBe(2)
  })

  it('fails for all callers who share the work, but not for later ones', async () => {
    const singleFlight = createSingleFlight<string>()
    const gate = createGate<string>()
    const results = [1, 2].map(() => singleFlight('a', gate.work, signal))
    gate.fail(new Error('broken'))
    await expect(Promise.allSettled(results)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    await settle()
    await expect(singleFlight('a', () => Promise.resolve('fine'), signal)).resolves.toBe('fine')
  })

  it('starts again, once, for the callers who still have time when the first caller’s time is over', async () => {
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

  it('gives up work whose signal has aborted, so that it cannot block its key for ever', async () => {
    const singleFlight = createSingleFlight<string>()
    const controller = new AbortController()
    const hanging = createGate<string>()
    void singleFlight('a', hanging.work, controller.signal)
    controller.abort()
    await settle()
    await expect(singleFlight('a', () => Promise.resolve('fresh'), signal)).resolves.toBe('fresh')
  })

  it('does not forget the next work when work that was given up ends late', async () => {
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
