import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../terminal/run'
import { checkSdk7 } from './check-types'

/** A project that calls `greet`, and a registry with an SDK 7 whose declaration says what `greet` takes. */
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-sdk7-'))
  await mkdir(join(folder, 'project/src'), { recursive: true })
  await mkdir(join(folder, 'fetched'))
  const options = { noEmit: true, strict: true, moduleResolution: 'Bundler', module: 'Preserve', types: [] }
  await writeFile(join(folder, 'project/tsconfig.json'), JSON.stringify({ compilerOptions: options }))
  await writeFile(join(folder, 'project/src/index.ts'), "import { greet } from '@botpress/sdk'\ngreet('Kettle')\n")
  await publish('@botpress/client', '2.5.0', 'export type Client = { name: string }', {})
})
afterEach(() => rm(folder, { recursive: true }))

const publish = async (name: string, version: string, types: string, dependencies: Record<string, string>) => {
  const source = join(folder, 'registry', name)
  await mkdir(join(source, 'package/dist'), { recursive: true })
  const manifest = { name, version, types: './dist/index.d.ts', dependencies }
  await writeFile(join(source, 'package/package.json'), JSON.stringify(manifest))
  await writeFile(join(source, 'package/dist/index.d.ts'), types)
  await run(['tar'], ['-czf', 'package.tgz', 'package'], source)
}

/** Stands in for `npm pack`: copies what was published, and fails for everything else. */
const npm = [
  process.execPath,
  '-e',
  `const { copyFileSync } = require('node:fs')
   const name = process.argv[2].replace(/(.)@.*/, '$1')
   copyFileSync(process.env.REGISTRY + '/' + name + '/package.tgz', 'package.tgz')`,
] as const
const tsc = [process.execPath, resolve(__dirname, '../../node_modules/typescript/bin/tsc')] as const

const check = async () => {
  process.env['REGISTRY'] = join(folder, 'registry')
  const lines: string[] = []
  const options = { root: join(folder, 'project'), folder: join(folder, 'fetched'), npm, tsc }
  const outcome = await checkSdk7(options, (line) => lines.push(line))
  return { outcome, printed: lines.join('\n') }
}
const takes = (type: string): string => `export declare const greet: (name: ${type}) => void`

describe('npm run check:sdk7', () => {
  it.each([
    ['fits', takes('string'), { '@botpress/client': '2.5.0' }, /client 2\.5\.0 .*fetched\.\nNo errors/],
    ['does not fit', takes('number'), { '@botpress/client': '2.5.0' }, /src\/index\.ts.*TS2345/],
    ['partly', takes('string'), { '@bpinternal/zui': '^2.4.1' }, /zui@\^2\.4\.1 could not be fetched/],
  ])('says that the project %s', async (outcome, types, dependencies, words) => {
    await publish('@botpress/sdk', '7.2.4', types, dependencies)
    const checked = await check()
    expect(checked.printed).toMatch(words)
    expect(checked.outcome).toBe(outcome)
  })

  it('says that it could not run without the SDK', async () => {
    const checked = await check()
    expect(checked.printed).toMatch(/sdk@7 could not be fetched/)
    expect(checked.outcome).toBe('not run')
  })
})
