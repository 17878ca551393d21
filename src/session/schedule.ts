import { processAtMs } from './drop-window'
import type { Scope } from './scope'
import type { Session } from './session'

/** Far enough apart that a scheduler which runs due items side by side still keeps their order, mostly. */
const spacingMs = 100
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
