import { startSandbox, type SandboxOptions } from '../sandbox/start-sandbox'
import type { Cost } from './ledger-cost'
import { measureOnce, operations, type Operation } from './operations'
import { percentiles, type Percentiles } from './statistics'

export type OperationCost = {
  name: string
  calls: number
  chain: number
  callNames: string[]
  /** One entry for each latency of the emulators. */
  timings: { latencyMs: number; wallMs: Percentiles; arrivedMs?: Percentiles }[]
}

/**
 * Runs each operation `times` times with each latency of the emulators. Counts and chains come from the last latency in
 * the list.
 */
export const measureOperations = async (latenciesMs: number[], times: number): Promise<OperationCost[]> => {
  const results: OperationCost[] = []
  for (const operation of operations) {
    const timings: OperationCost['timings'] = []
    let last: Cost | undefined
    for (const latencyMs of latenciesMs) {
      const costs = await repeat(operation, { latencyMs }, times)
      last = costs.at(-1)
      const arrivals = costs.flatMap(({ arrivedMs }) => arrivedMs ?? [])
      timings.push({
        latencyMs,
        wallMs: percentiles(costs.map(({ wallMs }) => wallMs)),
        ...(arrivals.length > 0 ? { arrivedMs: percentiles(arrivals) } : {}),
      })
    }
    if (!last) throw new Error('at least one latency and one time')
    results.push({ name: operation.name, calls: last.calls.length, chain: last.chain, callNames: last.calls, timings })
  }
  return results
}

const repeat = async (operation: Operation, options: SandboxOptions, times: number): Promise<Cost[]> => {
  const { livechatKnobs } = operation
  const sandbox = await startSandbox({ ...options, ...(livechatKnobs ? { livechatKnobs } : {}) })
  try {
    // The first run opens connections and is not measured.
    await measureOnce(sandbox, operation)
    const costs: Cost[] = []
    for (let time = 0; time < times; time += 1) costs.push(await measureOnce(sandbox, operation))
    return costs
  } finally {
    await sandbox.close()
  }
}
