import { timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { at, parseJson, textAt } from './json'

/** One delivery of a webhook. `hook` is the name under which the probe registered it. */
export type Arrival = {
  hook: string
  action: string
  payload: unknown
  hasAdditionalData: boolean
  /** The place in the order in which deliveries came, from 0. */
  order: number
}
export type Fits = (arrival: Arrival) => boolean

/** A delivery that waits for its answer. */
export type Held = { arrived: Promise<void>; release: () => void }

export type Receiver = {
  port: number
  /** Oldest first. */
  arrivals: () => readonly Arrival[]
  /** Holds back the answer to the next delivery that fits. */
  holdNext: (fits: Fits) => Held
  /** Answers the next delivery that fits with 500, as if it had failed here. */
  failNext: (fits: Fits) => void
  close: () => Promise<void>
}

export type ReceiverOptions = { port: number; secret: string; runId: string }

const maxBodyBytes = 1024 * 1024

/** Where the webhooks of this run arrive, below the tunnel's address. */
export const hookPath = (runId: string, hook: string): string => `/${runId}/hook/${hook}`
/** Answers with the run's id: so the probe sees that the tunnel leads to it. */
export const greetingPath = (runId: string): string => `/${runId}/hello`

/** Takes the webhooks of one run. Deliveries with another secret are refused and forgotten. Only this machine listens. */
export const startReceiver = async ({ port, secret, runId }: ReceiverOptions): Promise<Receiver> => {
  const arrivals: Arrival[] = []
  const holds: { fits: Fits; arrive: () => void; released: Promise<void> }[] = []
  const failures: Fits[] = []

  const take = async (hook: string, body: unknown): Promise<number> => {
    const action = textAt(body, 'action')
    if (action === undefined || !isSecret(textAt(body, 'secret_key'), secret)) return 403
    const hasAdditionalData = at(body, 'additional_data') !== undefined
    const arrival: Arrival = { hook, action, payload: at(body, 'payload'), hasAdditionalData, order: arrivals.length }
    arrivals.push(arrival)
    const failure = failures.findIndex((fits) => fits(arrival))
    if (failure >= 0) {
      failures.splice(failure, 1)
      return 500
    }
    const held = holds.findIndex(({ fits }) => fits(arrival))
    const [hold] = held < 0 ? [] : holds.splice(held, 1)
    hold?.arrive()
    await hold?.released
    return 200
  }

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0] ?? ''
    if (path === greetingPath(runId)) {
      response.end(runId)
      return
    }
    const hook = path.startsWith(hookPath(runId, '')) ? path.slice(hookPath(runId, '').length) : undefined
    const body = hook === undefined || request.method !== 'POST' ? undefined : await read(request)
    response.statusCode = hook === undefined || body === undefined ? 404 : await take(hook, parseJson(body))
    response.end()
  }
  const server = http.createServer((request, response) => {
    // A broken connection is no delivery.
    void answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo

  return {
    port: address.port,
    arrivals: () => arrivals,
    holdNext: (fits) => {
      const arrival = gate()
      const end = gate()
      holds.push({ fits, arrive: arrival.open, released: end.opened })
      return { arrived: arrival.opened, release: end.open }
    },
    failNext: (fits) => void failures.push(fits),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const gate = (): { opened: Promise<void>; open: () => void } => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

const isSecret = (sent: string | undefined, secret: string): boolean => {
  const [given, wanted] = [Buffer.from(sent ?? ''), Buffer.from(secret)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Undefined if the body is too long. */
const read = async (request: http.IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const part = chunk as Buffer
    bytes += part.length
    if (bytes > maxBodyBytes) return undefined
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}
