import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import type * as bp from '../../src/bp'
import { createIntegration } from '../../src/index'
import { createHttp } from '../../src/livechat/transport/http'
import { createMemory, type Memory } from '../../src/operation/memory'
import { systemRuntime, type Runtime } from '../../src/shared/runtime'
import { createWebhookHandler } from '../../src/webhook/handler'
import { webhookSecret } from '../../sandbox/start-sandbox'
import type { IntegrationOptions, IntegrationProcess } from '../../sandbox/integration/process'

/** The webhook handler alone, with a platform that knows no conversation. */
export const createHost = () => {
  const memory = createMemory(systemRuntime)
  const handler = createWebhookHandler({ runtime: systemRuntime, memory, report: () => Promise.resolve() })
  const empty = { conversations: [], users: [], messages: [], meta: {} }
  const client = new Proxy({}, { get: () => () => Promise.resolve(empty) })
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    issue: () => undefined,
  }
  const ctx = {
    botId: 'bot',
    integrationId: 'integration',
    webhookId: 'webhook',
    configuration: { clientId: 'client', organizationId: 'organization', webhookSecret },
  }
  return {
    webhook: async (body: string, method: string): Promise<{ status: number }> => {
      const req = { method, path: '/', query: '', headers: {}, body }
      const props = { ctx, client, logger: { ...silent, forBot: () => silent }, req }
      const answer = await handler(props as unknown as bp.HandlerProps)
      return { status: answer?.status ?? 200 }
    },
  }
}

export type Processes = {
  /** For `startSandbox`. */
  start: (options: IntegrationOptions) => Promise<IntegrationProcess>
  /** Which process takes the next requests: a number, or a choice by the text of the body. */
  serve: (choice: number | ((body: string) => number)) => void
}

/**
 * Stands in for the processes of a serverless platform: the same code several times behind one address. Each copy has a
 * memory of its own, which is all that a process has. A restart gives each a fresh memory.
 */
export const createProcesses = (count: number): Processes => {
  let choose = (_body: string): number => 0
  return {
    serve: (choice) => {
      choose = typeof choice === 'number' ? () => choice : choice
    },
    start: (options) => startProcesses(options, count, (body) => choose(body)),
  }
}

/** A single such process, for tests that need thousands of restarts. */
export const startInProcess = (options: IntegrationOptions): Promise<IntegrationProcess> =>
  startProcesses(options, 1, () => 0)

const startProcesses = async (
  options: IntegrationOptions,
  count: number,
  choose: (body: string) => number,
): Promise<IntegrationProcess> => {
  const lines: string[] = []
  const listeners = new Set<(line: string) => void>()
  const addLine = (line: unknown): void => {
    lines.push(String(line))
    for (const listener of listeners) listener(String(line))
  }
  const quiet = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(addLine),
  )
  process.env['BP_API_URL'] = options.botpressUrl
  process.env['BP_TOKEN'] = options.botpressToken
  Object.assign(process.env, options.env)
  const scale = options.timeScale ?? 1
  const runtime: Runtime = {
    ...systemRuntime,
    nowMs: () => options.clock?.nowMs() ?? Date.now(),
    sleep: (durationMs, signal) => systemRuntime.sleep(durationMs / scale, signal),
    setTimer: (durationMs, run) => systemRuntime.setTimer(durationMs / scale, run),
  }
  const fresh = (): bp.Integration => {
    const send = createHttp(runtime)
    const mapped: Memory['http'] = (request, deadline) => {
      const url = new URL(request.url)
      const port = options.addressMap[url.hostname]
      return send({ ...request, url: `http://127.0.0.1:${port}${url.pathname}${url.search}` }, deadline)
    }
    return createIntegration(runtime, createMemory(runtime, mapped))
  }
  const freshAll = (): bp.Integration[] => Array.from({ length: count }, fresh)
  let processes = freshAll()
  const served = new Set<number>()
  const server = http.createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks).toString('utf8')
      // The body of a webhook is text within the body, so its quotation marks are escaped.
      const choice = choose(body.replaceAll('\\"', '"'))
      served.add(choice)
      const answer = await processes[choice]?.handler({
        method: incoming.method ?? 'POST',
        path: incoming.url ?? '/',
        query: '',
        headers: incoming.headers as Record<string, string>,
        body,
      })
      outgoing.writeHead(answer?.status ?? 200, answer?.headers)
      outgoing.end(answer?.body)
    })().catch((error: unknown) => {
      outgoing.writeHead(500)
      outgoing.end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const nothing = (): Promise<void> => Promise.resolve()
  return {
    url: `http://127.0.0.1:${port}`,
    pid: process.pid,
    logs: () => [...lines],
    onLog: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setClock: nothing,
    kill: nothing,
    restart: () => {
      processes = freshAll()
      return nothing()
    },
    close: () =>
      new Promise((resolve, reject) => {
        for (const spy of quiet) spy.mockRestore()
        // Otherwise a test says nothing of what happens between processes.
        const idle = count - served.size
        server.close(() => (idle > 0 ? reject(new Error(`${idle} of ${count} processes got no request`)) : resolve()))
        server.closeAllConnections()
      }),
  }
}
