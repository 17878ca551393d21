import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const notOurs = new Set(['node_modules', '.git', 'dist', 'reports', '.stryker-tmp'])

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? [path, ...walk(path)] : [path]
  })

const paths = walk(root).map((path) => `/${relative(root, path).split(sep).join('/')}`)
const documents = paths.filter((path) => path.endsWith('.md'))

/** Names in back quotes that look like a path, but are a package's or made by a command. */
const others = new Set(['zod/v4-mini', '.livechat-doctor.json', '.botpress/dist', '.cache'])

/** Every `folder/name`, and every name with the ending of a source file, that a text has in back quotes. */
const quotedPaths = (text: string): string[] =>
  [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*|[\w.-]+\.(?:tsx?|mts|mjs|json|md))`/g)]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => path.includes('.') || path.includes('/'))

/** Documents shorten paths: `content/pick-choice` stands for `src/content/pick-choice.ts`. */
const exists = (path: string): boolean =>
  ['', '.ts', '.tsx', '.test.ts'].some((ending) => paths.some((known) => known.endsWith(`/${path}${ending}`)))

describe('a path that a document names', () => {
  it.each(documents)('exists, in %s', (document) => {
    const named = quotedPaths(readFileSync(join(root, document), 'utf8'))
    expect(named.filter((path) => !others.has(path) && !exists(path))).toEqual([])
  })

  it('is seen when it is missing', () => {
    expect(
      quotedPaths('see `session/no-such-file` and `gone.ts`, not `a word`').filter((path) => !exists(path)),
    ).toEqual(['session/no-such-file', 'gone.ts'])
  })
})
