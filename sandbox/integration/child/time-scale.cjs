'use strict'

const net = require('node:net')
const timers = require('node:timers')
const timersPromises = require('node:timers/promises')
const util = require('node:util')

/** Shorter waits are not scaled: they only give other tasks a turn. */
const SHORTEST_SCALED_MS = 50

/**
 * Makes waits of 50 ms and more end `waits.scale` times sooner: timers, abort signals and the time limits of outgoing
 * connections, which do not use the global timers. `performance.now()` stays real.
 * @param {{ scale: number }} waits
 */
const scaleTime = (waits) => {
  /** @param {number | undefined} delayMs */
  const scaled = (delayMs) => (delayMs !== undefined && delayMs >= SHORTEST_SCALED_MS ? delayMs / waits.scale : delayMs)

  /** @param {'setTimeout' | 'setInterval'} name */
  const replaceTimer = (name) => {
    const original = timers[name]
    const originalPromise = timersPromises[name]
    /** @param {(...args: any[]) => void} run @param {number} [delayMs] @param {any[]} args */
    const replacement = (run, delayMs, ...args) => original(run, scaled(delayMs), ...args)
    /** @param {number} [delayMs] @param {any[]} args */
    const replacementPromise = (delayMs, ...args) =>
      Reflect.apply(originalPromise, timersPromises, [scaled(delayMs), ...args])

    Object.defineProperty(replacement, util.promisify.custom, { value: replacementPromise })
    Object.assign(globalThis, { [name]: replacement })
    Object.assign(timers, { [name]: replacement })
    Object.assign(timersPromises, { [name]: replacementPromise })
  }
  replaceTimer('setTimeout')
  replaceTimer('setInterval')

  const abortTimeout = AbortSignal.timeout
  AbortSignal.timeout = (delayMs) => abortTimeout.call(AbortSignal, Math.ceil(scaled(delayMs) ?? 0))

  const socketTimeout = net.Socket.prototype.setTimeout
  /** @this {net.Socket & { server?: unknown }} @param {number} delayMs @param {() => void} [onTimeout] */
  net.Socket.prototype.setTimeout = function setTimeout(delayMs, onTimeout) {
    // Connections that this process serves keep their limits, because callers rely on the keep-alive time that it
    // announced.
    return socketTimeout.call(this, this.server ? delayMs : (scaled(delayMs) ?? 0), onTimeout)
  }
}

module.exports = { scaleTime }
