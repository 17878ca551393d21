import dns from 'node:dns'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/start-sandbox'
import { createMediaFetcher } from '../../src/shared/downloads/fetch-media'
import { systemRuntime } from '../../src/shared/runtime'
import { startTalk } from '../helpers/talk'
import { startWithOneAgent } from './helpers/deliveries'
import { fullTimeoutMs, isFull, record } from './helpers/measure'

let canary: http.Server
let port = 0
let hits = 0
beforeAll(async () => {
  canary = http.createServer((_request, answer) => {
    hits += 1
    answer.end('inside')
  })
  await new Promise<void>((resolve) => canary.listen(0, '::', resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => {
  canary.closeAllConnections()
  canary.close()
})

/** Every address at which the canary, or something equally private, could be reached. */
const hostileAddresses = (): string[] =>
  [
    ...['127.0.0.1', '127.1', '127.0.1', '0177.0.0.1', '0x7f.0.0.1', '0x7f000001', '2130706433', '017700000001'],
    ...['127.255.255.254', '0.0.0.0', '0', '127.0.0.1.', '１２７.0.0.1', '127。0。0。1'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'ip6-localhost'],
    ...[
      '[::1]',
      '[::]',
      '[0:0:0:0:0:0:0:1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
    ],
    ...['[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[2002:7f00:1::]', '[ff02::1]'],
    ...[
      '169.254.169.254',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
  ]
    .map((host) => `http://${host}:${port}/`)
    .concat([
      `https://127.0.0.1:${port}/`,
      'file:///etc/passwd',
      `ftp://127.0.0.1:${port}/`,
      'data:text/plain,inside',
      `http://user:password@127.0.0.1:${port}/`,
      `http://example.com@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}\\@example.com/`,
      `//127.0.0.1:${port}/`,
      `gopher://127.0.0.1:${port}/_x`,
      `http://private.test:${port}/`,
      `http://public-then-private.test:${port}/`,
      'javascript:1',
      '',
    ])

/** Resolves names of our own; all other names are resolved as usual. */
const resolveOwnNames = (): (() => void) => {
  const original = dns.lookup
  let asked = 0
  const lookup = (host: string, ...rest: unknown[]): void => {
    const done = rest.at(-1) as (error: Error | null, address: unknown, family?: number) => void
    const options = (rest.length > 1 ? rest[0] : {}) as { all?: boolean }
    const answer = (address: string): void =>
      options.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)
    if (host === 'private.test') return answer('127.0.0.1')
    // The name is public when a check asks beforehand, and private when the connection is made.
    if (host === 'public-then-private.test') return answer(asked++ === 0 ? '203.0.113.7' : '127.0.0.1')
    Reflect.apply(original, dns, [host, ...rest])
  }
  dns.lookup = lookup as unknown as typeof dns.lookup
  syncBuiltinESMExports()
  return () => {
    dns.lookup = original
    syncBuiltinESMExports()
  }
}

describe('row 12: fetching media cannot reach inside', () => {
  it(
    'no hostile address reaches the canary',
    async () => {
      const restore = resolveOwnNames()
      // Nothing public is dialled here. What passes the guard would time out, so the limits are short.
      const runtime = {
        ...systemRuntime,
        setTimer: (_durationMs: number, run: () => void) => systemRuntime.setTimer(400, run),
      }
      const fetchMedia = createMediaFetcher(runtime)
      const addresses = hostileAddresses()
      const through: string[] = []
      try {
        for (const address of [...addresses, ...addresses.slice(-4)]) {
          const fetched = await fetchMedia(address, 10_000_000)
          if (fetched.ok) through.push(address)
        }
      } finally {
        restore()
      }
      record({ row: 12, what: 'hostile addresses', n: addresses.length, failures: hits + through.length })
      expect(through).toEqual([])
      expect(hits).toBe(0)
      expect(addresses.length).toBeGreaterThanOrEqual(45)
    },
    fullTimeoutMs,
  )
})

describe('row 12: a hostile server', () => {
  let sandbox: Sandbox
  let server: http.Server
  afterEach(async () => {
    await sandbox.close()
    server.closeAllConnections()
    server.close()
  })

  it(
    'cannot make us fetch from inside, nor hold us up by size or time',
    async () => {
      const scale = isFull ? 1 : 20
      const limit = 10_000_000
      const big = Buffer.alloc(limit + 1)
      const bomb = gzipSync(Buffer.alloc(200_000_000))
      const ways: Record<string, (answer: http.ServerResponse) => void> = {
        'redirect-to-private': (answer) => answer.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end(),
        'redirect-to-name': (answer) => answer.writeHead(302, { location: `http://inner.example.com:${port}/` }).end(),
        'redirect-to-metadata': (answer) => answer.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
        'redirect-to-file': (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
        'redirect-for-ever': (answer) =>
          answer.writeHead(302, { location: 'http://media.example.com/redirect-for-ever' }).end(),
        'one-too-many': (answer) => answer.end(big),
        'one-too-many-chunked': (answer) => {
          answer.writeHead(200, { 'transfer-encoding': 'chunked' })
          answer.end(big)
        },
        'length-too-large': (answer) => answer.writeHead(200, { 'content-length': String(1e12) }).write('x'),
        'length-too-small': (answer) => {
          answer.socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n')
          answer.socket?.end(big)
        },
        'length-not-reached': (answer) => {
          answer.writeHead(200, { 'content-length': '100' }).write('x')
          setTimeout(() => answer.socket?.destroy(), 20)
        },
        'gzip-bomb': (answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
        'one-byte-a-second': (answer) => {
          answer.writeHead(200)
          const timer = setInterval(() => answer.write('x'), 1_000 / scale)
          answer.on('close', () => clearInterval(timer))
        },
        'no-answer': () => undefined,
        'no-headers-end': (answer) => void answer.socket?.write('HTTP/1.1 200 OK\r\nx: '),
      }
      server = http.createServer((request, answer) => ways[(request.url ?? '').slice(1)]?.(answer))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port: serverPort } = server.address() as AddressInfo
      sandbox = await startWithOneAgent({
        timeScale: scale,
        process: { addressMap: { 'media.example.com': serverPort }, nameMap: { 'inner.example.com': '127.0.0.1' } },
      })
      const talk = await startTalk(sandbox)
      const timesMs: number[] = []
      const wrong: string[] = []
      for (const way of Object.keys(ways)) {
        const startedMs = performance.now()
        await talk.user.sendImage(`http://media.example.com/${way}`)
        await sandbox.settle()
        const tookMs = (performance.now() - startedMs) * scale
        timesMs.push(tookMs)
        const last = talk.agentSees().at(-1) ?? ''
        // The image arrives as a link that says why. If the announced length was too small, it arrives cut to that
        // length.
        const isLink = /^Teal: An image \((larger than 10 MB|could not be copied)\): /.test(last)
        if (!isLink && way !== 'length-too-small') wrong.push(`${way}: ${last}`)
        if (tookMs > 12_000 + 500 * scale) wrong.push(`${way}: took ${Math.round(tookMs)} ms`)
      }
      record({ row: 12, what: 'hostile servers', n: timesMs.length, failures: wrong.length + hits, timesMs })
      expect(wrong).toEqual([])
      expect(hits).toBe(0)
    },
    fullTimeoutMs,
  )
})
