/**
 * The HITL plugin drops everything that reaches our conversation before `startHitl` has returned and both sides are
 * linked. How long that takes is inferred, not documented: replace this one function when it is measured.
 *
 * Returns the time at which something that arrives now should be processed, or `undefined` for at once. Arrivals inside
 * the window are spread over the second after it. This keeps order across processes without shared memory: of two
 * arrivals, the later one is never due earlier.
 */
export const processAtMs = (conversationCreatedAtMs: number, arrivedAtMs: number): number | undefined => {
  const ageMs = Math.max(0, arrivedAtMs - conversationCreatedAtMs)
  const dueAgeMs = dropWindowMs + ageMs / 5
  return dueAgeMs > ageMs ? Math.ceil(conversationCreatedAtMs + dueAgeMs) : undefined
}

const dropWindowMs = 5_000
