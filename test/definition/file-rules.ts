import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { SaxesParser } from 'saxes'
import type { DefinitionJson } from '../../tools/definition-json'

const MAX_ICON_BYTES = 10_000
const MIN_README_LENGTH = 500

/**
 * Checks the two files that the hub shows: they exist, have the endings that a deploy requires, and are what they claim
 * to be.
 */
export const fileViolations = ({ icon, readme }: DefinitionJson, root: string): string[] => [
  ...fileViolation('icon', icon, '.svg', root, iconProblem),
  ...fileViolation('readme', readme, '.md', root, readmeProblem),
]

const fileViolation = (
  what: string,
  path: string | undefined,
  ending: string,
  root: string,
  problemOf: (text: string) => string | undefined,
): string[] => {
  if (!path) return [`${what}: not named`]
  if (!path.endsWith(ending)) return [`${what} ${path}: does not end in ${ending}`]
  const file = resolve(root, path)
  if (!existsSync(file)) return [`${what} ${path}: no such file`]
  const problem = problemOf(readFileSync(file, 'utf8'))
  return problem ? [`${what} ${path}: ${problem}`] : []
}

const iconProblem = (text: string): string | undefined => {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => names.push(name))
  try {
    parser.write(text).close()
  } catch {
    return 'not XML'
  }
  if (names[0] !== 'svg') return 'not an SVG picture'
  if (names.includes('script')) return 'holds a script'
  return Buffer.byteLength(text) > MAX_ICON_BYTES ? `larger than ${MAX_ICON_BYTES} bytes` : undefined
}

const readmeProblem = (text: string): string | undefined => {
  if (!/^#\s+\S/m.test(text)) return 'has no heading'
  return text.trim().length < MIN_README_LENGTH ? 'says hardly anything' : undefined
}
