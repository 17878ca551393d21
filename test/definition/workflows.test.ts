import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scripts } from '../../package.json'

const root = resolve(__dirname, '../..')
const folder = join(root, '.github/workflows')
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')])
const offline = readFileSync(join(root, '.ci/run'), 'utf8')

/** Every `npm run <script>` and `npm test` in a text. */
const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(([, run, test]) => run ?? test ?? '')

describe.each([...workflows, ['.ci/run', offline] as [string, string]])('%s', (_, text) => {
  it('runs only commands that exist', () => {
    const used = scriptsIn(text)
    expect(used.length).toBeGreaterThan(4)
    expect(used.filter((name) => !(name in scripts))).toEqual([])
  })

  it('uses actions by the hash of a commit, with the version beside it', () => {
    const used = [...text.matchAll(/\buses: (.*)$/gm)].map(([, action = '']) => action)
    expect(used.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$/.test(action))).toEqual([])
  })
})

it('a release checks, tests, builds, lists its parts, and proves where it comes from, in this order', () => {
  const [, release = ''] = workflows.find(([name]) => name === 'release.yml') ?? []
  const order = [
    'npm run release:check',
    'npm audit',
    'npm run check',
    'npm test',
    'npm run build',
    'npm sbom',
    'actions/attest-build-provenance',
    'gh release create',
  ]
  const places = order.map((step) => release.indexOf(step))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(Math.min(...places)).toBeGreaterThan(0)
})

it('.ci/run never asks a registry for weaknesses or updates: a failure there would say nothing of the change', () => {
  expect(offline).not.toMatch(/npm (audit|outdated|update)/)
})
