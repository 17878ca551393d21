import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { causeOf, withCause } from './cause'
import type { Faults, FaultEffect } from './faults'
import type { Ledger, LedgerSide } from './ledger'

export type SandboxRequest = {
  method: string
  /** Host header without the port. One server may stand in for several hosts. */
  host: string
  path: string
  query: URLSearchParams
  headers: http.IncomingHttpHeaders
  body: Buffer
}

export type SandboxResponse = {
  status: number
  headers?: Record<string, string | string[]>
  /** A Buffer or string is sent unchanged, anything else as JSON. Absent means an empty body. */
  body?: unknown
  /** Goes into the ledger's entry for this call. Never secrets. */
  detail?: Record<string, unknown>
}

export type SandboxServer = { url: string; port: number; close: () => Promise<void> }

export type ServerOptions = {
  side: LedgerSide
  ledger: Ledger
  faults: Faults
  /**
   * Name of the route, for faults and ledger; called before the request takes effect. With `undefined`, the request is
   * not in the ledger and meets no fault.
   */
  routeOf: (request: SandboxRequest) => string | undefined
  handle: (request: SandboxRequest) => Promise<SandboxResponse>
  /** Real milliseconds by which every answer is delayed, to make waiting visible. Default 0. */
  latencyMs?: () => number
  /** The time in the `Date` header of answers. Default: the machine's. */
  dateMs?: () => number
  port?: number
}

/** Starts the server of an emulator. Another way than HTTP on loopback must call `answerRequest` for each request. */
export type StartServer = (options: ServerOptions) => Promise<SandboxServer>

/** `hang`: no answer ever comes. `reset`: the connection breaks. */
export type ServerAnswer = SandboxResponse | 'hang' | 'reset'

/** Marks requests of the page itself: they are not in the ledger and meet no fault. */
export const ONLOOKER_HEADER = 'x-sandbox-onlooker'

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** One HTTP server on loopback with fault injection and a ledger. Bodies are joined as bytes. */
export const startHttpServer: StartServer = async (options) => {
  const server = http.createServer((incoming, outgoing) => {
    const cause = causeOf(incoming.headers.traceparent)
    void withCause(cause, () => serve(options, incoming, outgoing)).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`sandbox ${options.side}: ${text}\n`)
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const serve = async (
  options: ServerOptions,
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
): Promise<void> => {
  const answer = await answerRequest(options, await read(incoming))
  if (answer === 'hang') return
  if (answer === 'reset') incoming.socket.destroy()
  else send(outgoing, answer, options.dateMs?.())
}

const stepOf = (header: string | string[] | undefined): { step?: number } =>
  header === undefined ? {} : { step: Number(header) }

/** Handles one request, with the fault that waits for it, and records it. Knows nothing of how it came. */
export const answerRequest = async (options: ServerOptions, request: SandboxRequest): Promise<ServerAnswer> => {
  const startedMs = performance.now()
  const route = request.headers[ONLOOKER_HEADER] === undefined ? options.routeOf(request) : undefined
  const fault = route === undefined ? undefined : options.faults.take(route)
  const record = (status: number | undefined, detail?: Record<string, unknown>, answered?: SandboxResponse): void => {
    if (route === undefined) return
    options.ledger.record({
      side: options.side,
      kind: 'call',
      name: route,
      startedMs,
      endedMs: performance.now(),
      ...stepOf(request.headers['x-sandbox-step']),
      ...(status === undefined ? {} : { status }),
      ...options.ledger.exchange(request.body, answered?.body, headOf(request, answered)),
      ...(detail || fault ? { detail: { ...detail, ...(fault ? { fault: fault.kind } : {}) } } : {}),
    })
  }

  const latencyMs = options.latencyMs?.() ?? 0
  if (latencyMs > 0) await pause(latencyMs)
  if (fault?.kind === 'delay' && fault.when !== 'after') await pause(fault.delayMs)

  const appliesFirst = !fault || fault.kind === 'delay' || fault.when === 'after'
  const answer = appliesFirst ? await options.handle(request) : undefined
  if (fault?.kind === 'delay' && fault.when === 'after') await pause(fault.delayMs)
  const faulty = fault && fault.kind !== 'delay' ? faultAnswer(fault) : undefined

  if (faulty === 'hang' || faulty === 'reset') {
    record(undefined, answer?.detail)
    return faulty
  }
  const response = faulty ?? answer ?? { status: 500 }
  record(response.status, answer?.detail, response)
  return response
}

const headOf = ({ method, path, query, headers }: SandboxRequest, answered?: SandboxResponse) => ({
  method,
  url: `https://${headers.host ?? ''}${path}${query.size > 0 ? `?${query.toString()}` : ''}`,
  requestHeaders: singleValues(headers),
  responseHeaders: singleValues(answered?.headers ?? {}),
})

const singleValues = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )

const faultAnswer = (fault: Exclude<FaultEffect, { kind: 'delay' }>): SandboxResponse | 'hang' | 'reset' => {
  switch (fault.kind) {
    case 'hang':
    case 'reset':
      return fault.kind
    case 'junk':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: fault.body }
    case 'status':
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' }
  }
}

const read = async (incoming: http.IncomingMessage): Promise<SandboxRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const url = new URL(incoming.url ?? '/', 'http://sandbox.invalid')
  return {
    method: incoming.method ?? 'GET',
    host: (incoming.headers.host ?? '').replace(/:\d+$/, ''),
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  }
}

const send = (outgoing: http.ServerResponse, response: SandboxResponse, dateMs?: number): void => {
  const { status, headers, bytes } = toWire(response, dateMs)
  outgoing.writeHead(status, headers)
  outgoing.end(bytes)
}

/** A response as it travels: complete headers, and the body as bytes. */
export const toWire = (
  { status, headers = {}, body }: SandboxResponse,
  dateMs?: number,
): { status: number; headers: Record<string, string | string[]>; bytes: Buffer } => {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = body === undefined ? Buffer.alloc(0) : isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
  return {
    status,
    bytes,
    headers: {
      ...(body !== undefined && !isRaw ? { 'content-type': 'application/json' } : {}),
      ...(dateMs === undefined ? {} : { date: new Date(dateMs).toUTCString() }),
      ...headers,
      'content-length': String(bytes.length),
    },
  }
}
