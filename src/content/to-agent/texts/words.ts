import { percentDecoded } from '../../../shared/percent'
import { colons, directionChanges, invisibles, isAscii, lineBreaks, wideFillers } from '../../characters'

/** People's own words. They stay as typed, except for the changes in this file. */

/** Blanks that have a width, and those that have none. */
const wide = `(?:(?![${lineBreaks}\\uFEFF])[\\s${wideFillers}])`
const thin = `(?:(?![${wideFillers}])[${invisibles}])`
const wideBlank = new RegExp(wide, 'u')
const blanks = new RegExp(`((?<!${wide}|${thin})(?:${thin}*${wide}){4,})`, 'u')
/** The same for ASCII, where the search is faster. */
const asciiBlanks = /([ \t]{4,})/
const lineEnd = new RegExp(`\\r\\n|[${lineBreaks}]`, 'u')
const lineEnds = new RegExp(`(\\r\\n|[${lineBreaks}])`, 'u')

/** After so many blanks, the agent's window may break the line. */
const gapWidth = 16
/** Columns of a table are hardly wider than this. */
const maxColumnWidth = 40
const tabWidth = 4

const widthOf = (gap: string): number => {
  if (gap.length * tabWidth < gapWidth) return 0
  let width = 0
  for (const character of gap)
    width += character === ' ' ? 1 : character === '\t' ? tabWidth : wideBlank.test(character) ? 1 : 0
  return width
}

/** The parts of a line between gaps, and the gaps between them. */
const splitAtGaps = (line: string): string[] => {
  const [first = '', ...others] = line.split(isAscii(line) ? asciiBlanks : blanks)
  if (others.length === 0) return [line]
  const parts = [first]
  for (let at = 0; at < others.length; at += 2) {
    const [gap = '', words = ''] = others.slice(at, at + 2)
    if (widthOf(gap) >= gapWidth) parts.push(gap, words)
    else parts.push(`${parts.pop() ?? ''}${gap}${words}`)
  }
  return parts
}

/**
 * The lines of a text, without blank lines at its ends, and never two blank lines in a row. A gap also ends a line if
 * it is very wide, or if what follows could be taken for a label. The columns of a table stay in one line.
 */
export const linesOf = (text: string): string[] => {
  const lines = text
    .trim()
    .split(lineEnd)
    .flatMap(linesWithin)
    .map((line) => line.trimEnd())
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
}

const linesWithin = (line: string): string[] => {
  const [first = '', ...others] = splitAtGaps(line)
  const lines = [first]
  for (let at = 0; at < others.length; at += 2) {
    const [gap = '', words = ''] = others.slice(at, at + 2)
    if (lines.at(-1) === '') lines[lines.length - 1] = words
    else if (widthOf(gap) > maxColumnWidth || colon.test(words.slice(0, maxLabel))) lines.push(words)
    else lines.push(`${lines.pop() ?? ''}${gap}${words}`)
  }
  return lines.length === 1 ? lines : lines.filter((each) => each !== '')
}
const colon = new RegExp(`[${colons}]`)
const maxLabel = 300

/** The lines of a text, cut at gaps, and between them what ends each line. Joined, they give the text. */
export const linesAndEnds = (text: string): string[] => text.split(lineEnds).flatMap(splitAtGaps)

/**
 * A line in which every change of direction is closed again, so that it does not affect the text around the line. Lines
 * without such characters stay as they are.
 */
export const isolate = (line: string): string => {
  const changes = line.match(directionChange) ?? []
  if (changes.length === 0) return line
  // Unicode's algorithm for directions has 125 levels. Nobody needs so many changes.
  if (changes.length > maxChanges) return line.replace(directionChange, '')
  const open: string[] = []
  const kept = line.replace(directionChange, (change) => {
    if (change !== popEmbedding && change !== popIsolate) {
      open.push(isolates.has(change) ? popIsolate : popEmbedding)
      return change
    }
    // A character that closes nothing would affect the text before the words.
    if (!open.includes(change)) return ''
    let closed = ''
    while (open.at(-1) !== change) closed += open.pop() ?? ''
    return closed + (open.pop() ?? '')
  })
  return `\u2068${kept}${open.reverse().join('')}\u2069`
}

/** Whether a text has characters that change the direction of what follows. */
export const changesDirection = (text: string): boolean => text.search(directionChange) >= 0

const maxChanges = 60
const directionChange = new RegExp(`[${directionChanges}]`, 'g')
const isolates = new Set('\u2066\u2067\u2068')
const popEmbedding = '\u202C'
const popIsolate = '\u2069'

/**
 * If people type an address or a number, some channels make it a link that says the same twice, such as
 * `[a@example.com](mailto:a@example.com)`. We show it once. Every other link stays as typed.
 */
export const showAutolinksOnce = (text: string): string =>
  text.includes('](')
    ? text.replace(/\[([^[\]\n]{1,500})\]\(([^()\s]{1,500})\)/g, (link, words: string, address: string) =>
        saysTheSame(words, address) ? words : link,
      )
    : text

/** Whether the words of a link are its address, apart from what a channel adds to it. */
export const saysTheSame = (words: string, address: string): boolean => {
  const [, scheme = ''] = /^(mailto|tel|sms|https?):/i.exec(address) ?? []
  switch (scheme.toLowerCase()) {
    case 'mailto':
      return bare(address) === bare(words)
    case 'tel':
    case 'sms':
      return digits(bare(address)) === digits(bare(words)) && /^[\d\s()+./-]+$/.test(bare(words))
    default:
      return bare(address) === bare(words) && scheme !== ''
  }
}

const bare = (address: string): string =>
  percentDecoded(address.trim())
    .toLowerCase()
    .replace(/^(mailto:|tel:|sms:|https?:\/\/)/, '')
    .replace(/\/$/, '')
const digits = (text: string): string => text.replace(/\D/g, '')
