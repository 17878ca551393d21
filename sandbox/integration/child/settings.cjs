'use strict'

const { mapAddresses } = require('./addresses.cjs')
const { followClock } = require('./clock.cjs')
const { countSteps } = require('./steps.cjs')
const { scaleTime } = require('./time-scale.cjs')
const { keepTraces } = require('./traces.cjs')

/** @type {import('./addresses.cjs').Addresses} */
const addresses = { ports: new Map(), names: new Map(), sockets: new Set(), isOpen: true }
const waits = { scale: 1 }
/** @type {ReturnType<typeof followClock> | undefined} */
let clock

/** @type {Set<() => void>} */
const done = new Set()
/** @param {() => void} prepare */
const once = (prepare) => {
  if (done.has(prepare)) return
  done.add(prepare)
  prepare()
}
const prepareAddresses = () => mapAddresses(addresses)
const prepareWaits = () => scaleTime(waits)

/** @type {<T>(map: Map<string, T>, json: string | undefined) => void} */
const refill = (map, json) => {
  map.clear()
  for (const [key, value] of Object.entries(JSON.parse(json ?? '{}'))) map.set(key, value)
}

/**
 * Takes over the variables of a run. Everything that makes the sandbox different from the cloud is here, outside the
 * bundle: the addresses of host names, the time, how long a wait takes, the trace and the step of each call. A process
 * that has once counted steps, kept traces or followed a clock goes on doing so.
 * @param {NodeJS.ProcessEnv} env
 */
const applySettings = (env) => {
  once(prepareAddresses)
  refill(addresses.ports, env.SANDBOX_ADDRESS_MAP)
  refill(addresses.names, env.SANDBOX_NAME_MAP)
  if (env.SANDBOX_STEPS !== undefined) once(countSteps)
  if (env.SANDBOX_TRACES !== undefined) once(keepTraces)
  waits.scale = Number(env.SANDBOX_TIME_SCALE ?? 1)
  if (waits.scale !== 1) once(prepareWaits)
  if (env.SANDBOX_CLOCK_MS === undefined) return
  clock ??= followClock()
  clock.set(Number(env.SANDBOX_CLOCK_MS), env.SANDBOX_CLOCK_RUNS !== undefined)
}

module.exports = { applySettings, addresses }
