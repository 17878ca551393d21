'use strict'

/**
 * Replaces the wall clock by one that the parent sets: `{ type: 'clock', nowMs }`, answered by `{ type: 'clock-set' }`.
 * It runs on from there, or stands still. `performance.now()` and timers stay real.
 */
const followClock = () => {
  let [setMs, setAtMs, runs] = [Date.now(), performance.now(), false]
  const now = () => (runs ? Math.round(setMs + performance.now() - setAtMs) : setMs)
  const RealDate = Date
  RealDate.now = now

  // A proxy keeps everything else of `Date`: `instanceof`, `Date()` without `new`, subclasses, the static functions.
  const SandboxDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  })
  RealDate.prototype.constructor = SandboxDate
  globalThis.Date = SandboxDate

  process.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'clock') return
    if ('nowMs' in message) [setMs, setAtMs] = [Number(message.nowMs), performance.now()]
    process.send?.({ type: 'clock-set' })
  })

  return {
    /** @param {number} nowMs @param {boolean} runsOn */
    set: (nowMs, runsOn) => {
      ;[setMs, setAtMs, runs] = [nowMs, performance.now(), runsOn]
    },
  }
}

module.exports = { followClock }
