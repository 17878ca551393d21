import { parseArgs } from 'node:util'
import { seededRandom } from '../../sandbox/random'
import { printsHelp } from '../../tools/help'
import { conversions } from './conversions'
import { findWorst, sizeBytes } from './worst-text'

/** What a conversion of people's text may take for 16 KB. */
const limitMs = 20

const help = `npm run bench:texts [-- --seed <number>] [--rounds <number>]

Looks for the worst 16 KB for each conversion of people's text, and prints how
long it takes, and twice as much. Ends with 1 if one takes more than ${limitMs} ms.

  --seed <number>    repeats a run (1)
  --rounds <number>  how long to look (300)`

const main = (): void => {
  if (printsHelp(help)) return
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: '300' } },
  })
  console.log(
    `The worst ${sizeBytes / 1024} KB found in ${values.rounds} rounds, seed ${values.seed}; limit ${limitMs} ms`,
  )
  let slow = 0
  for (const [name, convert] of Object.entries(conversions)) {
    const { unit, ms, doubledMs } = findWorst(convert, seededRandom(Number(values.seed)), Number(values.rounds))
    if (ms > limitMs) slow += 1
    const mark = ms > limitMs ? '  TOO SLOW' : ''
    console.log(
      `${name.padEnd(36)} ${ms.toFixed(1).padStart(8)} ms  twice as long: ${doubledMs.toFixed(1).padStart(8)} ms  ${JSON.stringify(unit)}${mark}`,
    )
  }
  process.exitCode = slow > 0 ? 1 : 0
}

main()
