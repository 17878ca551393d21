import { describe, expect, it } from 'vitest'
import { createSequence, createSingleFlight } from './single-flight'

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

describe('createSequence', () => {
  it('runs the works of a key one after another, in the order in which they came', async () => {
    const inTurn = createSequence()
    const [first, second] = [createGate<string>(), createGate<string>()]
    const results = [inTurn('a', first.work, signal), inTurn('a', second.work, signal)]
    await settle()
    expect([first.begun(), second.begun()]).toEqual([1, 0])
    first.open('one')
    await settle()
    expect(second.begun()).toBe(1)
    second.open('two')
    await expect(Promise.all(results)).resolves.toEqual(['one', 'two'])
  })

  it('does not hold up the works of another key', async () => {
    const inTurn = createSequence()
    void inTurn('a', createGate().work, signal)
    await expect(inTurn('b', () => Promise.resolve('b'), signal)).resolves.toBe('b')
  })

  it('goes on after work that failed, whose failure only its caller hears of', async () => {
    const inTurn = createSequence()
    const failed = inTurn('a', () => Promise.reject(new Error('broken')), signal)
    const next = inTurn('a', () => Promise.resolve('fine'), signal)
    await expect(failed).rejects.toThrow('broken')
    await expect(next).resolves.toBe('fine')
  })

  it('does not begin work whose own time was over before its turn came', async () => {
    const inTurn = createSequence()
    const [first, late] = [createGate(), createGate()]
    const controller = new AbortController()
    void inTurn('a', first.work, signal)
    const given = inTurn('a', late.work, controller.signal)
    const next = inTurn('a', () => Promise.resolve('fine'), signal)
    controller.abort(new Error('time is over'))
    first.open(undefined)
    await expect(given).rejects.toThrow('time is over')
    expect(late.begun()).toBe(0)
    await expect(next).resolves.toBe('fine')
  })

  it('goes on after work whose time is over', async () => {
    const inTurn = createSequence()
    const controller = new AbortController()
    void inTurn('a', createGate().work, controller.signal)
    const next = inTurn('a', () => Promise.resolve('fine'), signal)
    controller.abort()
    await expect(next).resolves.toBe('fine')
  })

  it('keeps the order of many', async () => {
    const inTurn = createSequence()
    const order: number[] = []
    const numbers = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(
      numbers.map((number) =>
        inTurn(
          'a',
          async () => {
            await settle()
            order.push(number)
          },
          new AbortController().signal,
        ),
      ),
    )
    expect(order).toEqual(numbers)
  })
})
