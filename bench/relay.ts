import { startConstantPlatforms, type ConstantPlatforms } from './constant-platforms'
import type { Bundles } from '../tools/bundles'
import { agentMessage, sendMany, userMessage, type Operation } from './load'
import { startMeasured, type MeasuredProcess } from './measured-process'
import { median, percentiles, type Percentiles } from './statistics'

/** One kind of event, ours against the floor: medians over rounds that measure both in turn. */
export type RelayCost = {
  name: string
  cpuMs: { ours: number; floor: number }
  /** Ours ÷ floor, the median of the rounds' own ratios. */
  cpuRatio: number
  eventsPerCoreSecond: { ours: number; floor: number }
  /** Calls per event, ours. */
  calls: number
}
export type RelayLatency = { name: string; latencyMs: number; oursMs: Percentiles; floorMs: Percentiles; ratio: number }
/** `heapMb`: the live heap of the process afterwards. */
export type SessionsCost = { name: string; sessions: number; calls: number; cpuMs: number; heapMb: number }
export type MemoryPoint = { events: number; rssMb: number; heapMb: number }

type Pair = { ours: MeasuredProcess; floor: MeasuredProcess; platforms: ConstantPlatforms }
type Kind = { name: string; make: (session: number) => Operation }

/** Twice as many as are in flight. Messages of one session wait for each other in our bundle, but not in the floor. */
const liveSessions = 100
const agentToUser: Kind = { name: 'agent → end user', make: agentMessage }
const userToAgent: Kind = { name: 'end user → agent', make: userMessage }
const kinds = [agentToUser, userToAgent]

export const withPair = async <T>(bundles: Bundles, work: (pair: Pair) => Promise<T>): Promise<T> => {
  const platforms = await startConstantPlatforms()
  const ours = await startMeasured(bundles.ours.outfile, platforms.port)
  const floor = await startMeasured(bundles.oneCall.outfile, platforms.port)
  try {
    return await work({ ours, floor, platforms })
  } finally {
    await Promise.all([ours.close(), floor.close()])
    await platforms.close()
  }
}

const cpuPerEvent = async (
  measured: MeasuredProcess,
  count: number,
  make: (index: number) => Operation,
): Promise<number> => {
  const before = await measured.usage()
  await sendMany(measured.port, count, 50, make)
  const after = await measured.usage()
  return (after.cpuMs - before.cpuMs) / count
}

const totalCalls = ({ calls }: ConstantPlatforms): number => [...calls.values()].reduce((sum, count) => sum + count, 0)

const liveHeapMb = async (measured: MeasuredProcess): Promise<number> => {
  // Twice, because finalizers keep some objects alive until the second collection.
  await measured.usage({ collect: true })
  return (await measured.usage({ collect: true })).heapUsed / 1e6
}

/** Processor time per event at 50 in flight, garbage collection included. */
export const measureRelayCost = async (
  { ours, floor, platforms }: Pair,
  { rounds, eventsPerRound }: { rounds: number; eventsPerRound: number },
): Promise<RelayCost[]> => {
  const costs: RelayCost[] = []
  for (const { name, make } of kinds) {
    const makeInTurn = (index: number): Operation => make(index % liveSessions)
    for (const measured of [ours, floor]) await sendMany(measured.port, 2_500, 50, makeInTurn)
    const measuredRounds: { ours: number; floor: number }[] = []
    let calls = 0
    for (let round = 0; round < rounds; round += 1) {
      const before = totalCalls(platforms)
      const oursMs = await cpuPerEvent(ours, eventsPerRound, makeInTurn)
      calls = (totalCalls(platforms) - before) / eventsPerRound
      measuredRounds.push({ ours: oursMs, floor: await cpuPerEvent(floor, eventsPerRound, makeInTurn) })
    }
    const cpuMs = {
      ours: median(measuredRounds.map((round) => round.ours)),
      floor: median(measuredRounds.map((round) => round.floor)),
    }
    costs.push({
      name,
      cpuMs,
      cpuRatio: median(measuredRounds.map((round) => round.ours / round.floor)),
      eventsPerCoreSecond: { ours: 1000 / cpuMs.ours, floor: 1000 / cpuMs.floor },
      calls,
    })
  }
  return costs
}

