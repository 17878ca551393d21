import type { Ledger, LedgerEntry } from '../sandbox/ledger'

/** What one operation cost, read from the emulators' ledger. */
export type Cost = {
  /** Remote calls, in the order of their answers. */
  calls: string[]
  /** Length of the longest chain of calls that waited for each other. Absent if the process did not run in steps. */
  chain?: number
  /** The same until the text reached its reader. */
  arrivalChain?: number
  /** Time until the operation was answered. */
  wallMs: number
  /** Time until the text reached its reader; absent where the operation shows nothing. */
  arrivedMs?: number
}

/** Calls that the integration made. Incoming webhooks and downloads of files by readers do not count. */
export const isOwnCall = ({ name }: LedgerEntry): boolean =>
  name !== 'webhook/receive' && !name.startsWith('cdn/') && !name.startsWith('files/')

type Span = { startedMs: number; endedMs: number }
const spanOf = ({ startedMs = 0, endedMs = 0 }: LedgerEntry): Span => ({ startedMs, endedMs })

/**
 * Length of the longest chain of calls that waited for each other. The process must have run in steps (`countsSteps`): a
 * call of one step waited for one of the step before. So the number does not depend on the machine's load.
 */
export const longestChain = (calls: LedgerEntry[]): number => new Set(calls.map(stepOf)).size

const stepOf = ({ name, step }: LedgerEntry): number => {
  if (step === undefined) throw new Error(`${name} has no step: start the process with countsSteps`)
  return step
}

/**
 * The cost of the first operation of this name since `mark`.
 * @param arrival the call that brings the text to its reader
 */
export const costSince = (ledger: Ledger, mark: number, operation: string, arrival: string | undefined): Cost => {
  const delivery = ledger.since(mark, { kind: 'delivery' }).find(({ name }) => name === operation)
  if (!delivery) throw new Error(`${operation} did not happen`)
  const { startedMs, endedMs } = spanOf(delivery)
  const calls = ledger
    .since(mark, { kind: 'call' })
    .filter((entry) => isOwnCall(entry) && spanOf(entry).startedMs >= startedMs && spanOf(entry).endedMs <= endedMs)
  const arrived = calls.find(({ name }) => name === arrival)
  if (arrival !== undefined && !arrived) throw new Error(`${operation} brought nothing: no ${arrival}`)
  return {
    calls: calls.map(({ name }) => name),
    ...(calls.every(({ step }) => step !== undefined) ? chainsOf(calls, arrived) : {}),
    wallMs: endedMs - startedMs,
    ...(arrived ? { arrivedMs: spanOf(arrived).endedMs - startedMs } : {}),
  }
}

const chainsOf = (calls: LedgerEntry[], arrived: LedgerEntry | undefined): Pick<Cost, 'chain' | 'arrivalChain'> => ({
  chain: longestChain(calls),
  ...(arrived ? { arrivalChain: longestChain(calls.filter((call) => stepOf(call) <= stepOf(arrived))) } : {}),
})
