import { describe, expect, it } from 'vitest'
import { createTurns } from './turns'

/** Work that ends when the test settles it, and a count of how often it began. */
const createGate = <T>() => {
  let open = (_: T): void => undefined
  const promise = new Promise<T>((resolve) => {
    open = resolve
  })
  let begun = 0
  const work = (): Promise<T> => {
    begun += 1
    return promise
  }
  return { open, work, begun: () => begun }
}
const { signal } = new AbortController()
/** Waits until everything that can run has run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createTurns', () => {
  it('runs the work of a key one after another, in the order of the calls', async () => {
    const inTurn = createTurns()
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

  it('does not delay the work of another key', async () => {
    const inTurn = createTurns()
    void inTurn('a', createGate().work, signal)
    await expect(inTurn('b', () => Promise.resolve('b'), signal)).resolves.toBe('b')
  })

  it('goes on after work that failed, and only its caller gets the failure', async () => {
    const inTurn = createTurns()
    const failed = inTurn('a', () => Promise.reject(new Error('broken')), signal)
    const next = inTurn('a', () => Promise.resolve('fine'), signal)
    await expect(failed).rejects.toThrow('broken')
    await expect(next).resolves.toBe('fine')
  })

  it('does not begin work whose signal aborted before its turn', async () => {
    const inTurn = createTurns()
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

  it('goes on after work whose signal has aborted', async () => {
    const inTurn = createTurns()
    const controller = new AbortController()
    void inTurn('a', createGate().work, controller.signal)
    const next = inTurn('a', () => Promise.resolve('fine'), signal)
    controller.abort()
    await expect(next).resolves.toBe('fine')
  })

  it('does not begin while earlier work is running, even if the work in between was given up', async () => {
    const inTurn = createTurns()
    const [first, third] = [createGate(), createGate()]
    const controller = new AbortController()
    void inTurn('a', first.work, signal)
    const second = inTurn('a', createGate().work, controller.signal)
    void inTurn('a', third.work, signal)
    controller.abort(new Error('time is over'))
    await settle()
    expect(third.begun()).toBe(0)
    first.open(undefined)
    await expect(second).rejects.toThrow('time is over')
    await settle()
    expect(third.begun()).toBe(1)
  })

  it('keeps the order of many calls', async () => {
    const inTurn = createTurns()
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
