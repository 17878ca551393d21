'use strict'

/**
 * Replaces the wall clock by one that stands still until the parent moves it: `{ type: 'clock', nowMs }`, answered by
 * `{ type: 'clock-set' }`. `performance.now()` and timers stay real.
 * @param {number} startMs
 */
const followClock = (startMs) => {
  let nowMs = startMs
  const RealDate = Date
  RealDate.now = () => nowMs

  // A proxy keeps everything else of `Date`: `instanceof`, `Date()` without `new`, subclasses, the static functions.
  const SandboxDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [nowMs] : args, newTarget),
    apply: () => new RealDate(nowMs).toString(),
  })
  RealDate.prototype.constructor = SandboxDate
  globalThis.Date = SandboxDate

  process.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'clock') return
    if ('nowMs' in message) nowMs = Number(message.nowMs)
    process.send?.({ type: 'clock-set' })
  })
}

module.exports = { followClock }
