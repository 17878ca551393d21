import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import { graphemesOf } from './graphemes'

const whole = (text: string): string[] => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)

describe('graphemesOf', () => {
  it('finds the same characters as the segmenter, also where windows meet', () => {
    const characters = fc.constantFrom('a', 'é', 'e\u0301', '漢', '👍🏽', '👨‍👩‍👧‍👦', '🇵🇱', '\r\n', '한', 'ก็', '\u0300')
    fc.assert(
      fc.property(
        fc.array(characters, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 120 }),
        (part, times) => {
          const text = part.join('').repeat(times)
          expect([...graphemesOf(text)]).toEqual(whole(text))
        },
      ),
    )
  })

  it('keeps every code unit, even of broken text and of endless characters', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\u0301', '\ud83d', '\udc4d', '\u200d'), maxLength: 3_000 })
    fc.assert(
      fc.property(texts, (text) => {
        expect([...graphemesOf(text)].join('')).toBe(text)
      }),
    )
    const endless = `a${'\u0301'.repeat(10_000)}`
    expect([...graphemesOf(endless)].join('')).toBe(endless)
  })

  it('is quick for a long text', () => {
    const text = '漢a'.repeat(100_000)
    const tookMs = cpuMs(() => expect([...graphemesOf(text)]).toHaveLength(200_000))
    expect(tookMs).toBeLessThan(3_000)
  })
})
