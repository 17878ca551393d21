import { describe, expect, it } from 'vitest'
import { between, createChance } from './chance'

describe('chance', () => {
  it('depends on the seed and the name only, and not on the order of the draws', () => {
    const [one, other] = [createChance(7), createChance(7)]
    const first = one.draw('a')
    other.draw('b')
    expect(other.draw('a')).toBe(first)
    expect(createChance(8).draw('a')).not.toBe(first)
  })

  it('spreads the draws of similar names evenly', () => {
    const chance = createChance(1)
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let number = 0; number < 10_000; number += 1) {
      const tenth = between(chance.draw(`customer/send_event#${number} there`), 0, 9)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    expect(Math.min(...tenths)).toBeGreaterThan(850)
    expect(Math.max(...tenths)).toBeLessThan(1_150)
  })
})
