import { graphemeAt, graphemesOf } from './graphemes'

/**
 * Cuts text into pieces of at most `maxBytes` of UTF-8 whose concatenation is the text. Cuts after a line break or space
 * where one is near the end of the piece, else between graphemes; a single larger grapheme is cut between code points.
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
      // What stayed behind after a nice cut plus this unit may still be too long for one piece.
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

/** The length up to the last line break, or else space, in the last fifth of a piece. */
const niceCut = (piece: string): number => {
  const from = Math.floor(piece.length * 0.8)
  const lineBreak = piece.lastIndexOf('\n')
  if (lineBreak >= from) return lineBreak + 1
  const space = piece.lastIndexOf(' ')
  // A mark may stand on a space and belong to it.
  const isWhole = space >= from && graphemeAt(piece, space) === ' '
  return isWhole ? space + 1 : piece.length
}
