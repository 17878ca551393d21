/** Finds a text of 16 KB for which a conversion takes longest, by trying and changing texts made of short units. */

const units = [
  ...[
    'a',
    ' ',
    '\n',
    '\t',
    '\r\n',
    '0',
    '.',
    ',',
    '-',
    '_',
    '*',
    '**',
    '#',
    '>',
    '`',
    '```\n',
    '~',
    '|',
    '!',
    '=',
    '&',
    '%',
    ';',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '](',
    '[a](',
    '[a](b)',
    '![',
    '<',
    '<a>',
    '<!--',
    '\\',
    '/',
    '//',
    '://',
    ':',
    '@',
    '?',
    '"',
    "'",
  ],
  ...[
    '- ',
    '1. ',
    '\n- ',
    '\n> ',
    '\n    ',
    '| a ',
    'http',
    'https://',
    'https://a.',
    'www.',
    'mailto:',
    'a@b.',
    '%25',
    '%2568',
  ],
  ...[
    'eyJ',
    'xoxb-',
    '/bot1',
    'token=',
    'acl=',
    'hooks/',
    'data:',
    'sk-',
    'Bot',
    '[Bot]',
    '│',
    '：',
    '「',
    '=?utf-8?q?',
  ],
  ...[
    '\u0301',
    '\u0323\u0301',
    '\u0315\u0300\u05ae',
    '\u200B',
    '\u200D',
    '\u202E',
    '\u2066',
    '\u2069',
    '\u202C',
    '\uFEFF',
    '\u3164',
  ],
  ...['\u2800', 'é', '漢', '한', 'ﷺ', '👨‍👩‍👧‍👦', '🇵🇱', '👍🏽', '\u2028', '\x1C', '٢', '\uD83D', 'क्षि'],
]

export const sizeBytes = 16_384

const fill = (parts: string[], bytes: number): string => {
  const unit = parts.join('') || 'a'
  const text = unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)))
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, '')
}

/** Processor time, the shortest of some runs: what else runs on the machine makes the others longer. */
const timeMs = (convert: (text: string) => unknown, text: string, runs: number): number => {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage()
    convert(text)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

export type Worst = { unit: string; ms: number; doubledMs: number }

/** @param random from 0 to 1; the same sequence finds the same text */
export const findWorst = (convert: (text: string) => unknown, random: () => number, rounds: number): Worst => {
  const pick = (): string => units[Math.floor(random() * units.length)] ?? 'a'
  const changed = (parts: string[]): string[] => {
    const at = Math.floor(random() * (parts.length + 1))
    const kind = random()
    if (kind < 0.4) return [...parts.slice(0, at), pick(), ...parts.slice(at)].slice(0, 8)
    if (kind < 0.6 && parts.length > 1) return parts.filter((_, index) => index !== at)
    return parts.map((part, index) => (index === at ? pick() : part))
  }
  convert(fill(['a '], sizeBytes))
  const each = units.map((unit) => ({ parts: [unit], ms: timeMs(convert, fill([unit], sizeBytes), 1) }))
  // The worst few are changed further, so that the search does not stop at the first hill.
  const best = each.sort((a, b) => b.ms - a.ms).slice(0, 5)
  for (let round = 0; round < rounds; round += 1) {
    const parts = changed(best[Math.floor(random() * best.length)]?.parts ?? [])
    const ms = timeMs(convert, fill(parts, sizeBytes), 1)
    if (ms <= (best.at(-1)?.ms ?? 0)) continue
    best[best.length - 1] = { parts, ms: timeMs(convert, fill(parts, sizeBytes), 2) }
    best.sort((a, b) => b.ms - a.ms)
  }
  const measured = best.map(({ parts }) => ({
    unit: parts.join(''),
    ms: timeMs(convert, fill(parts, sizeBytes), 3),
    doubledMs: timeMs(convert, fill(parts, 2 * sizeBytes), 3),
  }))
  return measured.reduce((worst, found) => (found.ms > worst.ms ? found : worst))
}
