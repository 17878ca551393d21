'use strict'

const { AsyncLocalStorage } = require('node:async_hooks')
const http = require('node:http')
const https = require('node:https')

/**
 * Gives each outgoing request the `traceparent` of the incoming request that it belongs to, as tracing agents do. The
 * bundle does not notice.
 */
const keepTraces = () => {
  /** @type {AsyncLocalStorage<string>} */
  const traces = new AsyncLocalStorage()

  const emit = http.Server.prototype.emit
  /** @this {http.Server} @param {string} event @param {any[]} args */
  http.Server.prototype.emit = function (event, ...args) {
    const trace = event === 'request' ? args[0]?.headers?.traceparent : undefined
    const pass = () => Reflect.apply(emit, this, [event, ...args])
    return typeof trace === 'string' ? traces.run(trace, pass) : pass()
  }

  for (const module of [http, https]) {
    const original = module.request
    /** @param {any[]} args */
    const request = (...args) => {
      /** @type {http.ClientRequest} */
      const made = Reflect.apply(original, module, args)
      const trace = traces.getStore()
      if (trace !== undefined && !made.headersSent) made.setHeader('traceparent', trace)
      return made
    }
    /** @param {any[]} args */
    const get = (...args) => request(...args).end()
    Object.assign(module, { request, get })
  }

  const fetchOutside = globalThis.fetch
  globalThis.fetch = (input, init) => {
    const trace = traces.getStore()
    if (trace === undefined) return fetchOutside(input, init)
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    headers.set('traceparent', trace)
    return fetchOutside(input, { ...init, headers })
  }
}

module.exports = { keepTraces }
