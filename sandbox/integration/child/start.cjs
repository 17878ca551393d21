'use strict'

// Starts the bundle with the SDK's own server, as `bp serve` does, and tells the parent its port.

const net = require('node:net')

// The SDK listens on every interface of the machine; the sandbox is nobody else's business.
const listen = net.Server.prototype.listen
/** @type {(this: net.Server, port: number, onListening: () => void) => net.Server} */
function listenOnLoopback(port, onListening) {
  return listen.call(this, { port, host: '127.0.0.1' }, onListening)
}

const main = async () => {
  const integration = require(String(process.env.SANDBOX_BUNDLE)).default
  net.Server.prototype.listen = /** @type {typeof listen} */ (/** @type {unknown} */ (listenOnLoopback))
  /** @type {import('node:http').Server} */
  const server = await integration.start(Number(process.env.SANDBOX_PORT ?? 0))
  net.Server.prototype.listen = listen

  // The SDK's server decodes a body chunk by chunk and so breaks letters that lie across two chunks. The cloud hands
  // over whole bodies: a stream that decodes by itself keeps the sandbox as faithful as that.
  server.prependListener('request', (request) => request.setEncoding('utf8'))

  const announce = () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') process.send?.({ type: 'listening', port: address.port })
  }
  if (server.listening) announce()
  else server.once('listening', announce)
}

void main()