export type RefusalCost = { cpuMs: number; emptyCpuMs: number; calls: number }

/** Cost of a webhook with a wrong secret. For comparison: the empty integration, whose handler only answers 200. */
export const measureRefusal = async (
  { ours, platforms }: Pair,
  bundles: Bundles,
  rounds: number,
): Promise<RefusalCost> => {
  const empty = await startMeasured(bundles.empty.outfile, platforms.port)
  const refused = (index: number): Operation => agentMessage(index % liveSessions, 'wrong-secret')
  const accepted = (index: number): Operation => ({ ...refused(index), status: 200 })
  await sendMany(ours.port, 2_500, 50, refused)
  await sendMany(empty.port, 2_500, 50, accepted)
  const before = totalCalls(platforms)
  const oursMs: number[] = []
  const emptyMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    oursMs.push(await cpuPerEvent(ours, 1_500, refused))
    emptyMs.push(await cpuPerEvent(empty, 1_500, accepted))
  }
  await empty.close()
  return { cpuMs: median(oursMs), emptyCpuMs: median(emptyMs), calls: totalCalls(platforms) - before }
}

/** Time until the text has arrived, one event at a time, ours and the floor in turn. */
export const measureRelayLatency = async (
  { ours, floor, platforms }: Pair,
  { latencyMs, samples }: { latencyMs: number; samples: number },
): Promise<RelayLatency[]> => {
  const results: RelayLatency[] = []
  for (const { name, make } of kinds) {
    platforms.latencyMs = latencyMs
    const oursMs: number[] = []
    const floorMs: number[] = []
    for (let sample = 0; sample < samples; sample += 1) {
      for (const [measured, into] of [
        [ours, oursMs],
        [floor, floorMs],
      ] as const) {
        const arrived = platforms.nextArrival()
        const startedMs = performance.now()
        const answered = sendMany(measured.port, 1, 1, () => make(sample % liveSessions))
        // The reader waits until the vendor has the text and answers. Nobody waits for what follows.
        into.push((await arrived) - startedMs)
        await answered
      }
    }
    platforms.latencyMs = 0
    const [oursAll, floorAll] = [percentiles(oursMs), percentiles(floorMs)]
    results.push({ name, latencyMs, oursMs: oursAll, floorMs: floorAll, ratio: oursAll.p50 / floorAll.p50 })
  }
  return results
}

/**
 * The cost of an event while this many sessions are live in the process. Each session is known from an earlier message.
 */
export const measureSessions = async (bundles: Bundles, counts: number[], events: number): Promise<SessionsCost[]> => {
  const results: SessionsCost[] = []
  for (const sessions of counts) {
    await withPair(bundles, async ({ ours, platforms }) => {
      for (const { name, make } of kinds) {
        await sendMany(ours.port, Math.max(sessions, 2_000), 50, (index) => make(index % sessions))
        const before = totalCalls(platforms)
        // A prime step spreads few events over all sessions.
        const cpuMs = await cpuPerEvent(ours, events, (index) => make((index * 7_919) % sessions))
        const calls = (totalCalls(platforms) - before) / events
        results.push({ name, sessions, calls, cpuMs, heapMb: await liveHeapMb(ours) })
      }
    })
  }
  return results
}

/** Resident memory and the live heap over many events, both directions in turn. */
export const measureMemory = async (bundles: Bundles, events: number): Promise<MemoryPoint[]> =>
  withPair(bundles, async ({ ours }) => {
    const points: MemoryPoint[] = []
    const step = events / 4
    for (let sent = 0; sent <= events; sent += step) {
      const heapMb = await liveHeapMb(ours)
      const { rss } = await ours.usage()
      points.push({ events: sent, rssMb: rss / 1e6, heapMb })
      if (sent === events) break
      await sendMany(ours.port, step, 50, (index) =>
        index % 2 === 0 ? agentMessage(index % 100) : userMessage(index % 100),
      )
    }
    return points
  })
