import { cpus } from 'node:os'
import { buildBundle } from '../tools/build'
import { buildBundles } from '../tools/bundles'
import { printsHelp } from '../tools/help'
import { measureColdStart } from './cold-start'
import { measureOperations } from './operation-costs'
import {
  measureMemory,
  measureRefusal,
  measureRelayCost,
  measureRelayLatency,
  measureSessions,
  withPair,
} from './relay'
import { judge, printReport, type Report } from './report'

/**
 * Measures what the integration costs. Times depend on the machine and on its load. What counts are calls, chains,
 * bytes, and ratios to a floor that is measured in the same run, in turn with ours.
 */
const help = `npm run bench [-- --json]

Measures bytes, cold starts, calls, memory and the time of a relay, beside the
least that an integration can do. Takes some minutes.

  --json  for programs`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const startedMs = performance.now()
  const note = (what: string): void => {
    process.stderr.write(`${((performance.now() - startedMs) / 1000).toFixed(0).padStart(4)} s  ${what}\n`)
  }
  note('bundles')
  await buildBundle()
  const bundles = await buildBundles()
  note('cold starts')
  const coldStart = await measureColdStart(bundles, 15)
  note('relay against the floor')
  const relay = await withPair(bundles, async (pair) => ({
    cost: await measureRelayCost(pair, { rounds: 9, eventsPerRound: 800 }),
    refusal: await measureRefusal(pair, bundles, 7),
    latency: [
      ...(await measureRelayLatency(pair, { latencyMs: 0, samples: 200 })),
      ...(await measureRelayLatency(pair, { latencyMs: 20, samples: 100 })),
    ],
  }))
  note('live sessions')
  const sessions = await measureSessions(bundles, [10, 1_000, 10_000], 4_000)
  note('memory')
  const memory = await measureMemory(bundles, 20_000)
  note('operations on the emulators')
  const operations = await measureOperations([0, 20], 4)
  note('done')

  const report: Report = {
    machine: { node: process.version, cores: cpus().length },
    bundle: {
      bytes: bundles.ours.bytes,
      emptyBytes: bundles.empty.bytes,
      ratio: bundles.ours.bytes / bundles.empty.bytes,
      bytesByPackage: bundles.ours.bytesByPackage,
    },
    coldStart,
    relay,
    sessions,
    memory,
    operations,
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...report, targets: judge(report) }, null, 2))
  else printReport(report)
}

void main()
