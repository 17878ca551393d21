'use strict'

// Loads a bundle and starts its server, as the platform does for the first request, and reports how long that took.

const startedMs = performance.now()
const before = process.cpuUsage()
const integration = require(String(process.env.BENCH_BUNDLE)).default
const loadedMs = performance.now()

const main = async () => {
  /** @type {import('node:http').Server} */
  const server = await integration.start(0)
  const announce = () => {
    const { user, system } = process.cpuUsage(before)
    const readyMs = performance.now() - startedMs
    process.send?.({ loadMs: loadedMs - startedMs, readyMs, cpuMs: (user + system) / 1000 })
    process.exit(0)
  }
  if (server.listening) announce()
  else server.once('listening', announce)
}

void main()
