import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A comment, and the name of the field that follows it. */
const COMMENTED = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(\w+)\??:/g

/** What is written beside each knob of a side, in the file that lists them. */
export const knobTexts = (side: 'livechat' | 'botpress'): ReadonlyMap<string, string> => {
  const source = readFileSync(resolve(__dirname, '..', side, 'knobs.ts'), 'utf8')
  return new Map(
    [...source.matchAll(COMMENTED)].map(([, comment = '', name = '']) => [
      name,
      comment
        .replaceAll(/^\s*\*\s?/gm, ' ')
        .replaceAll('`', '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ]),
  )
}
