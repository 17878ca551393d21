import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type SeenOperation = {
  operation: string
  headers: http.IncomingHttpHeaders
  configuration: unknown
  body: Record<string, unknown>
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> }
type Handler = (seen: SeenOperation) => Answer | Promise<Answer>

/** The smallest server that answers operations; each test says how. */
export type FakeIntegration = {
  url: string
  seen: SeenOperation[]
  /** The bodies of one operation, oldest first. */
  bodies(operation: string): Record<string, unknown>[]
  /** Answers of an operation, or of an action by its type; default: 200 and nothing. */
  on(operation: string, handler: Handler): void
  close(): Promise<void>
}

export const startFakeIntegration = async (): Promise<FakeIntegration> => {
  const handlers = new Map<string, Handler>()
  const seen: SeenOperation[] = []
  const serve = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const entry: SeenOperation = {
      operation: String(request.headers['x-bp-operation']),
      headers: request.headers,
      configuration: JSON.parse(Buffer.from(String(request.headers['x-bp-configuration']), 'base64').toString()),
      body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
    }
    seen.push(entry)
    const name = entry.operation === 'action_triggered' ? String(entry.body.type) : entry.operation
    const { status = 200, body = {}, headers = {} } = (await handlers.get(name)?.(entry)) ?? {}
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = http.createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    bodies: (operation) => seen.filter((entry) => entry.operation === operation).map((entry) => entry.body),
    on: (operation, handler) => handlers.set(operation, handler),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What the SDK sends back when a handler throws a RuntimeError. */
export const runtimeError = (message: string): Answer => ({
  status: 400,
  body: { id: 'err_test', code: 400, type: 'Runtime', message },
})
