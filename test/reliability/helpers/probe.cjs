'use strict'

// Loaded into the integration's process by NODE_OPTIONS. Answers SIGUSR2 with one line about the state of the process.
const { monitorEventLoopDelay } = require('node:perf_hooks')
const v8 = require('node:v8')
const vm = require('node:vm')

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc')
const delays = monitorEventLoopDelay({ resolution: 5 })
delays.enable()

process.on('SIGUSR2', () => {
  const delayP99Ms = delays.percentile(99) / 1e6
  for (let round = 0; round < 3; round += 1) collectGarbage()
  const heapBytes = process.memoryUsage().heapUsed
  process.stdout.write(`probe ${JSON.stringify({ delayP99Ms, heapBytes })}\n`)
  delays.reset()
})
