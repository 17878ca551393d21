import { graphemeAt, graphemesOf } from './graphemes'

/**
 * Cuts a text into pieces of at most `maxBytes` of UTF-8. The joined pieces give the same text. Cuts after a line break
 * or a space near the end of the piece, or else between graphemes. Cuts a grapheme that is larger than a piece between
 * code points.
 */
export const splitText = (text: string, maxBytes: number): string[] => {
  if (Buffer.byteLength(text) <= maxBytes) return [text]
  const pieces: string[] = []
  let piece = ''
  let pieceBytes = 0
  const flush = (length: number): void => {
    pieces.push(piece.slice(0, length))
    piece = piece.slice(length)
    pieceBytes = Buffer.byteLength(piece)
  }
  for (const unit of units(text, maxBytes)) {
    const unitBytes = Buffer.byteLength(unit)
    if (pieceBytes + unitBytes > maxBytes) {
      flush(niceCut(piece))
      // After a nice cut, what is left of the piece and this unit may still be too long together.
      if (pieceBytes + unitBytes > maxBytes) flush(piece.length)
    }
    piece += unit
    pieceBytes += unitBytes
  }
  if (piece !== '') pieces.push(piece)
  return pieces
}

function* units(text: string, maxBytes: number): Iterable<string> {
  for (const grapheme of graphemesOf(text)) {
    if (Buffer.byteLength(grapheme) <= maxBytes) yield grapheme
    else yield* grapheme
  }
}

/**
 * Where to cut a piece: after the last line break in its last fifth, or else after the last space there, or else at its
 * end.
 */
const niceCut = (piece: string): number => {
  const from = Math.floor(piece.length * 0.8)
  const lineBreak = piece.lastIndexOf('\n')
  if (lineBreak >= from) return lineBreak + 1
  const space = piece.lastIndexOf(' ')
  // If a combining mark belongs to the space, we do not cut after the space.
  const isWhole = space >= from && graphemeAt(piece, space) === ' '
  return isWhole ? space + 1 : piece.length
}
