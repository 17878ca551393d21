import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { printsHelp } from '../tools/help'

/** The files run one after another, so that times mean something. */
const help = `npm run test:reliability [-- --row <number> | --summary]

Runs the rows of test/reliability at full size, and writes what they measured
to docs/reliability.json and docs/reliability.md. Takes long.

  --row <number>  runs one row and leaves the figures of the others as they are
  --summary       only writes the summary again
  SEED=7          in the environment: repeats a run`

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MEASURED = resolve(ROOT, 'reports/reliability')
const JSON_SUMMARY = resolve(ROOT, 'docs/reliability.json')
const MARKDOWN_SUMMARY = resolve(ROOT, 'docs/reliability.md')

type Measured = {
  row: number
  what: string
  n: number
  failures: number
  p50?: number
  p95?: number
  p99?: number
  note?: string
  heapMb: number
  seed: number
}

const promises: Record<number, string> = {
  1: 'each event takes effect once',
  2: 'nothing unauthenticated has an effect',
  3: 'what is for agents stays with agents; no echo',
  4: 'accepted means delivered or visibly failed',
  5: 'a failed send is never silent',
  6: 'killed at any moment, nothing is lost or doubled',
  7: 'a write that may have landed is not repeated blindly',
  8: 'no secret leaves',
  9: 'order does not matter to meaning',
  10: 'a webhook may come before the call that caused it returns',
  11: 'any bytes are survived',
  12: 'fetching media cannot reach inside',
  13: 'in time, always',
  14: 'sessions never mix',
  15: 'load changes only time',
  16: 'retries are polite and bounded',
  17: 'an expired token costs no message',
  18: 'secrets rotate without a gap',
  19: 'the vendor may grow',
  20: 'the session has no bad state',
  21: 'one record is one line',
  22: 'text arrives as written',
  23: 'the wrong region is followed once',
}

const run = (row: number | undefined, seed: string): Promise<number> =>
  new Promise((done) => {
    const filter = row === undefined ? [] : [`test/reliability/row-${String(row).padStart(2, '0')}`]
    const child = spawn('npx', ['vitest', 'run', '--project', 'reliability', '--no-file-parallelism', ...filter], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, RELIABILITY: 'full', SEED: seed },
    })
    child.on('close', (code) => done(code ?? 1))
  })

const readMeasured = async (): Promise<Measured[]> => {
  const names = (await readdir(MEASURED)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(resolve(MEASURED, name), 'utf8')) as Measured))
}

const readSummary = async (): Promise<Measured[]> => {
  try {
    return (JSON.parse(await readFile(JSON_SUMMARY, 'utf8')) as { measured: Measured[] }).measured
  } catch {
    return []
  }
}

const tableLine = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`

const toMarkdown = (measured: Measured[]): string =>
  [
    '# What was measured',
    '',
    '`npm run test:reliability` wrote this file. Each row is a promise that a test in `test/reliability/` keeps at full size,',
    'through the deployed bundle between the two emulators unless its file says otherwise. Failures are counted in what people',
    'saw and in the ledgers of both sides, not in calls. Times are milliseconds on the machine of the run, which had two cores;',
    '`heap` is that of the test, in MB. Row 24 is `npm run test:mutation`: see [mutants.md](mutants.md). Rows that were run one',
    'by one keep their figures from then: only a run of all rows shows one state of the code.',
    '',
    'Rows 1, 3 to 10 and 14 meet one kind of trouble each, through real HTTP. The simulation meets all of them at once, with',
    'several processes, on a virtual clock: [weather.md](weather.md) says which promises it holds, with its figures, its named',
    'exceptions, and how many planted faults it finds.',
    '',
    tableLine(['row', 'promise', 'what', 'n', 'failures', 'p50', 'p95', 'p99', 'heap', 'seed']),
    tableLine(Array.from({ length: 10 }, () => '---')),
    ...measured.map(({ row, what, n, failures, p50 = '', p95 = '', p99 = '', note, heapMb, seed }) => {
      const told = note === undefined ? what : `${what} (${note})`
      return tableLine([
        row,
        promises[row] ?? '',
        told.replaceAll('|', '\\|'),
        n,
        failures,
        p50,
        p95,
        p99,
        heapMb,
        seed,
      ])
    }),
    '',
  ].join('\n')

const main = async (): Promise<number> => {
  if (printsHelp(help)) return 0
  const at = process.argv.indexOf('--row')
  const row = at === -1 ? undefined : Number(process.argv[at + 1])
  if (row !== undefined && !(row in promises))
    throw new Error(`There is no row ${row}; row 24 is npm run test:mutation`)
  const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000)
  const isSummaryOnly = process.argv.includes('--summary')
  if (!isSummaryOnly) {
    process.stdout.write(`SEED=${seed}\n`)
    await rm(MEASURED, { recursive: true, force: true })
  }
  await mkdir(MEASURED, { recursive: true })
  const code = isSummaryOnly ? 0 : await run(row, seed)
  const fresh = await readMeasured()
  const rows = new Set(fresh.map((each) => each.row))
  const kept = (await readSummary()).filter((each) => !rows.has(each.row))
  const measured = [...kept, ...fresh].sort((a, b) => a.row - b.row || a.what.localeCompare(b.what))
  await mkdir(resolve(ROOT, 'docs'), { recursive: true })
  await writeFile(JSON_SUMMARY, await format(JSON.stringify({ measured }), { parser: 'json', printWidth: 120 }))
  await writeFile(MARKDOWN_SUMMARY, await format(toMarkdown(measured), { parser: 'markdown', printWidth: 120 }))
  return code
}

void main().then((code) => process.exit(code))
