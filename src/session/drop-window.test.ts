import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropWindowFor, dropWindowFrom, endNotBeforeMs, firstReadBudgetMs, processAtMs } from './drop-window'

const createdAtMs = Date.parse('2025-01-01T00:00:00Z')

describe('processAtMs', () => {
  it.each([
    [0, 5_000],
    [1_000, 5_200],
    [4_999, 6_000],
    [5_000, 6_000],
    [6_000, 6_200],
  ])('delays what arrives %i ms after the creation until %i ms after it', (ageMs, dueAgeMs) => {
    expect(processAtMs(createdAtMs, createdAtMs + ageMs)).toBe(createdAtMs + dueAgeMs)
  })

  it.each([6_250, 6_251, 60_000, 8 * 3_600_000])('delays nothing that arrives %i ms after the creation', (ageMs) => {
    expect(processAtMs(createdAtMs, createdAtMs + ageMs)).toBeUndefined()
  })

  it('treats an arrival before the creation, from a clock that is behind, as one at the creation', () => {
    expect(processAtMs(createdAtMs, createdAtMs - 3_000)).toBe(createdAtMs + 5_000)
  })

  it('delays nothing when the time of creation is unknown', () => {
    expect(processAtMs(Number.NaN, createdAtMs)).toBeUndefined()
  })

  const ages = fc.integer({ min: -2_000, max: 10_000 })
  const dueMs = (ageMs: number): number => processAtMs(createdAtMs, createdAtMs + ageMs) ?? createdAtMs + ageMs

  it('never makes the later of two arrivals due before the earlier', () => {
    fc.assert(fc.property(ages, ages, (a, b) => dueMs(Math.min(a, b)) <= dueMs(Math.max(a, b))))
  })

  it('makes nothing due within five seconds of the creation, or before it arrived', () => {
    fc.assert(
      fc.property(ages, (ageMs) => {
        expect(dueMs(ageMs)).toBeGreaterThanOrEqual(createdAtMs + Math.max(5_000, ageMs))
      }),
    )
  })

  it('gives whole milliseconds', () => {
    fc.assert(fc.property(ages, (ageMs) => Number.isInteger(dueMs(ageMs))))
  })
})

describe('what LiveChat has numbered', () => {
  const events = fc.record({ ageMs: fc.integer({ min: -2_000, max: 20_000 }), place: fc.nat(40) })
  const windows = fc.integer({ min: 5_000, max: 20_000 })
  const dueMs = (ageMs: number, place: number, windowMs: number): number =>
    processAtMs(createdAtMs, createdAtMs + ageMs, { place, windowMs }) ?? createdAtMs + ageMs

  it('is due in its order, in every process, with any window', () => {
    fc.assert(
      fc.property(events, events, windows, (a, b, windowMs) => {
        const [first, second] = [Math.min(a.ageMs, b.ageMs), Math.max(a.ageMs, b.ageMs)]
        const [low, high] = [Math.min(a.place, b.place), Math.max(a.place, b.place)]
        expect(dueMs(first, low, windowMs)).toBeLessThanOrEqual(dueMs(second, high, windowMs))
      }),
    )
  })

  it('is due a tenth of a second apart, even if it happened in the same moment', () => {
    expect([1, 2, 3].map((place) => dueMs(100, place, 5_000) - createdAtMs)).toEqual([5_120, 5_220, 5_320])
  })

  it('is due before an end that comes in the window', () => {
    fc.assert(
      fc.property(events, windows, ({ ageMs, place }, windowMs) => {
        const endMs = endNotBeforeMs(createdAtMs, windowMs)
        const atMs = processAtMs(createdAtMs, createdAtMs + ageMs, { place, windowMs })
        expect(atMs ?? 0).toBeLessThanOrEqual(endMs - 1_000)
      }),
    )
  })
})

it.each([
  [0, 5_000],
  [100, 5_000],
  [200, 5_000],
  [500, 8_000],
  [600, 9_100],
  [5_000, 20_000],
])('if a call to Botpress takes %i ms, the window lasts %i ms', (callMs, windowMs) => {
  expect(dropWindowFor(callMs)).toBe(windowMs)
})

it.each([
  ['in time', 0, 50, 5_000],
  ['by another clock', 0, -900, 5_000],
  ['a little late', 0, 500, 5_000],
  ['late', 0, 3_000, 7_500],
  ['as late as usual', 500, 900, 8_000],
  ['later than usual', 500, 4_000, 11_000],
  ['much too late', 0, 60_000, 20_000],
])(
  'if the answer to the creation came %s (%i ms a call, %i ms), the window lasts %i ms',
  (_, callMs, ageMs, windowMs) => {
    expect(dropWindowFrom(callMs, ageMs)).toBe(windowMs)
  },
)

describe('the time of the first read', () => {
  it.each([
    ['usually', 0, 0, 2_500],
    ['with slow calls', 200, 0, 3_100],
    ['if the answer to the creation came late', 0, 1_200, 1_300],
    ['at the least', 0, 60_000, 1_000],
    ['if the clocks differ', 0, -900, 2_500],
  ])('is, %s: %i ms a call, %i ms after the creation', (_, callMs, ageMs, budgetMs) => {
    expect(firstReadBudgetMs(callMs, ageMs)).toBe(budgetMs)
  })
})
