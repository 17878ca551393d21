import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Bundles } from '../tools/bundles'
import { median } from './statistics'

type Start = { loadMs: number; readyMs: number; cpuMs: number }
export type ColdStart = { runs: number; oursMs: Start; emptyMs: Start; ratio: number; cpuRatio: number }

/** Time from `require` until the server listens, in new processes: the empty integration and ours in turn. */
export const measureColdStart = async ({ ours, empty }: Bundles, runs: number): Promise<ColdStart> => {
  const starts = { ours: new Array<Start>(), empty: new Array<Start>() }
  // The first round is not measured, because it reads the files from the disk.
  for (let run = 0; run <= runs; run += 1) {
    const pair = { empty: await startOnce(empty.outfile), ours: await startOnce(ours.outfile) }
    if (run === 0) continue
    starts.ours.push(pair.ours)
    starts.empty.push(pair.empty)
  }
  const medianOf = (all: Start[]): Start => ({
    loadMs: median(all.map(({ loadMs }) => loadMs)),
    readyMs: median(all.map(({ readyMs }) => readyMs)),
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
  })
  const oursMs = medianOf(starts.ours)
  const emptyMs = medianOf(starts.empty)
  // The ratio is taken per pair, because a machine that slows down for a while slows both processes of a pair.
  const ratioOf = (part: keyof Start): number =>
    median(starts.ours.map((start, run) => start[part] / (starts.empty[run]?.[part] ?? Number.NaN)))
  return { runs, oursMs, emptyMs, ratio: ratioOf('readyMs'), cpuRatio: ratioOf('cpuMs') }
}

const startOnce = async (bundle: string): Promise<Start> => {
  const child = fork(resolve(__dirname, 'child/cold-start.cjs'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { BENCH_BUNDLE: bundle, BP_API_URL: 'http://127.0.0.1:1', BP_TOKEN: 'bench-token' },
  })
  const [start] = (await once(child, 'message')) as [Start]
  await once(child, 'exit')
  return start
}
