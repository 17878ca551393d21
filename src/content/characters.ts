/** Sets of characters, as parts of a regular expression with the flag `u`. */

/** Whatever some program takes for the end of a line. */
export const lineBreaks = String.raw`\n\r\v\f\x1C-\x1E\x85\u2028\u2029`
/** What changes the direction of the text after it, or ends such a change. */
export const directionChanges = String.raw`\u202A-\u202E\u2066-\u2069`
/** What a reader does not see: format characters, halves of characters, fillers, the blank of Braille. */
export const invisibles = String.raw`\p{Cf}\p{Cs}\p{DI}\u2800`
/** Some of these have the width of a blank. */
export const wideFillers = String.raw`\u2800\u3164\u115F\u1160\uFFA0`
/** Whatever a reader takes for a colon. */
export const colons =
  ':\uFF1A\uFE55\uFE13\u2236\uA789\uA4FD\u02D0\u02F8\u0589\u05C3\u0703\u0704\u205A\u16EC\uFE30\uFE19\u2982'

const piledUpMarks = /(\p{M}{4})\p{M}+/gu

/**
 * A text with at most four accents on each letter. More would cover the lines above and below, and the time to normalise
 * a text grows with the square of their number.
 */
export const withFewMarks = (text: string): string => text.replace(piledUpMarks, '$1')

const invisible = new RegExp(`[${invisibles}]+`, 'gu')

export const withoutInvisibles = (text: string): string => (isAscii(text) ? text : text.replace(invisible, ''))

const notAscii = /[^\0-\x7F]/
/** Most addresses are ASCII. They need no slower search. */
export const isAscii = (text: string): boolean => !notAscii.test(text)
