import type { Scope } from '../operation/scope'
import { processAtMs } from './drop-window'
import type { Session } from './session'
import { threadOf } from './thread'

/** Botpress may process several due items at the same time. With this distance, it mostly keeps their order. */
const spacingMs = 100
/**
 * Botpress does not document that a message and an event keep their order. So we notify the plugin of an end at least
 * this long after a message.
 */
const afterMessageMs = 1_000
/** Long enough for LiveChat's first redelivery of a message, and often for the second. */
const afterFailureMs = 30_000
/** A scheduled item may still be on its way for this long after it is due. */
const graceMs = 1_000

type Scheduled = { schedule?: { dateTime: string } }
const at = (atMs: number): Scheduled => ({ schedule: { dateTime: new Date(atMs).toISOString() } })

/**
 * The `schedule` for the next message or event of a session; empty for at once. It has a time inside the plugin's drop
 * window, and as long as an earlier item may not have arrived. Each time is later than the one before. So what one
 * process creates keeps its order.
 */
export const nextSchedule = (scope: Scope, session: Session): Scheduled => {
  const atMs = nextAtMs(scope, session)
  return atMs === undefined ? {} : at(atMs)
}

const nextAtMs = (scope: Scope, session: Session): number | undefined => {
  const nowMs = scope.runtime.nowMs()
  const thread = threadOf(scope, session)
  const windowAtMs = processAtMs(session.createdAtMs, nowMs)
  if (windowAtMs === undefined && thread.lastDueAtMs + graceMs < nowMs) return undefined
  thread.lastDueAtMs = Math.max(windowAtMs ?? nowMs, thread.lastDueAtMs + spacingMs)
  return thread.lastDueAtMs
}

/** Notes that an agent's message was created just now: an end that follows at once must not overtake it. */
export const noteMessageCreated = (scope: Scope, session: Session): void => {
  threadOf(scope, session).lastMessageAtMs = scope.runtime.nowMs()
}

/**
 * The time at which to notify the plugin of the end: after everything that this process created before. With
 * `isIncomplete`, the time leaves room for messages that LiveChat still delivers.
 */
export const stopAtMs = (scope: Scope, session: Session, { isIncomplete = false } = {}): number => {
  const nowMs = scope.runtime.nowMs()
  if (isIncomplete) return nowMs + afterFailureMs
  const scheduledAtMs = nextAtMs(scope, session)
  if (scheduledAtMs !== undefined) return scheduledAtMs
  const { lastMessageAtMs = -Infinity } = threadOf(scope, session)
  return Math.max(nowMs, lastMessageAtMs + afterMessageMs)
}

/** The `schedule` for something that is due at `atMs`; empty if that is now. */
export const scheduleAt = (scope: Scope, atMs: number): Scheduled => (atMs > scope.runtime.nowMs() ? at(atMs) : {})

/** Whether the plugin takes no more messages of the session. A message would then go to the bot. */
export const hasStopped = (scope: Scope, { ended }: Session): boolean =>
  ended !== undefined && scope.runtime.nowMs() > ended.stopsAtMs - afterMessageMs
