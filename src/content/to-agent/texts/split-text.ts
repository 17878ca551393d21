import { startOfGrapheme } from './graphemes'

/**
 * Cuts a text into pieces of at most `maxBytes` of UTF-8 (at least 4). The joined pieces give the same text. Cuts after a
 * line break or a space near the end of the piece, or else between graphemes. Cuts a grapheme that is larger than a piece
 * between code points.
 */
export const splitText = (text: string, maxBytes: number): string[] => {
  if (Buffer.byteLength(text) <= maxBytes) return [text]
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    const end = endOfPiece(text, at, maxBytes)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

const endOfPiece = (text: string, start: number, maxBytes: number): number => {
  const limit = whatFits(text, start, maxBytes)
  if (limit === text.length) return limit
  // The text after the limit may belong to the character before it.
  const seen = text.slice(start, limit + contextLength)
  const length = startOfGrapheme(seen, limit - start)
  return length === 0 ? limit : start + niceLength(seen, length)
}
const contextLength = 64

/** The index after the last code point that fits. */
const whatFits = (text: string, start: number, maxBytes: number): number => {
  let at = start
  let bytes = 0
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes > maxBytes) return at
    at += code < 0x10000 ? 1 : 2
  }
  return at
}

/**
 * Where to cut a piece: after the last line break in its last fifth, or else after the last space there, or else at its
 * end.
 */
const niceLength = (seen: string, length: number): number => {
  const from = Math.floor(length * 0.8)
  const lineBreak = seen.lastIndexOf('\n', length - 1)
  if (lineBreak >= from) return lineBreak + 1
  const space = seen.lastIndexOf(' ', length - 1)
  // If a combining mark belongs to the space, we do not cut after the space.
  const isWhole = space >= from && startOfGrapheme(seen, space + 1) === space + 1
  return isWhole ? space + 1 : length
}
