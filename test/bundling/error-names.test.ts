import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildBundle } from '../../tools/build'
import integration from './error-names'

const requireBundle = createRequire(import.meta.url)

it.each([
  ['with the options of the definition', false],
  ['with the CLI’s defaults', true],
])('errors keep their names, bundled %s', async (_name, withCliDefaults) => {
  const folder = await mkdtemp(join(tmpdir(), 'error-names-'))
  try {
    const outfile = join(folder, 'names.cjs')
    await buildBundle({ entry: 'test/bundling/error-names', outfile, withCliDefaults })
    const { handler } = requireBundle(outfile) as typeof integration
    const names = handler()
    expect(names).toEqual(integration.handler())
    expect(names.filter((name) => name.startsWith('Error'))).toEqual(['Error, Runtime, 400'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
