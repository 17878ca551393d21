import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { printsHelp } from '../tools/help'
import { runSteps, type Step } from './terminal/steps'

const help = `npm run check [-- --fresh]

Runs everything but the tests: types, lint, imports, unused code, the rules of
the definition, and the format. Each is also a command of its own: npm run
check:types, check:lint, check:imports, check:unused, check:definition,
check:format.

  --fresh  forgets the caches in .cache/. Lint keeps what it found in a file
           that has not changed, even if a type that the file uses has.`

/** The longest first, so that none of them is left over at the end. */
const names = ['lint', 'types', 'definition', 'unused', 'imports', 'format']

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } })
  const root = resolve(__dirname, '..')
  if (values.fresh) await rm(resolve(root, '.cache'), { recursive: true, force: true })
  const failed = await runSteps(
    names.map((name): Step => ({ name, command: ['npm', 'run', '--silent', `check:${name}`] })),
    {
      root,
      workers: Math.min(4, availableParallelism()),
      nowMs: () => performance.now(),
      print: (line) => console.log(line),
    },
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'It failed.')
  process.exitCode = 1
})
