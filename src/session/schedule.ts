import type { Scope } from '../operation/scope'
import { processAtMs } from './drop-window'
import type { Session } from './session'
import { threadOf } from './thread'

/** Far enough apart that a scheduler that runs due items side by side mostly keeps their order. */
const spacingMs = 100
/** Botpress does not document that a message and an event keep their order: an end waits this long after a message. */
const afterMessageMs = 1_000
/** Enough for LiveChat's first redelivery of a message that failed, and often for its second. */
const afterFailureMs = 30_000
/** A scheduled item may still be on its way for this long after it is due. */
const graceMs = 1_000

type Scheduled = { schedule?: { dateTime: string } }
const at = (atMs: number): Scheduled => ({ schedule: { dateTime: new Date(atMs).toISOString() } })

/**
 * The `schedule` for the next message or event of a session; empty for at once. It is set inside the plugin's drop
 * window. Each is later than the one before, so that what one process sends keeps its order.
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
 * When the plugin is to be notified of the end: after everything that was sent before. With `isIncomplete`, late enough
 * for messages that LiveChat is still delivering.
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
