import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { version } from '../package.json'
import { printsHelp } from '../tools/help'
import { checkRelease } from './release/release'

const help = `npm run release:check [-- --tag v1.0.0] [--notes <file>]

Checks what a release needs, without network: one version everywhere, the
address of the source in package.json and hub.md, and a dated section in
CHANGELOG.md. The release workflow runs it before it builds.

  --tag <tag>     is this the tag of the version?
  --notes <file>  writes the changelog's section there, if all checks pass`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } })
  const root = resolve(__dirname, '..')
  const notesPath = values.notes === undefined ? undefined : resolve(values.notes)
  process.exitCode = await checkRelease({ root, version, tag: values.tag, notesPath }, (line) => console.log(line))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'It failed.')
  process.exitCode = 1
})
