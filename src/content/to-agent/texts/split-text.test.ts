import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import { splitText } from './split-text'

const byteLength = (text: string): number => Buffer.byteLength(text)
const graphemesOf = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('hello', 5)).toEqual(['hello'])
  })

  it.each([
    ['an empty text', ''],
    ['a single line break', '\n'],
    ['spaces only', '   '],
  ])('gives %s back as one piece', (_, text) => {
    expect(splitText(text, 10)).toEqual([text])
  })

  it('counts bytes of UTF-8 and not characters', () => {
    expect(splitText('ééé', 4)).toEqual(['éé', 'é'])
  })

  it.each([
    ['after a space near the end of the piece', 'aaaaaaaa bbbb', 10, ['aaaaaaaa ', 'bbbb']],
    ['after a line break near the end of the piece', 'aaaaaaaa\nbbbb', 10, ['aaaaaaaa\n', 'bbbb']],
    ['after a line break rather than a later space', 'aaaaaaaa\nb cccc', 11, ['aaaaaaaa\n', 'b cccc']],
    ['after the last of several spaces', 'aaaaaaa a bbbbbb', 10, ['aaaaaaa a ', 'bbbbbb']],
    ['at the limit when the only space is far from it', 'aa bbbbbbbbbbbb', 10, ['aa bbbbbbb', 'bbbbb']],
    ['at the limit when there is no space at all', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ])('cuts %s', (_, text, maxBytes, pieces) => {
    expect(splitText(text, maxBytes)).toEqual(pieces)
  })

  it.each([
    ['a family joined by zero-width joiners', '👨‍👩‍👧‍👦', 25],
    ['a flag of two regional indicators', '🇫🇷', 8],
    ['a letter with combining marks', 'e\u0301\u0323', 5],
    ['a thumb with a skin tone', '👍🏽', 8],
    ['a carriage return with its line feed', '\r\n', 2],
    ['a Devanagari syllable', 'क्षि', 12],
    ['a space that carries a combining mark', ' \u0308', 4],
  ])('keeps %s whole', (_, grapheme, maxBytes) => {
    const text = `a${grapheme.repeat(3)}`
    expect(splitText(text, maxBytes).flatMap(graphemesOf)).toEqual(graphemesOf(text))
  })

  it('does not cut between a space and the mark on it', () => {
    expect(splitText('aaaaaaaa \u0308bbbb', 12)).toEqual(['aaaaaaaa \u0308b', 'bbb'])
  })

  it('cuts a grapheme that is larger than a whole piece between its code points', () => {
    const towering = `e${'\u0301'.repeat(10)}`
    const pieces = splitText(towering, 6)
    expect(pieces.join('')).toBe(towering)
    expect(pieces.every((piece) => byteLength(piece) <= 6)).toBe(true)
  })

  it('cuts again if the rest after a nice cut leaves no room for a large grapheme', () => {
    const family = '👨‍👩‍👧‍👦'
    const pieces = splitText(`${'a'.repeat(20)} bbbbb${family}`, 26)
    expect(pieces).toEqual([`${'a'.repeat(20)} `, 'bbbbb', family])
  })

  it('does not cut a surrogate pair', () => {
    const pieces = splitText('😀'.repeat(20), 10)
    expect(pieces.every((piece) => Buffer.from(piece).toString() === piece)).toBe(true)
  })

  it.each(['a', 'a ', '漢', '👨‍👩‍👧‍👦', '🇫🇷', '\u0301', '\n'])('cuts 600 kB of %j soon', (unit) => {
    const text = unit.repeat(Math.ceil(600_000 / byteLength(unit)))
    let pieces: string[] = []
    expect(cpuMs(() => (pieces = splitText(text, 16_000)))).toBeLessThan(300)
    expect(pieces.join('')).toBe(text)
  })

  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', 'é', '漢', '👨‍👩‍👧‍👦', '\u0301', '🇫🇷'), maxLength: 300 }),
  )
  const limits = fc.integer({ min: 4, max: 200 })

  it('loses, adds and moves nothing: the pieces put together are the text', () => {
    fc.assert(fc.property(texts, limits, (text, maxBytes) => splitText(text, maxBytes).join('') === text))
  })

  it('keeps every piece within the limit', () => {
    fc.assert(
      fc.property(texts, limits, (text, maxBytes) =>
        splitText(text, maxBytes).every((piece) => byteLength(piece) <= maxBytes),
      ),
    )
  })

  it('gives no empty piece for a text that is not empty', () => {
    fc.assert(
      fc.property(
        texts.filter((text) => text !== ''),
        limits,
        (text, maxBytes) => splitText(text, maxBytes).every((piece) => piece !== ''),
      ),
    )
  })

  it('cuts only between graphemes if each of them fits into a piece', () => {
    fc.assert(
      fc.property(texts, limits, (text, maxBytes) => {
        const whole = graphemesOf(text)
        fc.pre(whole.every((grapheme) => byteLength(grapheme) <= maxBytes))
        const ends = new Set<number>()
        let end = 0
        for (const grapheme of whole) ends.add((end += grapheme.length))
        let cut = 0
        for (const piece of splitText(text, maxBytes).filter((each) => each !== '')) {
          cut += piece.length
          expect(ends).toContain(cut)
        }
      }),
    )
  })

  it('uses at most about a third more pieces than the bytes need', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n'), maxLength: 2_000 }), (text) => {
        expect(splitText(text, 100).length).toBeLessThanOrEqual(Math.ceil(byteLength(text) / 75) + 1)
      }),
    )
  })
})
