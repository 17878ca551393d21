import axios from 'axios'
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'

/** Stands in for an integration in the tests of this folder. It does on request what a bundle may do. */

const keepAlive = { httpAgent: new http.Agent({ keepAlive: true }), httpsAgent: new https.Agent({ keepAlive: true }) }
const filtering = { httpAgent: new RequestFilteringHttpAgent(), httpsAgent: new RequestFilteringHttpsAgent() }

const getByModule = (url: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = (url.startsWith('https') ? https : http).get(url, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject)
  })

let server: http.Server | undefined
const ownAddress = (): AddressInfo => server?.address() as AddressInfo

const elapsedMs = async (wait: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now()
  await wait().catch(() => undefined)
  return performance.now() - startedMs
}

let calls = 0

const commands: Record<string, (argument: string) => Promise<unknown>> = {
  module: getByModule,
  axios: async (url) => (await axios.get<unknown>(url, { ...keepAlive, proxy: false })).data,
  filtered: async (url) => (await axios.get<unknown>(url, { ...filtering, proxy: false, maxRedirects: 0 })).data,
  fetch: async (url) => (await fetch(url)).json(),
  lookup: (host) => dns.promises.lookup(host),
  resolve: (host) => dns.promises.resolve4(host),
  /** How often it was called since the bundle was loaded. */
  count: () => Promise.resolve((calls += 1)),
  /** Answers at once and speaks later, as a bundle must not. */
  later: (text) => Promise.resolve(void setTimeout(() => console.log(text), 100)),
  echo: (text) => Promise.resolve(text),
  log: async (text) => console.log(text),
  complain: async (text) => console.error(text),
  address: () => Promise.resolve(ownAddress()),
  environment: () => Promise.resolve(Object.keys(process.env)),
  time: () =>
    Promise.resolve({
      now: Date.now(),
      constructed: new Date().getTime(),
      parsed: new Date('2020-02-02T00:00:00.000Z').toISOString(),
      isDate: new Date() instanceof Date && new Date().constructor === Date,
    }),
  timer: (delayMs) => elapsedMs(() => new Promise((resolve) => setTimeout(resolve, Number(delayMs)))),
  pause: (delayMs) => elapsedMs(() => pause(Number(delayMs))),
  abort: (delayMs) =>
    elapsedMs(
      () =>
        new Promise((resolve) => {
          // An abort signal does not keep a process alive; the open request does.
          AbortSignal.timeout(Number(delayMs)).addEventListener('abort', resolve)
        }),
    ),
  timeout: (url) => elapsedMs(() => axios.get(url, { timeout: 3_000, proxy: false })),
}

const run = async (body: string): Promise<unknown> => {
  const { command, argument } = JSON.parse(body) as { command: string; argument: string }
  try {
    return { result: await commands[command]?.(argument) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

const start = (port: number): Promise<http.Server> => {
  server = http.createServer((request, response) => {
    if (request.url === '/health') {
      response.end('ok')
      return
    }
    let body = ''
    // Decodes chunk by chunk, like the SDK's server.
    request.on('data', (chunk: Buffer | string) => (body += chunk.toString()))
    request.on('end', () => void run(body).then((answer) => response.end(JSON.stringify(answer))))
  })
  server.listen(port, () => console.info(`Listening on port ${ownAddress().port}`))
  return Promise.resolve(server)
}

export default { start, handler: (): Promise<void> => Promise.resolve() }
