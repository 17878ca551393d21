import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildBundle, type Bundle } from './build'
import { mimeTableModule, writtenMimeTable } from './mime-table'

let folder: string
let bundle: Bundle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  bundle = await buildBundle({ outfile: join(folder, 'index.cjs') })
})
afterAll(() => rm(folder, { recursive: true }))

it('bundles only the integration of this package: no sandbox, tests or tools', () => {
  const strangers = bundle.ownFiles.filter((path) => !/^(src\/|integration\.definition\.ts$)/.test(path))
  expect(strangers).toEqual([])
  expect(bundle.ownFiles).toContain('src/index.ts')
})

it('bundles no package that is only a development dependency', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { devDependencies: Record<string, string> }
  const packages = new Set(Object.keys(bundle.bytesByPackage))
  expect(Object.keys(manifest.devDependencies).filter((name) => packages.has(name))).toEqual([])
})

it('holds every type and file ending that the whole list of types holds', () => {
  // If this fails: `npx tsx tools/mime-table.ts`.
  expect(writtenMimeTable()).toBe(mimeTableModule())
})
