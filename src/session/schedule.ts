import type { LiveChatEvent } from '../livechat/schema'
import type { Scope } from '../operation/scope'
import { isClockChecked, vendorNowMs } from '../operation/vendor-time'
import { endNotBeforeMs, processAtMs, spacingMs } from './drop-window'
import type { Session } from './session'
import { threadOf, type Thread } from './thread'

/**
 * Botpress does not document that a message and an event keep their order. So we notify the plugin of an end at least
 * this long after a message.
 */
const afterMessageMs = 1_000
/** Long enough for LiveChat's first redelivery of a message, and often for the second. */
const afterFailureMs = 30_000
/** A scheduled item may still be on its way for this long after it is due. */
const graceMs = 1_000

/** `dateTime` is a time by the vendors' clocks. `delay`: milliseconds from when Botpress gets the call. */
type Scheduled = { schedule?: { dateTime: string } | { delay: number } }
const at = (atMs: number): Scheduled => ({ schedule: { dateTime: new Date(atMs).toISOString() } })

/** When something happened, by LiveChat's clock, and its place in the thread. Every process sees the same. */
export type Happened = { atMs: number; place: number }

/** `undefined` if LiveChat gives no time that can be read. The end of an event's id is its place in the thread. */
export const happenedOf = ({ id, created_at }: Pick<LiveChatEvent, 'id' | 'created_at'>): Happened | undefined => {
  const atMs = Date.parse(created_at ?? '')
  return Number.isNaN(atMs) ? undefined : { atMs, place: Number(/_(\d{1,6})$/.exec(id)?.[1] ?? 0) }
}

/** The time of the first announcement. Nothing else in the session is due earlier. */
export const atCreation = ({ createdAtMs }: Session): Happened => ({ atMs: createdAtMs, place: 0 })

/** Now, and in the drop window after all that has happened until now, whichever process has scheduled it. */
export const afterAllOthers = (scope: Scope): Happened => ({ atMs: vendorNowMs(scope), place: Infinity })

/**
 * The `schedule` for the next message or event of a session; empty for at once. We schedule inside the plugin's drop
 * window, and while an earlier item may not have arrived. In the window, items keep the order in which they `happened`.
 * Without that time, and after the window, they keep the order in which this process creates them.
 */
export const nextSchedule = (scope: Scope, session: Session, happened?: Happened): Scheduled => {
  const nowMs = vendorNowMs(scope)
  const { lastDueAtMs, lastUnplacedDueAtMs } = lastDue(scope, session)
  const windowMs = session.dropWindowMs
  const fromAtMs = happened?.atMs ?? nowMs
  const windowAtMs = processAtMs(session.createdAtMs, fromAtMs, { windowMs, place: happened?.place ?? 0 })
  // Items that LiveChat has numbered are already in order. No item may overtake one without a number.
  const afterEarlierMs = (isNumbered(happened) ? lastUnplacedDueAtMs : lastDueAtMs) + spacingMs
  if (windowAtMs !== undefined && windowAtMs > nowMs)
    return at(noteDue(scope, session, Math.max(windowAtMs, afterEarlierMs), happened))
  // Either the item is late, or this process's clock is ahead and the plugin does not listen yet.
  if (windowAtMs !== undefined && fromAtMs > session.createdAtMs && !isClockChecked(scope)) {
    const dueAtMs = noteDue(scope, session, Math.max(nowMs + windowAtMs - fromAtMs, afterEarlierMs), happened)
    return { schedule: { delay: dueAtMs - nowMs } }
  }
  if (lastDueAtMs + graceMs < nowMs) return {}
  return at(noteDue(scope, session, Math.max(nowMs, lastDueAtMs + spacingMs), happened))
}

/** `Infinity` is not a number from LiveChat: it stands for the end of the window. */
const isNumbered = (happened: Happened | undefined): boolean =>
  happened !== undefined && happened.place > 0 && happened.place !== Infinity

const noteDue = (scope: Scope, session: Session, dueAtMs: number, happened: Happened | undefined): number => {
  const thread = threadOf(scope, session)
  const ownDueAtMs = dueAtMs - aheadOfOwnClockMs(scope)
  thread.lastDueAtMs = Math.max(thread.lastDueAtMs, ownDueAtMs)
  if (!isNumbered(happened)) thread.lastUnplacedDueAtMs = Math.max(thread.lastUnplacedDueAtMs, ownDueAtMs)
  return dueAtMs
}

/** When the last items of this process are due, by the vendors' clocks. */
const lastDue = (scope: Scope, session: Session): Pick<Thread, 'lastDueAtMs' | 'lastUnplacedDueAtMs'> => {
  const { lastDueAtMs, lastUnplacedDueAtMs } = threadOf(scope, session)
  const aheadMs = aheadOfOwnClockMs(scope)
  return { lastDueAtMs: lastDueAtMs + aheadMs, lastUnplacedDueAtMs: lastUnplacedDueAtMs + aheadMs }
}

/** A process notes times by its own clock, because it may learn only later how wrong that clock is. */
const aheadOfOwnClockMs = (scope: Scope): number => vendorNowMs(scope) - scope.runtime.nowMs()

/** Notes that an agent's message was created just now: an end that follows at once must not overtake it. */
export const noteMessageCreated = (scope: Scope, session: Session): void => {
  threadOf(scope, session).lastMessageAtMs = scope.runtime.nowMs()
}

/**
 * The time at which to notify the plugin of the end, by the vendors' clocks: after everything that happened in the drop
 * window, whichever process created it, and after everything that this process created later. With `isIncomplete`, the
 * time leaves room for messages that LiveChat still delivers.
 */
export const stopAtMs = (scope: Scope, session: Session, { isIncomplete = false } = {}): number => {
  const nowMs = vendorNowMs(scope)
  if (isIncomplete) return nowMs + afterFailureMs
  const { lastDueAtMs } = lastDue(scope, session)
  const lastMessageAtMs = (threadOf(scope, session).lastMessageAtMs ?? -Infinity) + aheadOfOwnClockMs(scope)
  const afterWindowMs = endNotBeforeMs(session.createdAtMs, session.dropWindowMs)
  const afterDueMs = lastDueAtMs + graceMs < nowMs ? -Infinity : lastDueAtMs + spacingMs
  return Math.max(nowMs, lastMessageAtMs + afterMessageMs, afterWindowMs, afterDueMs)
}

/** The `schedule` for something that is due at `atMs`; empty if that is now. */
export const scheduleAt = (scope: Scope, atMs: number): Scheduled => (atMs > vendorNowMs(scope) ? at(atMs) : {})

/** Whether the plugin takes no more messages of the session. A message would then go to the bot. */
export const hasStopped = (scope: Scope, { ended }: Session): boolean =>
  ended !== undefined && vendorNowMs(scope) > ended.stopsAtMs - afterMessageMs
