'use strict'

// Runs in the child process before the bundle is loaded. Everything that makes the sandbox different from the cloud is
// here, outside the bundle: the addresses of host names, the time, how long a wait takes, the trace and the step of each call.

const { mapAddresses } = require('./addresses.cjs')
const { followClock } = require('./clock.cjs')
const { countSteps } = require('./steps.cjs')
const { scaleTime } = require('./time-scale.cjs')
const { keepTraces } = require('./traces.cjs')

const env = process.env

mapAddresses({
  ports: new Map(Object.entries(JSON.parse(env.SANDBOX_ADDRESS_MAP ?? '{}'))),
  names: new Map(Object.entries(JSON.parse(env.SANDBOX_NAME_MAP ?? '{}'))),
})
if (env.SANDBOX_STEPS !== undefined) countSteps()
if (env.SANDBOX_TRACES !== undefined) keepTraces()
if (env.SANDBOX_TIME_SCALE !== undefined) scaleTime(Number(env.SANDBOX_TIME_SCALE))
if (env.SANDBOX_CLOCK_MS !== undefined) followClock(Number(env.SANDBOX_CLOCK_MS), env.SANDBOX_CLOCK_RUNS !== undefined)

// Without its parent the process must end.
process.on('disconnect', () => process.exit(0))
process.channel?.unref()
