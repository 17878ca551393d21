'use strict'

const http = require('node:http')
const https = require('node:https')

/** Turns of the event loop without a new request, after which the process waits for nothing but answers. */
const STILL_TURNS = 20

/**
 * Lets the process run in steps. All answers to the requests of one step are held back until each has come as a whole and
 * the process is still. Then all are passed on at once, and the next step begins. So a request of step 3 has waited for
 * one of step 2, which has waited for one of step 1, however fast the machine is. Each request names its step.
 */
const countSteps = () => {
  let step = 1
  let awaited = 0
  let stillTurns = 0
  /** @type {{ answer: http.IncomingMessage, pass: () => void }[]} */
  let held = []
  let isWatching = false

  const watch = () => {
    if (isWatching) return
    isWatching = true
    setImmediate(look)
  }
  const look = () => {
    const isWhole = held.every(({ answer }) => answer.complete || answer.destroyed || answer.readableLength >= 0x4000)
    stillTurns = awaited === 0 && isWhole ? stillTurns + 1 : 0
    if (stillTurns < STILL_TURNS) {
      if (awaited > 0) isWatching = false
      else setImmediate(look)
      return
    }
    stillTurns = 0
    isWatching = false
    step += 1
    const passed = held
    held = []
    for (const { pass } of passed) pass()
  }

  /** @param {http.ClientRequest} made */
  const hold = (made) => {
    awaited += 1
    stillTurns = 0
    let isAwaited = true
    const arrived = () => {
      if (isAwaited) awaited -= 1
      isAwaited = false
      watch()
    }
    const emit = made.emit
    /** @param {string | symbol} event @param {any[]} args */
    made.emit = (event, ...args) => {
      if (event === 'response' && isAwaited) {
        held.push({ answer: args[0], pass: () => void Reflect.apply(emit, made, [event, ...args]) })
        arrived()
        return true
      }
      if (event === 'close' || event === 'error') arrived()
      return Reflect.apply(emit, made, [event, ...args])
    }
  }

  for (const module of [http, https]) {
    const original = module.request
    /** @param {any[]} args */
    const request = (...args) => {
      /** @type {http.ClientRequest} */
      const made = Reflect.apply(original, module, args)
      if (!made.headersSent) made.setHeader('x-sandbox-step', String(step))
      hold(made)
      return made
    }
    /** @param {any[]} args */
    const get = (...args) => {
      const made = request(...args)
      made.end()
      return made
    }
    Object.assign(module, { request, get })
  }
}

module.exports = { countSteps }
