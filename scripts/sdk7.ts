import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { printsHelp } from '../tools/help'
import { checkSdk7, type Sdk7Outcome } from './sdk7/check-types'

const help = `npm run check:sdk7

Checks the types of the project against the published declarations of the
newest SDK 7. Fetches them into a temporary folder; installs nothing.

Exit code: 0 they fit, 1 they do not, 2 the SDK could not be fetched,
3 they fit, but a package that SDK 7 needs could not be fetched, so that the
project's own version stood in for it.`

const endings: Record<Sdk7Outcome, { code: number; words: string }> = {
  fits: { code: 0, words: 'The types fit SDK 7.' },
  'does not fit': { code: 1, words: 'The types do not fit SDK 7: see above.' },
  'not run': { code: 2, words: 'NOT CHECKED: the declarations of SDK 7 could not be fetched or read.' },
  partly: { code: 3, words: 'CHECKED IN PART: the types fit, but a package of SDK 7 was missing: see above.' },
}

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const root = resolve(__dirname, '..')
  const folder = await mkdtemp(join(tmpdir(), 'sdk7-'))
  try {
    const tsc = [process.execPath, join(root, 'node_modules/typescript/bin/tsc')] as const
    const outcome = await checkSdk7({ root, folder, npm: ['npm'], tsc }, (line) => console.log(line))
    console.log(endings[outcome].words)
    process.exitCode = endings[outcome].code
  } finally {
    await rm(folder, { recursive: true })
  }
}

void main()
