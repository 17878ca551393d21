// Created only for the first long text. At the start of a process, it would cost several milliseconds.
let segmenter: Intl.Segmenter | undefined
const segment = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text)

/** In UTF-16 code units. Far longer than any real grapheme. */
const windowLength = 1_024

/**
 * Splits a text into graphemes, the characters that a reader counts. It segments one window of the text after another,
 * because the segmenter copies its whole input for each grapheme: 100,000 characters take seconds and gigabytes.
 */
export function* graphemesOf(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    const end = at + windowLength
    const isLast = end >= text.length
    // Half a surrogate pair would count as a character of its own.
    const seenText = text.slice(at, /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end)
    const seen = [...segment(seenText)].map((found) => found.segment)
    // The end of the window may cut the last grapheme in two. So the next window begins with this grapheme.
    if (!isLast && seen.length > 1) seen.pop()
    yield* seen
    at += seen.reduce((length, grapheme) => length + grapheme.length, 0)
  }
}

/** Where the grapheme with the code unit at `index` begins. At the end of the text, `index` itself. */
export const startOfGrapheme = (text: string, index: number): number => segment(text).containing(index)?.index ?? index
