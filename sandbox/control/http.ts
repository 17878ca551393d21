import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { ControlError } from './errors'
import type { FileContent } from './files'
import { readPage } from './static-page'

const MAX_BODY_BYTES = 32 * 1024 * 1024

export type Call = { params: Record<string, string>; query: URLSearchParams; body: Buffer; contentType: string }
export type Answer = { json: unknown } | FileContent
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Endpoint = { method: Method; path: string; run: (call: Call) => Answer | Promise<Answer> }

export type Handlers = {
  /** Folder of the built page. Without one, only the API is served. */
  pageRoot?: string
  /** Default: a free one. */
  port?: number
  endpoints: () => Endpoint[]
  /** Answers a request by itself, such as a stream. Returns whether it did. */
  stream?: (path: string, request: http.IncomingMessage, response: http.ServerResponse) => boolean
  /** Answers a request for a WebSocket at `/api/live`. */
  live: (request: http.IncomingMessage, socket: Duplex) => void
  /** After each answer to a request that may have changed something. */
  changed?: () => void
}

export type ControlServer = { url: string; close: () => Promise<void> }

/** Listens on loopback only, and serves this machine's programs and its own page only. */
export const listen = async (handlers: Handlers, onClose: () => void): Promise<ControlServer> => {
  const server = http.createServer((request, response) => {
    void serve(handlers, request, response).catch((error: unknown) => {
      const { status, message } = refusalOf(error)
      if (response.headersSent) response.destroy()
      else send(response, status, { json: { error: message } })
    })
  })
  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex) => {
    try {
      refuseStrangers(request)
      if (request.url !== '/api/live') throw new ControlError(404, 'Only /api/live is a WebSocket')
      handlers.live(request, socket)
    } catch {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(handlers.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        onClose()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const serve = async (
  handlers: Handlers,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  refuseStrangers(request)
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid')
  if (handlers.stream?.(url.pathname, request, response)) return
  if (!url.pathname.startsWith('/api/')) {
    if (!handlers.pageRoot) throw new ControlError(404, 'No page is served here: see /api/state')
    const { headers, bytes } = await readPage(handlers.pageRoot, url.pathname)
    response.writeHead(200, headers).end(bytes)
    return
  }
  const { endpoint, params } = findEndpoint(handlers.endpoints(), request.method ?? 'GET', url.pathname)
  const body = await readBody(request)
  const contentType = request.headers['content-type'] ?? 'application/octet-stream'
  send(response, 200, await endpoint.run({ params, query: url.searchParams, body, contentType }))
  if (endpoint.method !== 'GET') handlers.changed?.()
}

/** A page from another site must not reach this server through the user's browser, whatever host name it uses. */
const refuseStrangers = ({ headers }: http.IncomingMessage): void => {
  const { host = '', origin } = headers
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)) throw new ControlError(403, 'Only for localhost')
  if (origin !== undefined && origin !== `http://${host}`) throw new ControlError(403, 'Only for its own page')
}

type Found = { endpoint: Endpoint; params: Record<string, string> }

const findEndpoint = (endpoints: Endpoint[], method: string, path: string): Found => {
  const matches = endpoints.flatMap((endpoint) => {
    const params = matchPath(endpoint.path, path)
    return params ? [{ endpoint, params }] : []
  })
  const match = matches.find(({ endpoint }) => endpoint.method === method)
  if (match) return match
  throw matches.length > 0
    ? new ControlError(405, `${path} does not take ${method}`)
    : new ControlError(404, `There is no ${path}`)
}

const matchPath = (pattern: string, path: string): Record<string, string> | undefined => {
  const [expected, given] = [pattern.split('/'), path.split('/')]
  if (expected.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const value = decodeURIComponent(given[index] ?? '')
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}

const readBody = async (request: http.IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length > MAX_BODY_BYTES) throw new ControlError(413, 'The body is too large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

const send = (response: http.ServerResponse, status: number, answer: Answer): void => {
  if ('json' in answer) {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify(answer.json))
    return
  }
  response.writeHead(status, { ...answer.headers, 'x-content-type-options': 'nosniff' })
  response.end(answer.bytes)
}

/** Refusals of the emulators themselves, such as for a closed chat or an absent agent, carry a status too. */
const refusalOf = (error: unknown): { status: number; message: string } => {
  if (!(error instanceof Error)) return { status: 500, message: String(error) }
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500
  if (status === 500) process.stderr.write(`sandbox control: ${error.stack ?? error.message}\n`)
  return { status, message: error.message }
}
