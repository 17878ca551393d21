import { graphemesOf } from './graphemes'

/** A text of more than `max` characters without its middle; `gap` says how many characters are missing there. */
export const cutText = (text: string, max: number, gap: (count: number) => string): string => {
  if (text.length <= max) return text
  const characters = [...graphemesOf(text)]
  if (characters.length <= max) return text
  const tail = Math.floor(max / 3)
  const head = max - tail
  const missing = characters.length - max
  return characters.slice(0, head).join('') + gap(missing) + characters.slice(characters.length - tail).join('')
}

/**
 * Entries that together need at most `maxBytes` of UTF-8, line breaks between them included: all of them, or the first
 * few and as many of the last as fit, with a line in between that says how many are missing.
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

/** What a conversation begins with says why the person came. */
const firstEntries = 2

const howManyFit = (sizes: number[], room: number): number => {
  let used = 0
  const over = sizes.findIndex((size) => (used += size) > room)
  return over === -1 ? sizes.length : over
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0)
