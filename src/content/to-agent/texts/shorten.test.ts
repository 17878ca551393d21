import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import { cutEntries, cutText } from './shorten'

const gap = (count: number): string => `[${count}]`

describe('cutText', () => {
  it.each([
    ['leaves a short text', 'abcdef', 6, 'abcdef'],
    ['takes out the middle, with a count', 'abcdefghij', 6, 'abcd[4]ij'],
    ['counts characters as a reader does', '👨‍👩‍👧‍👦'.repeat(10), 6, `${'👨‍👩‍👧‍👦'.repeat(4)}[4]${'👨‍👩‍👧‍👦'.repeat(2)}`],
    ['leaves a text that is long only in code units', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 6, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦'],
  ])('%s', (_, text, max, cut) => {
    expect(cutText(text, max, gap)).toBe(cut)
  })

  it('shows or counts every character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '漢', '👍🏽'), maxLength: 200 }),
        fc.integer({ min: 3, max: 50 }),
        (text, max) => {
          const cut = cutText(text, max, gap)
          const [, head = '', count = '0', tail = ''] = /^(.*)\[(\d+)\](.*)$/u.exec(cut) ?? [undefined, cut]
          const length = (part: string): number => [...new Intl.Segmenter().segment(part)].length
          expect(text.startsWith(head) && text.endsWith(tail)).toBe(true)
          expect(length(head) + Number(count) + length(tail)).toBe(length(text))
        },
      ),
    )
  })
})

describe('a very long text', () => {
  it.each([
    ['letters', 'a'],
    ['emoji', '👨‍👩‍👧‍👦'],
    ['flags', '🇵🇱'],
    ['accents', 'e\u0301\u0323'],
    ['nothing but accents', '\u0301'],
  ])('is cut soon and between whole characters: %s', (_, unit) => {
    const text = unit.repeat(600_000 / unit.length)
    let cut = ''
    expect(cpuMs(() => (cut = cutText(text, 300, gap)))).toBeLessThan(200)
    const [, head = '', count = '', tail = ''] = /^([^[]*)\[(\d+)\](.*)$/u.exec(cut) ?? []
    expect(cut.length).toBeLessThan(500)
    expect(head.length % unit.length).toBe(0)
    expect(tail.length % unit.length).toBe(0)
    const length = (part: string): number => Array.from(part).length
    expect(length(head) + Number(count) + length(tail)).toBe(length(text))
  })
})

describe('cutEntries', () => {
  it('keeps all entries that fit', () => {
    expect(cutEntries(['aaa', 'bbb'], 8, gap)).toEqual(['aaa', 'bbb'])
  })

  it('keeps the first two and the last, with a count of the others', () => {
    const entries = ['first', 'second', 'third', 'fourth', 'fifth', 'last']
    expect(cutEntries(entries, 32, gap)).toEqual(['first', 'second', '[2]', 'fifth', 'last'])
  })

  it('gives the end more room than the beginning', () => {
    const long = 'x'.repeat(30)
    expect(cutEntries([long, long, '3', '4', 'last'], 40, gap)).toEqual(['[2]', '3', '4', 'last'])
  })

  it('shows or counts every entry, in order, within the limit', () => {
    const entries = fc.array(
      fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/[[\]\n]/g, '.')),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(entries, fc.integer({ min: 10, max: 300 }), (all, maxBytes) => {
        const cut = cutEntries(all, maxBytes, gap)
        const at = cut.findIndex((entry) => /^\[\d+\]$/.test(entry))
        if (at === -1) {
          expect(cut).toEqual(all)
          return
        }
        const count = Number(cut[at]?.slice(1, -1))
        const tail = cut.slice(at + 1)
        expect([...cut.slice(0, at), ...all.slice(at, at + count), ...tail]).toEqual(all)
        expect(Buffer.byteLength(cut.join('\n'))).toBeLessThanOrEqual(maxBytes)
      }),
    )
  })
})
