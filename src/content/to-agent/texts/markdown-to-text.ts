import type * as Marked from 'marked'
import type { Token, Tokens } from 'marked'
import { saysTheSame } from './words'

/**
 * Converts Markdown into text for agents, whose app may not render it. Removes emphasis marks, hashes and escapes;
 * writes links as words and address, lists with bullets. Code, tables, HTML and strikethrough stay as written, and so
 * does a part that cannot be parsed or takes too long to parse.
 */
export const markdownToText = (markdown: string): string => {
  if (hasMoreThan(maxLines, markdown, isLineBreak) || hasMoreThan(maxMarksInAll, markdown, isMark)) return markdown
  const text = piecesOf(withFewItems(markdown)).map(pieceToText).join('').trim()
  return text === '' ? markdown : text
}

const pieceToText = (piece: string): string => {
  if (isPlain(piece) || isCostly(piece)) return piece
  try {
    return blocks(loadMarked().lexer(piece))
  } catch {
    // The parser fails on very deep nesting, for example. The Markdown itself is still readable.
    return piece
  }
}

/**
 * Cuts Markdown between blocks, outside of code, because the parser's time grows with the square of its input. Many
 * short pieces take much less time.
 */
const piecesOf = (markdown: string): string[] => {
  const pieces: string[] = []
  let piece = ''
  let isCode = false
  for (const line of markdown.split(/(?<=\n)/)) {
    const beginsBlock = /^(?:[-+*#>]|\d{1,9}[.)]|\s*$)/.test(line)
    const isLong = piece.length >= (isCode ? longCode : longParagraph)
    if ((!isCode && piece.length >= shortPiece && beginsBlock) || isLong) {
      pieces.push(piece)
      piece = ''
    }
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode
    piece += line
  }
  return [...pieces, piece]
}
const shortPiece = 400
const longParagraph = 800
const longCode = 4_000

// Loaded only for the first Markdown. Most processes never convert any, so they start faster.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadMarked = (): typeof Marked => require('marked') as typeof Marked

/** Unusually many marks, or lists within lists, would block the process. */
const isCostly = (piece: string): boolean =>
  piece.length > maxLength || deepNesting.test(piece) || hasManyMarks(piece) || hasManyAddresses(piece)
const maxLength = 20_000
const deepNesting = /^(?:[ \t]{40}|[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*){8})/m

/** For each mark the parser may look through the rest of the piece, so a long piece may have fewer. */
const hasManyMarks = (piece: string): boolean => hasMoreThan(Math.min(maxMarks, maxSteps / piece.length), piece, isMark)
const maxMarks = 500
const maxSteps = 2_000_000
const maxMarksInAll = 1_500
const isMark = (character: string): boolean => marks.has(character)
/** For each beginning of an address, the parser searches the rest of the text. */
const hasManyAddresses = (piece: string): boolean => (piece.match(/www\.|http|ftp/gi)?.length ?? 0) > maxAddresses
const maxAddresses = 200
const marks = new Set('*_[]()<>`~|\\!@')

/** Whether nothing in it can be Markdown. */
const isPlain = (piece: string): boolean => !anyMarkdown.test(piece)
const anyMarkdown = /[*_[\]`~<>|\\!#&@=]|^[ \t]*(?:[-+]|\d{1,9}[.)])|^(?: {4}|\t)|:\/\/|www\./im

/** The parser takes long for each item of a list, so we write the bullets of a very long list ourselves. */
const withFewItems = (markdown: string): string => {
  const bullets = markdown.match(bullet)?.length ?? 0
  return bullets > maxItems ? markdown.replace(bullet, '$1• ') : markdown
}
const bullet = /^( {0,12})[-+*] +(?=\S)/gm
const maxItems = 60

/** The parser takes some time for each block, even a short one. Real texts have fewer and longer lines. */
const maxLines = 700
const isLineBreak = (character: string): boolean => character === '\n'

const hasMoreThan = (max: number, text: string, isCounted: (character: string) => boolean): boolean => {
  let count = 0
  for (let at = 0; at < text.length && count <= max; at += 1) if (isCounted(text.charAt(at))) count += 1
  return count > max
}

const blocks = (tokens: Token[]): string => tokens.map(block).join('')

const block = (token: Token): string => {
  switch (token.type) {
    case 'heading':
    case 'paragraph':
      return inlines(token) + endOf(token)
    case 'text':
      return inlines(token) + endOf(token)
    case 'blockquote':
      return quote(blocks((token as Tokens.Blockquote).tokens).trimEnd()) + endOf(token)
    case 'list':
      return list(token as Tokens.List) + endOf(token)
    default:
      return token.raw
  }
}

/** The line breaks after a block. The parser counts them as part of the block. */
const endOf = ({ raw }: Token): string => /\n*$/.exec(raw)?.[0] ?? ''

const quote = (text: string): string => text.replace(/^/gm, '> ')

const list = ({ items, ordered, start }: Tokens.List): string =>
  items
    .map((item, index) => {
      const mark = ordered ? `${Number(start) + index}. ` : '• '
      const task = item.task ? `[${item.checked ? 'x' : ' '}] ` : ''
      const text = task + blocks(item.tokens).trimEnd()
      return mark + text.replace(/\n(?=.)/g, `\n${' '.repeat(mark.length)}`)
    })
    .join('\n')

const inlines = (token: Token): string => {
  const inner = 'tokens' in token ? token.tokens : undefined
  if (inner) return inner.map((each, index) => (isWithinWord(inner, index) ? each.raw : inline(each))).join('')
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw
}

/** Stars inside a word or number ("2*3*4") are probably meant as stars, not as emphasis. */
const isWithinWord = (tokens: Token[], index: number): boolean =>
  (tokens[index]?.type === 'em' || tokens[index]?.type === 'strong') &&
  (/[\p{L}\p{N}]$/u.test(tokens[index - 1]?.raw ?? '') || /^[\p{L}\p{N}]/u.test(tokens[index + 1]?.raw ?? ''))

const inline = (token: Token): string => {
  switch (token.type) {
    case 'strong':
    case 'em':
      return inlines(token)
    case 'escape':
      return (token as Tokens.Escape).text
    case 'text':
      return inlines(token)
    case 'br':
      return '\n'
    case 'link':
      return link(token as Tokens.Link, inlines(token))
    case 'image':
      return link(token as Tokens.Image, (token as Tokens.Image).text)
    default:
      return token.raw
  }
}

const link = ({ raw, href, title }: Tokens.Link | Tokens.Image, words: string): string => {
  // A bare address, or a reference whose definition is elsewhere in the text.
  if (!raw.includes('](')) return raw.startsWith('[') || raw.startsWith('![') ? raw : raw.replace(/^<|>$/g, '')
  const target = title ? `${href}, ${title}` : href
  if (!title && saysTheSame(words, href)) return words
  return words === '' || words === href ? target : `${words} (${target})`
}
