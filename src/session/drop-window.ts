import { budgets } from '../operation/budgets'

/**
 * The HITL plugin drops everything that reaches our conversation before `startHitl` has returned and the plugin has
 * linked the two conversations. No document says how long this takes: all numbers here are guesses. When somebody has
 * measured it, only this file changes.
 */

/** How long the plugin usually drops what we create, from the creation of the conversation. */
export const usualDropWindowMs = 5_000
const longestDropWindowMs = 20_000
/** Calls to Botpress, one after another: the user of an agent, the announcement, its record. */
const callsAfterRead = 3
/** Calls to Botpress after these: a record if the catch-up failed, and about seven calls of the plugin. */
const callsToListening = 8

/** A read of the thread and the announcement of the agent usually take less. */
export const leastReadMs = 1_000

/**
 * How long a start may catch up if one call to Botpress takes `callMs`, and if the conversation is `ageMs` old already:
 * the answer to its creation may have come late.
 */
export const firstReadBudgetMs = (callMs: number, ageMs: number): number =>
  Math.max(leastReadMs, budgets.start.firstReadMs + callsAfterRead * callMs - Math.max(0, ageMs))

/** The drop window of a start if one call to Botpress takes `callMs`. */
export const dropWindowFor = (callMs: number): number => {
  const expectedMs = Math.ceil(firstReadBudgetMs(callMs, 0) + callsToListening * callMs)
  return Math.min(longestDropWindowMs, Math.max(usualDropWindowMs, expectedMs))
}

/** A longer window is recorded, which costs a call. */
const notLateMs = 500

/**
 * The drop window of a start whose conversation is `ageMs` old when it begins to catch up. If the answer to the creation
 * came late, the start returns late, too.
 */
export const dropWindowFrom = (callMs: number, ageMs: number): number =>
  Math.min(longestDropWindowMs, dropWindowFor(callMs) + Math.max(0, ageMs - callMs - notLateMs))

/** Ages are divided by this and added to the window, so that what came first is due first. */
const squeeze = 5
/** Botpress may process what is due at the same time in any order. This distance mostly keeps the order. */
export const spacingMs = 100
const mostPlaces = 10
const roomForEndMs = 1_000

type Placed = { windowMs?: number; place?: number }

/**
 * The time at which Botpress should process something that happened at `happenedAtMs`, or `undefined` for at once. What
 * happens during the window is due in the seconds after it, in the order in which it happened. So several processes
 * keep the order without shared memory: of two events, the later one is never due earlier.
 * @param place the number of the event in its thread, which tells apart what happened in the same moment
 */
export const processAtMs = (
  conversationCreatedAtMs: number,
  happenedAtMs: number,
  { windowMs = usualDropWindowMs, place = 0 }: Placed = {},
): number | undefined => {
  const ageMs = Math.max(0, happenedAtMs - conversationCreatedAtMs)
  const dueAgeMs = windowMs + ageMs / squeeze + Math.min(place, mostPlaces) * spacingMs
  return dueAgeMs > ageMs ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined
}

/** The earliest time to notify the plugin of an end: a little after everything that happened in the window is due. */
export const endNotBeforeMs = (conversationCreatedAtMs: number, windowMs = usualDropWindowMs): number => {
  const lastDueAgeMs = ((windowMs + mostPlaces * spacingMs) * squeeze) / (squeeze - 1)
  return Math.ceil(conversationCreatedAtMs + lastDueAgeMs + roomForEndMs)
}
