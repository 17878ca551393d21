import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { seededRandom } from '../../../sandbox/random'

/** `npm run test:reliability` sets this; `npm test` runs every row at a reduced size. */
export const isFull = process.env['RELIABILITY'] === 'full'

/** Repeats a run: `SEED=7 npm run test:reliability -- --row 4`. */
export const seed = Number(process.env['SEED'] ?? 20_260_105)

export const size = (reduced: number, full: number): number => (isFull ? full : reduced)

/**
 * How many times faster the process waits in rows where it runs into its limits. With more, a limit would be too short
 * for a busy machine.
 */
export const timeScale = size(20, 10)

/** Time limit of a whole row at full size. */
export const fullTimeoutMs = 460_000

export type Measurement = {
  row: number
  /** What was counted, in a few words. */
  what: string
  n: number
  failures: number
  /** Milliseconds, one for each measurement. */
  timesMs?: number[]
  /** What else the row reports, such as heap growth. */
  note?: string
}

export type Recorded = Omit<Measurement, 'timesMs'> & {
  seed: number
  size: 'full' | 'reduced'
  p50?: number
  p95?: number
  p99?: number
  heapMb: number
}

const directory = resolve(__dirname, '../../../reports/reliability')

/** Prints the measurement, and keeps it for the summary if the run is a full one. */
export const record = ({ timesMs, ...measurement }: Measurement): Recorded => {
  const recorded: Recorded = {
    ...measurement,
    seed,
    size: isFull ? 'full' : 'reduced',
    ...(timesMs && timesMs.length > 0
      ? { p50: percentile(timesMs, 50), p95: percentile(timesMs, 95), p99: percentile(timesMs, 99) }
      : {}),
    heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
  }
  process.stdout.write(`${line(recorded)}\n`)
  if (isFull) {
    mkdirSync(directory, { recursive: true })
    const name = `${String(recorded.row).padStart(2, '0')} ${recorded.what.replace(/[^\w]+/g, '-')}.json`
    writeFileSync(resolve(directory, name), JSON.stringify(recorded))
  }
  return recorded
}

const line = ({ row, what, n, failures, p50, p95, p99, note, seed: used }: Recorded): string =>
  [
    `row ${row}: ${what}: n ${n}, failures ${failures}`,
    ...(p50 === undefined ? [] : [`p50/p95/p99 ${p50}/${p95}/${p99} ms`]),
    ...(note === undefined ? [] : [note]),
    `seed ${used}`,
  ].join(', ')

export const percentile = (values: number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const index = Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)
  return Math.round((sorted[Math.max(0, index)] ?? 0) * 10) / 10
}

/** Choices from one seeded source. */
export const createRandom = (salt = 0) => {
  const next = seededRandom(seed + salt)
  const int = (below: number): number => Math.floor(next() * below)
  const pick = <T>(items: readonly [T, ...T[]]): T => items[int(items.length)] ?? items[0]
  return {
    next,
    int,
    pick,
    chance: (probability: number): boolean => next() < probability,
    shuffled: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  }
}

/** Runs `work` for each item, at most `width` at a time. Returns the milliseconds that each took. */
export const eachInParallel = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<number[]> => {
  const timesMs: number[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++
      const startedMs = performance.now()
      await work(items[index] as T, index)
      timesMs.push(performance.now() - startedMs)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
  return timesMs
}

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** How often each line occurs. */
export const countOf = (lines: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const each of lines) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}
