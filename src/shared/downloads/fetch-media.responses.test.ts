import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaFetcher } from './fetch-media'
import { systemRuntime } from '../runtime'

/** Row 24: what the guard does with servers that it may reach; addresses that it may not are beside the code. */
let server: Server
let base = ''
let answer: (response: ServerResponse, path: string) => void = (response) => response.end()
let authorizations: (string | undefined)[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    answer(response, request.url ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const quick = { ...systemRuntime, setTimer: (_: number, run: () => void) => systemRuntime.setTimer(200, run) }
const fetchMedia = createMediaFetcher(systemRuntime, { allowIPAddressList: ['127.0.0.1'] })
const fetchQuick = createMediaFetcher(quick, { allowIPAddressList: ['127.0.0.1'] })

/** Does not wait between its tries. */
const fetchPatient = createMediaFetcher(
  { ...systemRuntime, sleep: () => Promise.resolve() },
  { allowIPAddressList: ['127.0.0.1'] },
)

describe('a server that may be reached', () => {
  it('gives its bytes and its type without parameters', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'image/png; charset=x' }).end('abc')
    expect(await fetchMedia(`${base}/a`, 3)).toEqual({ ok: true, bytes: Buffer.from('abc'), contentType: 'image/png' })
  })

  it('may leave the type out', async () => {
    answer = (response) => response.end('abc')
    expect(await fetchMedia(base, 10)).toEqual({ ok: true, bytes: Buffer.from('abc'), contentType: '' })
  })

  it.each([
    ['quoted', 'attachment; filename="invoice.pdf"', 'invoice.pdf'],
    ['bare', 'attachment; filename=invoice.pdf', 'invoice.pdf'],
    ['shown in place', 'inline; filename="invoice.pdf"', 'invoice.pdf'],
    ['encoded', "attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf", 'Rechnung März.pdf'],
    ['in two ways', `attachment; filename="x.pdf"; filename*=UTF-8''M%C3%A4rz.pdf`, 'März.pdf'],
    ['in Latin-1', "attachment; filename*=ISO-8859-1''M%E4rz.pdf", 'März.pdf'],
    ['in UTF-8, although it may not be', Buffer.from('attachment; filename="März.pdf"').toString('latin1'), 'März.pdf'],
    ['encoded like an address', 'attachment; filename="Rechnung%20M%C3%A4rz.pdf"', 'Rechnung März.pdf'],
    ['encoded like e-mail', 'attachment; filename="=?UTF-8?B?TcOkcnoucGRm?="', 'März.pdf'],
    ['encoded like e-mail, in two words', 'attachment; filename="=?UTF-8?B?TcOk?= =?UTF-8?B?cnoucGRm?="', 'März.pdf'],
    [
      'encoded like e-mail, cut within a letter',
      'attachment; filename="=?UTF-8?B?TcM=?= =?UTF-8?B?pHJ6LnBkZg==?="',
      'März.pdf',
    ],
    ['encoded like e-mail, in Latin-1', 'attachment; filename="=?iso-8859-1?Q?M=E4rz.pdf?="', 'März.pdf'],
    ['encoded like e-mail, in unknown letters', 'attachment; filename="=?x-none?Q?a.pdf?="', 'a.pdf'],
    ['in single quotes', "attachment; filename='my invoice.pdf'", 'my invoice.pdf'],
    ['only a dot', 'attachment; filename="."', undefined],
    ['only dots', 'attachment; filename=".."', undefined],
    ['encoded like e-mail, in letters', 'attachment; filename="=?utf-8?Q?M=C3=A4rz_1.pdf?="', 'März 1.pdf'],
    ['with a percent sign', 'attachment; filename="100%.pdf"', '100%.pdf'],
    ['without a disposition', 'filename="invoice.pdf"', 'invoice.pdf'],
    ['in capitals', 'Attachment; FileName="invoice.pdf"', 'invoice.pdf'],
    ['empty', 'attachment; filename=""', undefined],
    ['absent', 'attachment', undefined],
    ['broken', ';;="', undefined],
  ])('may name its file: %s', async (_how, disposition, fileName) => {
    answer = (response) => response.setHeader('content-disposition', disposition).end('abc')
    expect(await fetchMedia(base, 10)).toEqual({ ok: true, bytes: Buffer.from('abc'), contentType: '', fileName })
  })

  it('may name its file in bare Latin-1', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Disposition: attachment; filename="M\xE4rz.pdf"'
    answer = (response) => response.socket?.end(`${head}\r\n\r\nabc`, 'latin1')
    expect(await fetchMedia(base, 10)).toMatchObject({ ok: true, fileName: 'März.pdf' })
  })

  it.each<[string, (response: ServerResponse) => unknown]>([
    ...[408, 429, 500, 502, 503, 504].map((status): [string, (response: ServerResponse) => unknown] => [
      `status ${status}`,
      (response) => response.writeHead(status).end(),
    ]),
    ['a broken connection', (response) => response.destroy()],
    [
      'half a file',
      (response) => {
        response.writeHead(200, { 'content-length': '3' }).write('a')
        setTimeout(() => response.destroy(), 20)
      },
    ],
  ])('is asked again after %s', async (_how, fail) => {
    let asked = 0
    answer = (response) => {
      asked += 1
      if (asked < 3) fail(response)
      else response.end('abc')
    }
    expect(await fetchPatient(base, 10)).toMatchObject({ ok: true, bytes: Buffer.from('abc') })
    expect(asked).toBe(3)
  })

  it.each([
    [404, 1],
    [403, 1],
    [410, 1],
    [503, 3],
  ])('is given up with status %i after %i requests', async (status, count) => {
    let asked = 0
    answer = (response) => {
      asked += 1
      response.writeHead(status).end()
    }
    expect(await fetchPatient(base, 10)).toEqual({ ok: false, reason: 'not_reachable' })
    expect(asked).toBe(count)
  })

  it.each([201, 204, 206, 304, 400, 404, 500])('is not taken at its word with status %i', async (status) => {
    answer = (response) => response.writeHead(status).end()
    expect(await fetchMedia(base, 10)).toEqual({ ok: false, reason: 'not_reachable' })
  })

  it.each([
    ['declared', (response: ServerResponse) => response.writeHead(200, { 'content-length': '4' }).end('abcd')],
    [
      'in chunks',
      (response: ServerResponse) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end('abcd'),
    ],
    [
      'compressed',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000))),
    ],
  ])('that sends more than allowed is stopped: %s', async (_how, send) => {
    answer = send
    expect(await fetchMedia(base, 3)).toEqual({ ok: false, reason: 'too_large' })
  })

  it('is followed three redirects far, and no further', async () => {
    answer = (response, path) => {
      const left = Number(path.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    }
    expect(await fetchMedia(`${base}/3`, 10)).toMatchObject({ ok: true })
    expect(await fetchMedia(`${base}/4`, 10)).toEqual({ ok: false, reason: 'not_reachable' })
  })

  it('cannot send us to an address inside', async () => {
    answer = (response) => response.writeHead(302, { location: 'http://127.0.0.2:1/' }).end()
    expect(await fetchMedia(base, 10)).toEqual({ ok: false, reason: 'address_not_allowed' })
  })

  it.each(['http://user:PW@', 'http://user@', 'ftp://'])('cannot send us to an address with %s', async (start) => {
    let asked = 0
    answer = (response, path) => {
      asked += 1
      if (path === '/there') response.end('there')
      else response.writeHead(302, { location: base.replace('http://', start) + '/there' }).end()
    }
    expect(await fetchPatient(base, 10)).toEqual({ ok: false, reason: 'address_not_allowed' })
    expect(asked).toBe(1)
  })

  it.each([
    ['no answer', () => undefined],
    ['no end', (response: ServerResponse) => void response.write('a')],
  ])('that gives %s is given up', async (_how, send) => {
    answer = send
    const startedMs = performance.now()
    expect(await fetchQuick(base, 10)).toEqual({ ok: false, reason: 'not_reachable' })
    expect(performance.now() - startedMs).toBeLessThan(3_000)
  })

  it('may be asked by https as well', async () => {
    // It speaks no TLS, so the exchange fails; what counts is that the address itself is fine.
    expect(await fetchMedia(base.replace('http:', 'https:'), 10)).toEqual({ ok: false, reason: 'not_reachable' })
  })

  it('may put blanks around the type', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'image/png ; x' }).end('abc')
    expect(await fetchMedia(base, 10)).toMatchObject({ contentType: 'image/png' })
  })

  it('is asked for without credentials', () => {
    expect(authorizations.every((each) => each === undefined)).toBe(true)
    authorizations = []
  })

  it('is left alone when the caller’s time is over', async () => {
    answer = () => undefined
    const controller = new AbortController()
    const fetching = fetchMedia(base, 10, controller.signal)
    setTimeout(() => controller.abort(), 50)
    expect(await fetching).toEqual({ ok: false, reason: 'not_reachable' })
    expect(await fetchMedia(base, 10, controller.signal)).toEqual({ ok: false, reason: 'not_reachable' })
  })

  it('is given ten seconds', async () => {
    const asked: number[] = []
    const runtime = {
      ...systemRuntime,
      setTimer: (durationMs: number) => {
        asked.push(durationMs)
        return () => asked.push(-1)
      },
    }
    answer = (response) => response.end('abc')
    await createMediaFetcher(runtime, { allowIPAddressList: ['127.0.0.1'] })(base, 10)
    // And the limit is taken back, so that nothing runs after the answer.
    expect(asked).toEqual([10_000, -1])
  })
})
