'use strict'

// Starts the bundle with the SDK's own server, as `bp serve` does, and sends the port to the parent.

const net = require('node:net')
const { loadBundle } = require('./load-bundle.cjs')

// The SDK listens on all interfaces of the machine. The sandbox must be reachable from this machine only.
const listen = net.Server.prototype.listen
/** @type {(this: net.Server, port: number, onListening: () => void) => net.Server} */
function listenOnLoopback(port, onListening) {
  return listen.call(this, { port, host: '127.0.0.1' }, onListening)
}

const main = async () => {
  const integration = loadBundle(String(process.env.SANDBOX_BUNDLE)).default
  net.Server.prototype.listen = /** @type {typeof listen} */ (/** @type {unknown} */ (listenOnLoopback))
  /** @type {import('node:http').Server} */
  const server = await integration.start(Number(process.env.SANDBOX_PORT ?? 0))
  net.Server.prototype.listen = listen

  // The SDK's server decodes a body chunk by chunk, and so breaks characters that lie across two chunks. The cloud
  // sends whole bodies. With an encoding set, the stream joins such characters itself.
  server.prependListener('request', (request) => request.setEncoding('utf8'))

  const announce = () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') process.send?.({ type: 'listening', port: address.port })
  }
  if (server.listening) announce()
  else server.once('listening', announce)
}

void main()
