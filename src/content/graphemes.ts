// Made when the first long text comes: loading its rules takes several milliseconds of every process's start.
let segmenter: Intl.Segmenter | undefined
const segment = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text)

/** Far longer than any character that people write. */
const windowLength = 1_024

/**
 * The characters of a text as people count them. Looks at the text through a window: the segmenter copies all that it was
 * given for each character, which takes seconds and gigabytes for a text of 100 000.
 */
export function* graphemesOf(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    const end = at + windowLength
    const isLast = end >= text.length
    // Half a pair would look like a character of its own.
    const seenText = text.slice(at, /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end)
    const seen = [...segment(seenText)].map((found) => found.segment)
    // What the window's end cuts off belongs to the next one.
    if (!isLast && seen.length > 1) seen.pop()
    yield* seen
    at += seen.reduce((length, grapheme) => length + grapheme.length, 0)
  }
}

/** The character that the code unit at `index` belongs to. */
export const graphemeAt = (text: string, index: number): string | undefined => segment(text).containing(index)?.segment
