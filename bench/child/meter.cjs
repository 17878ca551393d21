'use strict'

// Is loaded into the measured process before the bundle. When the bench asks, it reports what the process has used so
// far.

const v8 = require('node:v8')
const vm = require('node:vm')

v8.setFlagsFromString('--expose-gc')
/** @type {() => void} */
const collectGarbage = vm.runInNewContext('gc')

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'usage') return
  if ('collect' in message && message.collect === true) collectGarbage()
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ type: 'usage', cpuMs: (user + system) / 1000, rss, heapUsed })
})
process.channel?.unref()
