'use strict'

// Runs in the child process before the bundle is loaded. Everything that makes the sandbox different from the cloud is
// here, outside the bundle: which address a name means, what time it is, and how long a wait takes.

const { mapAddresses } = require('./addresses.cjs')
const { followClock } = require('./clock.cjs')
const { scaleTime } = require('./time-scale.cjs')

const env = process.env

mapAddresses({
  ports: new Map(Object.entries(JSON.parse(env.SANDBOX_ADDRESS_MAP ?? '{}'))),
  names: new Map(Object.entries(JSON.parse(env.SANDBOX_NAME_MAP ?? '{}'))),
})
if (env.SANDBOX_TIME_SCALE !== undefined) scaleTime(Number(env.SANDBOX_TIME_SCALE))
if (env.SANDBOX_CLOCK_MS !== undefined) followClock(Number(env.SANDBOX_CLOCK_MS))

// A process that nobody looks after any more must not stay behind.
process.on('disconnect', () => process.exit(0))
process.channel?.unref()
