/**
 * The HITL plugin drops everything that reaches our conversation before `startHitl` has returned and the plugin has
 * linked the two conversations. No document says how long this takes: the 5 s are a guess. When somebody has measured
 * it, only this file changes.
 *
 * Returns the time at which Botpress should process something that arrives now, or `undefined` for at once. What
 * arrives during the window (0 to 5 s) is due in the second after it (5 to 6 s), in the order of arrival. So several
 * processes keep the order without shared memory: of two arrivals, the later one is never due earlier.
 */
export const processAtMs = (conversationCreatedAtMs: number, arrivedAtMs: number): number | undefined => {
  const ageMs = Math.max(0, arrivedAtMs - conversationCreatedAtMs)
  const dueAgeMs = dropWindowMs + ageMs / 5
  return dueAgeMs > ageMs ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined
}

const dropWindowMs = 5_000
