import { processAtMs } from './drop-window'
import type { Scope } from './scope'
import type { Session } from './session'

/** Far enough apart that a scheduler which runs due items side by side still keeps their order, mostly. */
const spacingMs = 100
/** Whether the platform keeps the order of a message and an event is not said: an end waits this long for last words. */
const lastWordsMs = 1_000
/** LiveChat's first repetition of a delivery that failed, with time to spare, and its second if that is quick. */
const lateWordsMs = 30_000
/** What is due may still be on its way for this long. */
const graceMs = 1_000

/**
 * The `schedule` for the next message or event of a session: present inside the plugin's drop window, and each later
 * than the one before, so that what one process sends keeps its order.
 */
export const nextSchedule = (scope: Scope, session: Session): { schedule?: { dateTime: string } } => {
  const nowMs = scope.runtime.nowMs()
  const windowAtMs = processAtMs(session.createdAtMs, nowMs)
  const key = scope.key('schedule', session.conversationId)
  const lastAtMs = scope.memory.lastScheduledAt.get(key)?.atMs ?? 0
  if (windowAtMs === undefined && lastAtMs + graceMs < nowMs) return {}
  const atMs = Math.max(windowAtMs ?? nowMs, lastAtMs + spacingMs)
  scope.memory.lastScheduledAt.set(key, { atMs })
  return { schedule: { dateTime: new Date(atMs).toISOString() } }
}

/** Words were brought just now: an end that follows at once must not overtake them. */
export const noteWords = (scope: Scope, session: Session): void => {
  scope.memory.lastWordsAt.set(scope.key('words', session.conversationId), { atMs: scope.runtime.nowMs() })
}

/** As `nextSchedule`, for the end of the session: after what was said last, also when that is still to come. */
export const scheduleOfEnd = (
  scope: Scope,
  session: Session,
  { isIncomplete = false }: { isIncomplete?: boolean } = {},
): { schedule?: { dateTime: string } } => {
  if (isIncomplete) return { schedule: { dateTime: new Date(scope.runtime.nowMs() + lateWordsMs).toISOString() } }
  const next = nextSchedule(scope, session)
  const wordsAtMs = scope.memory.lastWordsAt.get(scope.key('words', session.conversationId))?.atMs
  if (next.schedule !== undefined || wordsAtMs === undefined) return next
  const atMs = wordsAtMs + lastWordsMs
  return atMs > scope.runtime.nowMs() ? { schedule: { dateTime: new Date(atMs).toISOString() } } : next
}
