import type { ColdStart } from './cold-start'
import type { OperationCost } from './operation-costs'
import type { MemoryPoint, RelayCost, RefusalCost, RelayLatency, SessionsCost } from './relay'
import type { Percentiles } from './statistics'

export type Report = {
  machine: { node: string; cores: number }
  bundle: { bytes: number; emptyBytes: number; ratio: number; bytesByPackage: Record<string, number> }
  coldStart: ColdStart
  relay: { cost: RelayCost[]; refusal: RefusalCost; latency: RelayLatency[] }
  sessions: SessionsCost[]
  memory: MemoryPoint[]
  operations: OperationCost[]
}

type Target = { what: string; measured: string; target: string; holds: boolean }

/** The targets, each with the result of this run. */
export const judge = (report: Report): Target[] => {
  const { bundle, coldStart, relay, sessions, memory } = report
  const warm = relay.latency.filter(({ latencyMs }) => latencyMs === 20)
  const webhook = relay.cost[0]
  const growth = flatness(sessions)
  const heapGrowthMb = (memory.at(-1)?.heapMb ?? 0) - (memory[1]?.heapMb ?? 0)
  return [
    target('bundle ÷ empty integration', bundle.ratio, 1.25),
    target('cold start ÷ empty integration, processor time', coldStart.cpuRatio, 1.15),
    target('cold start ÷ empty integration, time', coldStart.ratio, 1.15),
    ...warm.map(({ name, ratio }) => target(`p50 until the text has arrived, 20 ms, ${name}, ÷ floor`, ratio, 1.1)),
    target('processor time per webhook ÷ floor (0.75 of its rate)', webhook?.cpuRatio ?? Number.NaN, 1 / 0.75),
    target('refused webhook, calls', relay.refusal.calls, 0),
    target('refused webhook, ms of processor time', relay.refusal.cpuMs, 0.2),
    target('refused webhook, of these our own', relay.refusal.cpuMs - relay.refusal.emptyCpuMs, 0.2),
    target('calls per message, 10,000 live sessions ÷ 10', growth.calls, 1),
    target('processor time per message, 10,000 live sessions ÷ 10', growth.cpu, 1.25),
    target('heap growth over the last three quarters of the events, MB', heapGrowthMb, 5),
  ]
}

const target = (what: string, measured: number, limit: number): Target => ({
  what,
  measured: measured.toFixed(3),
  target: `≤ ${Number.isInteger(limit) ? limit : limit.toFixed(2)}`,
  holds: measured <= limit + 0.0005,
})

/** Growth from the fewest to the most sessions, in the worse direction. */
const flatness = (costs: SessionsCost[]): { calls: number; cpu: number } => {
  const names = [...new Set(costs.map(({ name }) => name))]
  const growths = names.flatMap((name) => {
    const own = costs.filter((cost) => cost.name === name)
    const [first, last] = [own[0], own.at(-1)]
    return first && last ? [{ calls: last.calls / first.calls, cpu: last.cpuMs / first.cpuMs }] : []
  })
  return {
    calls: Math.max(...growths.map(({ calls }) => Number(calls.toFixed(3)))),
    cpu: Math.max(...growths.map(({ cpu }) => cpu)),
  }
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0)
const spread = ({ p50, p95, p99 }: Percentiles): string => `${ms(p50)} / ${ms(p95)} / ${ms(p99)}`

const table = (title: string, header: string[], rows: (string | number)[][]): void => {
  const lines = [header, ...rows].map((row) => row.map(String))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  console.log(`\n${title}`)
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
}

export const printReport = (report: Report): void => {
  const { bundle, coldStart, relay, sessions, memory, operations, machine } = report
  console.log(`Node ${machine.node}, ${machine.cores} cores. Times in ms; p50 / p95 / p99.`)
  table(
    'Operations on the emulators, 4 runs each: calls, longest chain (until the text has arrived), time until answered and until the text has arrived',
    [
      '',
      'calls',
      'chain',
      ...(operations[0]?.timings.flatMap(({ latencyMs }) => [`${latencyMs} ms: answered`, 'arrived']) ?? []),
    ],
    operations.map(({ name, calls, chain, arrivalChain, timings }) => [
      name,
      calls,
      arrivalChain === undefined ? chain : `${chain} (${arrivalChain})`,
      ...timings.flatMap(({ wallMs, arrivedMs }) => [spread(wallMs), arrivedMs ? spread(arrivedMs) : '']),
    ]),
  )
  table(
    'Warm relay against the floor: until the text has arrived',
    ['', 'latency', 'ours', 'floor', 'ratio of p50'],
    relay.latency.map(({ name, latencyMs, oursMs, floorMs, ratio }) => [
      name,
      `${latencyMs} ms`,
      spread(oursMs),
      spread(floorMs),
      ratio.toFixed(3),
    ]),
  )
  table(
    'Warm relay against the floor: processor time at 50 in flight',
    ['', 'calls', 'ms, ours', 'ms, floor', 'ratio', 'events/s/core, ours', 'floor'],
    relay.cost.map(({ name, calls, cpuMs, cpuRatio, eventsPerCoreSecond: rate }) => [
      name,
      calls,
      cpuMs.ours.toFixed(3),
      cpuMs.floor.toFixed(3),
      cpuRatio.toFixed(2),
      rate.ours.toFixed(0),
      rate.floor.toFixed(0),
    ]),
  )
  table(
    'Live sessions',
    ['', 'sessions', 'calls per message', 'ms of processor time', 'heap MB'],
    sessions.map(({ name, sessions: count, calls, cpuMs, heapMb }) => [
      name,
      count,
      calls.toFixed(3),
      cpuMs.toFixed(3),
      heapMb.toFixed(1),
    ]),
  )
  table(
    'Memory after so many events, garbage collected',
    ['events', 'resident MB', 'heap MB'],
    memory.map(({ events, rssMb, heapMb }) => [events, rssMb.toFixed(1), heapMb.toFixed(1)]),
  )
  table(
    `Cold start, ${coldStart.runs} runs in turn`,
    ['', 'loaded ms', 'ready ms', 'processor ms'],
    [
      ['ours', ...Object.values(coldStart.oursMs).map(ms)],
      ['empty integration', ...Object.values(coldStart.emptyMs).map(ms)],
    ],
  )
  table(
    `Bundle: ${bundle.bytes} bytes, the empty integration ${bundle.emptyBytes}`,
    ['package', 'bytes'],
    Object.entries(bundle.bytesByPackage).slice(0, 14),
  )
  table(
    'Targets',
    ['', 'measured', 'target', 'holds'],
    judge(report).map(({ what, measured, target: limit, holds }) => [what, measured, limit, holds ? 'yes' : 'NO']),
  )
}
