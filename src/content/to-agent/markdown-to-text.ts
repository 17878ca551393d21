import type * as Marked from 'marked'
import type { Token, Tokens } from 'marked'

/**
 * Converts Markdown into text for agents, whose app may not render it. Removes emphasis marks, hashes and escapes;
 * writes links as words and address, lists with bullets. Code, tables, HTML and strikethrough stay as written, and so
 * does a text that cannot be parsed or takes too long to parse.
 */
export const markdownToText = (markdown: string): string => {
  if (isCostly(markdown)) return markdown
  try {
    const text = blocks(loadMarked().lexer(markdown)).trim()
    return text === '' ? markdown : text
  } catch {
    // The parser fails on very deep nesting, for example. The Markdown itself is readable, too.
    return markdown
  }
}

// Loaded for the first Markdown: most processes never see any, and this keeps their start short.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadMarked = (): typeof Marked => require('marked') as typeof Marked

/** The parser's time grows with the square of some marks. Unusually many of them would block the process. */
const isCostly = (markdown: string): boolean =>
  markdown.length > maxLength || (markdown.match(/[*_[\]()<>`~|\\!]/g)?.length ?? 0) > maxMarks
const maxLength = 20_000
const maxMarks = 500

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

/** Stars inside a word or number ("2*3*4") more likely mean stars than emphasis on a part of it. */
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
  return words === '' || words === href ? target : `${words} (${target})`
}
