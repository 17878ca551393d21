import type { EntryRow } from '../../control/views'
import type { Group } from '../live/state'

export type Direction = { from: string; to: string }
export type Outcome = 'good' | 'bad' | 'lost' | 'none'

/** The direction of a request. Effects have none. */
export const directionOf = ({ side, kind }: EntryRow): Direction | undefined => {
  const vendor = side === 'livechat' ? 'LiveChat' : 'Botpress'
  if (kind === 'call') return { from: 'Integration', to: vendor }
  if (kind === 'delivery') return { from: vendor, to: 'Integration' }
  return undefined
}

/** A step by which Botpress passes on a webhook: the same request a second and third time. */
export const isHop = ({ name }: EntryRow): boolean =>
  name === 'webhook/receive' || name === 'operation/webhook_received'

export const outcomeOf = ({ status, fault, kind, name }: EntryRow): Outcome => {
  if (kind === 'effect') return 'none'
  // This is the answer for a state that does not exist yet. Nothing is wrong.
  if (status === 404 && name.includes('/states/')) return 'none'
  if (status === undefined || fault === 'reset' || fault === 'hang') return 'lost'
  return status < 400 ? 'good' : 'bad'
}

export type GroupOutcome = 'good' | 'healed' | 'failed' | 'none'

export type GroupSummary = {
  outcome: GroupOutcome
  /** Number of requests, without those that only pass a webhook on. */
  calls: number
  faults: string[]
  /** The highest number of a try. */
  tries: number
  /** From the start of the first request to the end of the last one. */
  durationMs?: number
}

/**
 * How a whole group went. A failure is healed if the same request was made again later, and went well. If only an answer
 * was lost, it is healed, too, when the integration asked the vendor again and saw that the request had worked.
 */
export const summaryOf = ({ rows }: Group): GroupSummary => {
  const requests = rows.filter((row) => row.kind !== 'effect' && !isHop(row))
  const failures = requests.filter((row) => ['bad', 'lost'].includes(outcomeOf(row)))
  const isHealed = (failure: EntryRow): boolean => {
    const later = requests.filter((row) => row.seq > failure.seq && outcomeOf(row) === 'good')
    return (
      later.some(({ name }) => name === failure.name) ||
      (outcomeOf(failure) === 'lost' && hasWorked(failure, rows) && later.some(({ side }) => side === failure.side))
    )
  }
  const starts = requests.flatMap(({ startedMs }) => startedMs ?? [])
  const ends = requests.flatMap(({ startedMs, durationMs }) =>
    startedMs === undefined ? [] : startedMs + (durationMs ?? 0),
  )
  return {
    outcome:
      requests.length === 0 ? 'none' : failures.length === 0 ? 'good' : failures.every(isHealed) ? 'healed' : 'failed',
    calls: requests.length,
    faults: [...new Set(rows.flatMap(({ fault }) => fault ?? []))],
    tries: Math.max(1, ...rows.map(({ attempt }) => attempt ?? 1)),
    ...(starts.length > 0 ? { durationMs: Math.max(...ends) - Math.min(...starts) } : {}),
  }
}

/** Whether something changed on the other side while a request was under way. */
const hasWorked = ({ side, startedMs = 0, durationMs = 0 }: EntryRow, rows: EntryRow[]): boolean =>
  rows.some(
    (row) =>
      row.kind === 'effect' &&
      row.side === side &&
      row.startedMs !== undefined &&
      row.startedMs >= startedMs &&
      row.startedMs <= startedMs + durationMs,
  )

/** Requests are recorded when they end. This puts them in the order in which they began. */
export const inOrder = (rows: EntryRow[]): EntryRow[] =>
  rows.filter((row) => !isHop(row)).sort((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0) || a.seq - b.seq)
