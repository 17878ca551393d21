import { percentDecoded } from '../../../shared/percent'
import { directionChanges, invisibles, lineBreaks, wideFillers } from '../../characters'

/** People's own words. They stay as typed, apart from what is said here. */

/** Blanks that have a width, and those that have none. */
const wide = `(?:(?![${lineBreaks}\\uFEFF])[\\s${wideFillers}])`
const thin = `(?:(?![${wideFillers}])[${invisibles}])`
/** So many blanks push what follows to the next line of the agent's window. */
const gap = `(?<!${wide}|${thin})(?:${thin}*${wide}){16,}`
const gaps = new RegExp(gap, 'u')
const lineEnd = new RegExp(`\\r\\n|[${lineBreaks}]`, 'u')
const lineEnds = new RegExp(`(\\r\\n|[${lineBreaks}]|${gap})`, 'u')

/** The lines of a text, without blank ones at its ends, and never two blank ones in a row. A gap ends a line, too. */
export const linesOf = (text: string): string[] => {
  const lines = text
    .trim()
    .split(lineEnd)
    .flatMap((line) => (gaps.test(line) ? line.split(gaps).filter((part) => part !== '') : [line]))
    .map((line) => line.trimEnd())
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
}

/** The lines of a text, and between them what ends each. Joined, they are the text. */
export const linesAndEnds = (text: string): string[] => text.split(lineEnds)

/**
 * A line in which every change of direction that it opens is also closed, so that it reaches nothing beside it.
 * Lines without such characters stay as they are.
 */
export const isolate = (line: string): string => {
  const changes = line.match(directionChange) ?? []
  if (changes.length === 0) return line
  // The algorithm for directions knows 125 levels. Nobody writes with so many.
  if (changes.length > maxChanges) return line.replace(directionChange, '')
  const open: string[] = []
  const kept = line.replace(directionChange, (change) => {
    if (change !== popEmbedding && change !== popIsolate) {
      open.push(isolates.has(change) ? popIsolate : popEmbedding)
      return change
    }
    // One that closes nothing would reach what stands before the words.
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
 * Some channels turn an address or a number that people type into a link that says the same twice, such as
 * `[a@example.com](mailto:a@example.com)`. It is shown once. Every other link stays as typed.
 */
export const showAutolinksOnce = (text: string): string =>
  text.includes('](')
    ? text.replace(/\[([^[\]\n]{1,500})\]\(([^()\s]{1,500})\)/g, (link, words: string, address: string) =>
        saysTheSame(words, address) ? words : link,
      )
    : text

/** Whether the words of a link are its address, but for what a channel adds to it. */
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
