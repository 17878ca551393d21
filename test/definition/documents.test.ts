import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
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

/** Written by a command, or about what is inside. */
const withoutHitl = new Set(['reliability.md', 'mutants.md', 'scaling.md', 'weather.md', 'sandbox.md'])
const read = documents.filter(
  (path) => /^\/(docs\/)?[\w-]+\.md$/.test(path) && !withoutHitl.has(path.split('/').at(-1) ?? ''),
)

it.each([...read, '/docs/recipes/README.md', '/integration.definition.ts'])(
  'says once what HITL stands for: %s',
  (document) => {
    const text = readFileSync(join(root, document), 'utf8').replaceAll('\n', ' ')
    expect(text.match(/human in the loop, HITL\)|HITL \(human in the loop\)/g) ?? []).toHaveLength(1)
  },
)

/** The name by which GitHub finds a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const addressOfSource = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository: string })
  .repository

/** Every link to a file of ours, from the root; hub.md has whole addresses. */
const linksOf = (document: string): { path: string; anchor: string | undefined }[] =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    const ours = target.startsWith(`${addressOfSource}/`)
      ? `/${target.slice(addressOfSource.length + 1).replace(/^(blob|raw)\/main\//, '')}`
      : target
    if (/^[a-z]+:/.test(ours)) return []
    const [path = '', anchor] = ours.split('#')
    return [{ path: path === '' ? document : resolve(dirname(document), path), anchor }]
  })

describe('a link', () => {
  it.each(documents)('leads to a file and a heading that exist, in %s', (document) => {
    const broken = linksOf(document).filter(({ path, anchor }) => {
      if (!paths.includes(path)) return true
      if (anchor === undefined) return false
      const headings = [...readFileSync(join(root, path), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text)
      return !headings.map(anchorOf).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('from every page that bot builders read is checked', () => {
    expect(linksOf('/hub.md').length).toBeGreaterThan(12)
    expect(linksOf('/docs/recipes/README.md')).toHaveLength(11)
  })
})
