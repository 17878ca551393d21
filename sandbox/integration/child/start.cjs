'use strict'

// Runs bundles with the SDK's own server, as `bp serve` does, one after another. The first run begins at once if the
// environment names its bundle; each other one when the parent sends `{ type: 'run', env }`.

const net = require('node:net')
const { loadBundle } = require('./load-bundle.cjs')
const { addresses, applySettings } = require('./settings.cjs')

/** Turns of the event loop after which the code of an ended run has seen that its connections are gone. */
const LAST_TURNS = 20

/** @type {import('node:http').Server | undefined} */
let server
let requestsUnderWay = 0

// The SDK listens on all interfaces of the machine. The sandbox must be reachable from this machine only.
const listen = net.Server.prototype.listen
/** @type {(this: net.Server, port: number, onListening: () => void) => net.Server} */
function listenOnLoopback(port, onListening) {
  return listen.call(this, { port, host: '127.0.0.1' }, onListening)
}

const run = async () => {
  const integration = loadBundle(String(process.env.SANDBOX_BUNDLE)).default
  net.Server.prototype.listen = /** @type {typeof listen} */ (/** @type {unknown} */ (listenOnLoopback))
  /** @type {import('node:http').Server} */
  const started = await integration.start(Number(process.env.SANDBOX_PORT ?? 0))
  net.Server.prototype.listen = listen
  server = started

  // The SDK's server decodes a body chunk by chunk, and so breaks characters that lie across two chunks. The cloud
  // sends whole bodies. With an encoding set, the stream joins such characters itself.
  started.prependListener('request', (request, response) => {
    request.setEncoding('utf8')
    requestsUnderWay += 1
    response.once('close', () => (requestsUnderWay -= 1))
  })

  const announce = () => {
    const address = started.address()
    if (address !== null && typeof address === 'object') process.send?.({ type: 'listening', port: address.port })
  }
  if (started.listening) announce()
  else started.once('listening', announce)
}

const isAtRest = () => requestsUnderWay === 0 && !process.getActiveResourcesInfo().includes('Timeout')

/**
 * Ends the run, so that the next one finds nothing of it. A run that is not at rest could still act later, so its
 * process ends with it.
 */
const endRun = async () => {
  if (!isAtRest()) process.exit(0)
  addresses.isOpen = false
  server?.close()
  server?.closeAllConnections()
  for (const socket of addresses.sockets) socket.destroy()
  for (let turn = 0; turn < LAST_TURNS; turn += 1) await new Promise((next) => setImmediate(next))
  if (!isAtRest()) process.exit(0)
  addresses.isOpen = true
  // After this line, the parent gets nothing more of this run.
  for (const stream of [process.stdout, process.stderr]) stream.write('sandbox: run ended\n')
  process.send?.({ type: 'run-ended' })
}

/** @param {NodeJS.ProcessEnv} env */
const beginRun = (env) => {
  for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, env)
  applySettings(process.env)
  void run()
}

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || !('type' in message)) return
  if (message.type === 'run' && 'env' in message) beginRun(/** @type {NodeJS.ProcessEnv} */ (message.env))
  if (message.type === 'end-run') void endRun()
})
// Between two runs nothing else keeps the process.
process.channel?.ref()

if (process.env.SANDBOX_BUNDLE !== undefined) void run()
