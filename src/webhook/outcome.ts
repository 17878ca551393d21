/**
 * How a verified webhook was handled. `reason` is a code for the log.
 * `done`: it took effect, now or earlier. `ignored`: there is nothing to do. `unusable`: it can never take effect.
 */
export type Outcome = { kind: 'done' } | { kind: 'ignored'; reason: string } | { kind: 'unusable'; reason: string }

export const done: Outcome = { kind: 'done' }
export const ignored = (reason: string): Outcome => ({ kind: 'ignored', reason })
export const unusable = (reason: string): Outcome => ({ kind: 'unusable', reason })
