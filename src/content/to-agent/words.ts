/** People's own words. They stay as typed, apart from what is said here. */

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** The lines of a text, without blank ones at its ends, and never two blank ones in a row. */
export const linesOf = (text: string): string[] => {
  const lines = text
    .trim()
    .split(lineBreak)
    .map((line) => line.trimEnd())
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
}

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
const directionChange = /[\u202A-\u202E\u2066-\u2069]/g
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
  decoded(address.trim())
    .toLowerCase()
    .replace(/^(mailto:|tel:|sms:|https?:\/\/)/, '')
    .replace(/\/$/, '')
const digits = (text: string): string => text.replace(/\D/g, '')
const decoded = (address: string): string => {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
