import axios = require('axios')
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios'
import { Readable } from 'node:stream'
import type { Cloud } from './cloud'
import { releaseTime } from './everything-else'
import type { NetRequest, Network, Outcome } from './network'
import { PROCESS_HEADER, PROCESS_MARK } from './process'
import type { Timeline } from './timeline'

/** Stands in for axios' own way to the network. The cloud is that of the world that runs. */
export const replaceAxiosAdapter = (cloud: () => Cloud, timeline: () => Timeline): void => {
  const adapter: AxiosAdapter = (config) =>
    new Promise((resolve, reject) => {
      const request = toRequest(config)
      let isSettled = false
      const settle = (run: () => void): void => {
        if (isSettled) return
        isSettled = true
        cancelTimer()
        run()
      }
      const fail = (message: string, code: string) => settle(() => reject(new axios.AxiosError(message, code, config)))
      const cancelTimer = config.timeout
        ? timeline().setTimer(config.timeout, () => fail(`timeout of ${config.timeout}ms exceeded`, 'ECONNABORTED'))
        : (): void => undefined
      const abort = (): void => settle(() => reject(new axios.CanceledError(undefined, undefined, config)))
      if (config.signal?.aborted) return abort()
      config.signal?.addEventListener?.('abort', abort)
      cloud().send(request, (outcome) => {
        if (outcome === 'reset') return fail('socket hang up', 'ECONNRESET')
        settle(() => finish(config, outcome, resolve, reject))
      })
    })
  axios.defaults.adapter = adapter
}

const toRequest = (config: InternalAxiosRequestConfig): NetRequest => {
  const { data, 'axios-retry': retries } = config as { data?: unknown; 'axios-retry'?: { retryCount?: number } }
  const [url = '', mark] = addressOf(config).split(PROCESS_MARK)
  if (mark !== undefined) releaseTime(mark)
  const headers = Object.entries(config.headers.toJSON()).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ])
  return {
    method: (config.method ?? 'get').toUpperCase(),
    url,
    headers: {
      ...Object.fromEntries(headers),
      ...(mark === undefined ? {} : { [PROCESS_HEADER]: mark.split('/')[0] ?? '' }),
    },
    body: Buffer.isBuffer(data) ? data : Buffer.from(typeof data === 'string' ? data : ''),
    isRepetition: (retries?.retryCount ?? 0) > 0,
  }
}

/** axios merges all its settings to build an address, which costs more than everything else here. */
const addressOf = (config: InternalAxiosRequestConfig): string => {
  const { baseURL = '', url = '', params } = config as { baseURL?: string; url?: string; params?: unknown }
  if (params !== undefined) return axios.getUri(config)
  return url.startsWith('https:') ? url : baseURL + url
}

const finish = (
  config: InternalAxiosRequestConfig,
  { status, headers, bytes }: Exclude<Outcome, 'reset'>,
  resolve: (response: AxiosResponse) => void,
  reject: (error: Error) => void,
): void => {
  const body: unknown = config.responseType === 'stream' ? Readable.from([bytes]) : bytes.toString('utf8')
  const response: AxiosResponse<unknown> = {
    data: body,
    status,
    statusText: '',
    headers: axios.AxiosHeaders.from(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ),
    config,
  }
  if (!config.validateStatus || config.validateStatus(status)) return resolve(response)
  const code = status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE'
  reject(new axios.AxiosError(`Request failed with status code ${status}`, code, config, undefined, response))
}

/** Stands in for `fetch`, which the emulators use to call the integration and each other. */
export const createFetch =
  (network: Network, cloud: Cloud, integrationUrl: string): typeof fetch =>
  (input, init = {}) =>
    new Promise((resolve, reject) => {
      const request: NetRequest = {
        method: init.method ?? 'GET',
        url: typeof input === 'string' ? input : input instanceof URL ? input.href : input.url,
        headers: Object.fromEntries(new Headers(init.headers).entries()),
        body: Buffer.from(typeof init.body === 'string' ? init.body : ''),
      }
      const { signal } = init
      const answer = (outcome: Outcome): void =>
        outcome === 'reset' ? reject(new TypeError('fetch failed')) : resolve(toResponse(outcome))
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      if (request.url.startsWith(integrationUrl)) cloud.handle(request).then(answer, () => answer('reset'))
      else network.send(network.call(request), answer)
    })

/** A whole `Response` reads its body through a stream, and so through the machine's own event loop. This needs none. */
const toResponse = ({ status, headers, bytes }: Exclude<Outcome, 'reset'>): Response =>
  ({
    status,
    ok: status >= 200 && status < 300,
    headers: new Headers(headers as Record<string, string>),
    text: () => Promise.resolve(bytes.toString('utf8')),
    arrayBuffer: () => Promise.resolve(bytes),
  }) as unknown as Response
