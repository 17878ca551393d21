import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import definition from '../../integration.definition'
import { version } from '../../package.json'

const root = resolve(__dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

it('the version stands in package.json, and the definition reads it there', () => {
  expect(definition.version).toBe(version)
  const files = ['src', 'tools', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .concat('integration.definition.ts')
  expect(files.length).toBeGreaterThan(150)
  expect(files.filter((path) => read(path).includes(`'${version}'`))).toEqual([])
})

it('npm’s lock file has the same version', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string
    packages: Record<string, { version?: string }>
  }
  expect([lock.version, lock.packages['']?.version]).toEqual([version, version])
})
