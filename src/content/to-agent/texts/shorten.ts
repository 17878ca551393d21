import { graphemesOf, startOfGrapheme } from './graphemes'

/**
 * Cuts the middle out of a text with more than `max` graphemes. `gap` turns the number of missing graphemes into the
 * text in their place, which does not count towards `max`.
 */
export const cutText = (text: string, max: number, gap: (count: number) => string): string => {
  if (text.length <= max) return text
  const tail = Math.floor(max / 3)
  const head = max - tail
  if (text.length > longText) return cutLongText(text, head, tail, gap)
  const characters = [...graphemesOf(text)]
  if (characters.length <= max) return text
  const missing = characters.length - max
  return characters.slice(0, head).join('') + gap(missing) + characters.slice(characters.length - tail).join('')
}

/** In UTF-16 code units. For a longer text, it takes too long to find and count the graphemes. */
const longText = 4_000

/** Keeps `head` and `tail` code units, or less if a grapheme would be cut. Counts the code points between them. */
const cutLongText = (text: string, head: number, tail: number, gap: (count: number) => string): string => {
  const from = startOfGrapheme(text.slice(0, head + contextLength), head)
  const end = text.slice(-tail - contextLength)
  const start = startOfGrapheme(end, end.length - tail)
  const to = text.length - end.length + start
  let missing = 0
  for (let at = from; at < to; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) missing += 1
  return text.slice(0, from) + gap(missing) + text.slice(to)
}
const contextLength = 64

/**
 * Cuts entries out of the middle of a list, so that the rest, joined by line breaks, has at most `maxBytes` of UTF-8.
 * Keeps up to two entries at the start and as many as fit at the end. `gap` turns the number of missing entries into
 * the line between them.
 */
export const cutEntries = (entries: string[], maxBytes: number, gap: (count: number) => string): string[] => {
  const sizes = entries.map((entry) => Buffer.byteLength(entry) + 1)
  if (sum(sizes) <= maxBytes) return entries
  const room = maxBytes - Buffer.byteLength(gap(entries.length)) - 1
  const head = howManyFit(sizes.slice(0, firstEntries), room / 2)
  const tail = howManyFit(sizes.slice(head).reverse(), room - sum(sizes.slice(0, head)))
  const missing = entries.length - head - tail
  if (missing === 0) return entries
  return [...entries.slice(0, head), gap(missing), ...entries.slice(entries.length - tail)]
}

/** The first entries of a conversation say why the end user came. */
const firstEntries = 2

const howManyFit = (sizes: number[], room: number): number => {
  let used = 0
  const over = sizes.findIndex((size) => (used += size) > room)
  return over === -1 ? sizes.length : over
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0)
