import { resolve } from 'node:path'
import { printsHelp } from '../tools/help'
import { lintHub } from './lint-hub/lint-hub'

const help = `npm run lint:hub

Runs Botpress' own lint on the definition and hub.md, with the CLI that the
project is pinned to. npx fetches the CLI at the first run.

Exit code: 0 it passes, 1 it does not, 2 the CLI could not be run.`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  process.exitCode = await lintHub({
    root: resolve(__dirname, '..'),
    cli: ['npx', '--yes', '@botpress/cli@5.5.6'],
    nowMs: () => performance.now(),
    print: (line) => console.log(line),
  })
}

void main()
