'use strict'

const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')
const tls = require('node:tls')

/**
 * @typedef {object} Addresses
 * @property {Map<string, number>} ports Host names that lead to a port of loopback, whatever port was asked for.
 * @property {Map<string, string>} names Host names that resolve to this address, as if a name server had said so.
 * @property {Set<net.Socket>} sockets The connections that are open.
 * @property {boolean} isOpen Whether connections can be made.
 */

/** The address that mapped hosts resolve to. It is public, so that guards let it pass. Nothing ever connects to it. */
const PUBLIC_ADDRESS = '1.1.1.1'

/** @param {string | undefined} host */
const isLoopback = (host) =>
  host === undefined ||
  host === '' ||
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host)

/**
 * The error for an address that is not in the sandbox. It is also logged, because the bundle may show a text of its
 * own.
 * @param {string} code @param {string} what
 */
const outside = (code, what) => {
  const message = `${code} sandbox: no address outside (${what})`
  process.stderr.write(`${message}\n`)
  return Object.assign(new Error(message), { code })
}

/**
 * Lets connections reach loopback only. A mapped host is served by its port there, in plain TCP even if TLS was asked
 * for. Any other connection fails at once, before a name is looked up.
 * @param {Addresses} addresses
 */
const mapAddresses = (addresses) => {
  replaceSocketConnect(addresses)
  replaceTlsConnect(addresses.ports)
  replaceLookups(addresses)
  dgram.createSocket = () => {
    throw outside('EACCES', 'datagrams')
  }
}

/**
 * Every TCP connection of this process, TLS included, comes through here.
 * @param {Addresses} addresses
 */
const replaceSocketConnect = (addresses) => {
  const { ports, names, sockets } = addresses
  const connect = net.Socket.prototype.connect
  const normalize =
    /** @type {{ _normalizeArgs(args: unknown[]): [net.TcpNetConnectOpts & { path?: string }, () => void] }} */ (
      /** @type {unknown} */ (net)
    )._normalizeArgs

  /** @this {net.Socket} @param {unknown[]} args */
  function connectInside(...args) {
    // `net.connect` passes its arguments on as one array that is already normalized.
    const first = args[0]
    const [options, onConnect] = Array.isArray(first) ? first : normalize(args)
    sockets.add(this)
    this.once('close', () => sockets.delete(this))
    const host = options.host?.toLowerCase()
    if (!addresses.isOpen) {
      process.nextTick(() => this.destroy(outside('ECONNREFUSED', `${host}, after the run`)))
      return this
    }
    const port = host === undefined ? undefined : ports.get(host)
    if (port !== undefined)
      return connect.call(this, { ...options, host: '127.0.0.1', port, lookup: undefined }, onConnect)
    if (options.path || isLoopback(host)) return connect.call(this, options, onConnect)
    if (names.has(host)) {
      return connect.call(this, { ...options, lookup: loopbackOnly(options.lookup ?? dns.lookup) }, onConnect)
    }
    process.nextTick(() => this.destroy(outside('ECONNREFUSED', `${host}:${options.port}`)))
    return this
  }
  net.Socket.prototype.connect = /** @type {typeof connect} */ (/** @type {unknown} */ (connectInside))
}

/**
 * @param {(host: string, options: object, done: (...result: any[]) => void) => void} lookup
 * @returns {net.LookupFunction}
 */
const loopbackOnly = (lookup) => (host, options, done) =>
  lookup(host, options, (error, address, family) => {
    const found = Array.isArray(address) ? address.map((entry) => entry.address) : [address]
    if (!error && !found.every(isLoopback)) return done(outside('ECONNREFUSED', `${host}, ${found}`), address, family)
    done(error, address, family)
  })

/**
 * The agent of `https` looks this property up for each connection.
 * @param {Map<string, number>} ports
 */
const replaceTlsConnect = (ports) => {
  const connect = tls.connect
  /** @param {any[]} args */
  const connectInside = (...args) => {
    const [first, second, third] = args
    const options =
      typeof first === 'object'
        ? first
        : { ...(typeof second === 'object' ? second : third), port: first, host: second }
    const { host, port, keepAlive, keepAliveInitialDelay, noDelay, signal, timeout } = options
    if (options.socket || !ports.has(host?.toLowerCase())) return Reflect.apply(connect, tls, args)

    const socket = net.connect({ host, port, keepAlive, keepAliveInitialDelay, noDelay, signal, timeout })
    const onSecure = args.at(-1)
    if (typeof onSecure === 'function') socket.once('secureConnect', onSecure)
    socket.once('connect', () => socket.emit('secureConnect'))
    return Object.assign(socket, { encrypted: true, authorized: true, alpnProtocol: false })
  }
  tls.connect = /** @type {typeof connect} */ (connectInside)
}

/** @param {Addresses} addresses */
const replaceLookups = ({ ports, names }) => {
  const lookup = dns.lookup
  const lookupPromise = dns.promises.lookup

  /** @param {string} host */
  const addressOf = (host) =>
    names.get(host.toLowerCase()) ?? (ports.has(host.toLowerCase()) ? PUBLIC_ADDRESS : undefined)
  /** @param {string} host */
  const isAnsweredHere = (host) => isLoopback(host) || net.isIP(host) !== 0
  /** @param {string} address */
  const entry = (address) => ({ address, family: net.isIP(address) })

  /** @param {string} host @param {any[]} rest */
  const lookupInside = (host, ...rest) => {
    if (isAnsweredHere(host)) return Reflect.apply(lookup, dns, [host, ...rest])
    const [options, done] = rest.length > 1 ? rest : [{}, rest[0]]
    const address = addressOf(host)
    process.nextTick(() => {
      if (address === undefined) return done(outside('ENOTFOUND', host))
      if (options?.all) return done(null, [entry(address)])
      done(null, address, net.isIP(address))
    })
  }
  /** @param {string} host @param {dns.LookupOptions} [options] */
  const lookupPromiseInside = async (host, options = {}) => {
    if (isAnsweredHere(host)) return lookupPromise(host, options)
    const address = addressOf(host)
    if (address === undefined) throw outside('ENOTFOUND', host)
    return options.all ? [entry(address)] : entry(address)
  }
  dns.lookup = /** @type {typeof lookup} */ (/** @type {unknown} */ (lookupInside))
  dns.promises.lookup = /** @type {typeof lookupPromise} */ (/** @type {unknown} */ (lookupPromiseInside))

  // The functions of the `resolve` family ask name servers directly.
  for (const owner of [dns, dns.Resolver.prototype])
    refuseResolving(owner, (args) => args.at(-1)(outside('ENOTFOUND', args[0])))
  for (const owner of [dns.promises, dns.promises.Resolver.prototype]) {
    refuseResolving(owner, (args) => Promise.reject(outside('ENOTFOUND', args[0])))
  }
}

/** @param {object} owner @param {(args: any[]) => unknown} refuse */
const refuseResolving = (owner, refuse) => {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (!/^(resolve|reverse)/.test(name)) continue
    Object.defineProperty(owner, name, { value: (/** @type {any[]} */ ...args) => refuse(args), configurable: true })
  }
}

module.exports = { mapAddresses }
