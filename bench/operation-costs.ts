import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/start-sandbox'
import type { Cost } from './ledger-cost'
import { measureOnce, operations, optionsOf, type Operation } from './operations'
import { percentiles, type Percentiles } from './statistics'

export type OperationCost = {
  name: string
  calls: number
  chain: number
  arrivalChain?: number
  callNames: string[]
  /** One entry for each latency of the emulators. */
  timings: { latencyMs: number; wallMs: Percentiles; arrivedMs?: Percentiles }[]
}

/**
 * Runs each operation `times` times with each latency of the emulators. Counts and chains come from one more run, in steps.
 */
export const measureOperations = async (latenciesMs: number[], times: number): Promise<OperationCost[]> => {
  const results: OperationCost[] = []
  for (const operation of operations) {
    const timings: OperationCost['timings'] = []
    for (const latencyMs of latenciesMs) {
      const costs = await repeat(operation, { latencyMs }, times)
      const arrivals = costs.flatMap(({ arrivedMs }) => arrivedMs ?? [])
      timings.push({
        latencyMs,
        wallMs: percentiles(costs.map(({ wallMs }) => wallMs)),
        ...(arrivals.length > 0 ? { arrivedMs: percentiles(arrivals) } : {}),
      })
    }
    const { calls, chain = 0, arrivalChain } = await costInSteps(operation)
    const chains = { chain, ...(arrivalChain === undefined ? {} : { arrivalChain }) }
    results.push({ name: operation.name, calls: calls.length, ...chains, callNames: calls, timings })
  }
  return results
}

/** What one operation costs, with the calls that waited for each other. */
export const costInSteps = (operation: Operation): Promise<Cost> =>
  inSandbox(operation, { process: { countsSteps: true } }, (sandbox) => measureOnce(sandbox, operation))

const repeat = async (operation: Operation, options: SandboxOptions, times: number): Promise<Cost[]> => {
  const costs: Cost[] = []
  if (operation.needsNewSandbox) {
    while (costs.length < times)
      costs.push(await inSandbox(operation, options, (sandbox) => measureOnce(sandbox, operation)))
    return costs
  }
  return inSandbox(operation, options, async (sandbox) => {
    // The first run opens connections and is not measured.
    await measureOnce(sandbox, operation)
    while (costs.length < times) costs.push(await measureOnce(sandbox, operation))
    return costs
  })
}

const inSandbox = async <T>(
  operation: Operation,
  options: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<T>,
): Promise<T> => {
  const sandbox = await startSandbox({ ...options, ...optionsOf(operation) })
  try {
    return await work(sandbox)
  } finally {
    await sandbox.close()
  }
}
