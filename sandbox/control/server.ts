import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookSecret, type System } from '../start-sandbox'
import { ControlError } from './errors'
import { Masker } from './mask'
import { People, type NewPerson } from './people'
import { createRoutes, type Answer, type Route } from './routes'
import { ledgerView, takeSnapshot } from './snapshot'
import { readPage } from './static-page'
import { Stream } from './stream'
import type { LedgerView, Snapshot } from './views'

export type ControlOptions = {
  system: System
  port?: number
  /** Folder of the built page. Without one, only the API is served. */
  pageRoot?: string
  /** End users who exist from the start. */
  people?: NewPerson[]
}

export type ControlServer = { url: string; close: () => Promise<void> }

const MAX_BODY_BYTES = 32 * 1024 * 1024

/**
 * Serves the page, and the API by which any client controls the emulators. Listens on loopback only, and only for its
 * own pages.
 */
export const startControl = async (options: ControlOptions): Promise<ControlServer> => {
  const { system, pageRoot } = options
  const people = new People(system)
  for (const person of options.people ?? []) people.add(person)
  const masker = new Masker([webhookSecret, system.configuration.webhookSecret, system.botpress.token])
  // Whoever opens the page does not need to see the installation, which begins with a refused registration.
  const [startMark, logOffset] = [system.ledger.mark(), system.installation.logs().length]
  const snapshot = (): Snapshot => takeSnapshot(system, people, logOffset)
  const ledgerSince = (seq: number): LedgerView[] => system.ledger.since(seq).map((entry) => ledgerView(masker, entry))
  const stream = new Stream({ snapshot, startMark, ledgerSince, view: (entry) => ledgerView(masker, entry) })
  const stopFollowing = system.ledger.subscribe((entry) => stream.ledgerGrew(entry))
  const routes = createRoutes({ system, people, snapshot, ledgerSince })

  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    refuseStrangers(request)
    const url = new URL(request.url ?? '/', 'http://sandbox.invalid')
    if (url.pathname === '/api/events') {
      stream.connect(request, response)
      return
    }
    if (!url.pathname.startsWith('/api/')) {
      if (!pageRoot) throw new ControlError(404, 'No page is served here: see /api/state')
      const { headers, bytes } = await readPage(pageRoot, url.pathname)
      response.writeHead(200, headers).end(bytes)
      return
    }
    const { route, params } = findRoute(routes, request.method ?? 'GET', url.pathname)
    const body = await readBody(request)
    const contentType = request.headers['content-type'] ?? 'application/octet-stream'
    send(response, 200, await route.run({ params, query: url.searchParams, body, contentType }))
    if (route.method !== 'GET') stream.stateChanged()
  }

  const server = http.createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      const { status, message } = refusalOf(error)
      if (response.headersSent) response.destroy()
      else send(response, status, { json: { error: message } })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        stopFollowing()
        stream.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A page from another site must not reach this server through the user's browser, whatever host name it uses. */
const refuseStrangers = ({ headers }: http.IncomingMessage): void => {
  const { host = '', origin } = headers
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)) throw new ControlError(403, 'Only for localhost')
  if (origin !== undefined && origin !== `http://${host}`) throw new ControlError(403, 'Only for its own page')
}

const findRoute = (routes: Route[], method: string, path: string): { route: Route; params: Record<string, string> } => {
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path, path)
    return params ? [{ route, params }] : []
  })
  const match = matches.find(({ route }) => route.method === method)
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
