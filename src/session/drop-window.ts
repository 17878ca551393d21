/**
 * The HITL plugin swallows everything that reaches our conversation before `startHitl` has returned and both sides are
 * linked. How long that takes is inferred, not documented: replace this one function when it is measured.
 *
 * Gives the time at which something that arrives now should be processed, or `undefined` for at once. Arrival times are
 * squeezed into the second after the window, so that order is kept across workers without shared memory: of two
 * arrivals the later one is never due earlier.
 */
export const processAtMs = (conversationCreatedAtMs: number, arrivedAtMs: number): number | undefined => {
  const ageMs = Math.max(0, arrivedAtMs - conversationCreatedAtMs)
  const dueAgeMs = dropWindowMs + ageMs / 5
  return dueAgeMs > ageMs ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined
}

const dropWindowMs = 5_000
