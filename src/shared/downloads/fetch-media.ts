import axios = require('axios')
import type { Readable } from 'node:stream'
import type { RequestFilteringAgentOptions } from 'request-filtering-agent'
import { nameInDisposition } from './disposition-name'
import { readAtMost } from './read-at-most'
import type { Runtime } from '../runtime'

/** `fileName`: the name that the server gives in `Content-Disposition`. */
export type FetchedMedia =
  | { ok: true; bytes: Buffer; contentType: string; fileName: string | undefined }
  | { ok: false; reason: 'address_not_allowed' | 'too_large' | 'not_reachable' }

const timeLimitMs = 10_000
const maxRedirects = 3
/** Before the second and the third try. */
const waitsMs = [500, 1_500]

/**
 * Creates a function that downloads the file that a message links to. It accepts only http and https without a user or
 * password, and only public addresses (checked at connect time). Each redirect must meet both, too. A file has at most
 * `maxBytes` (as declared and as read, after decompression). A download ends after 10 s, or when `outer` aborts. It
 * repeats temporary failures within that time, and never throws.
 * @param filter exceptions for tests against a local server
 */
export const createMediaFetcher = (runtime: Runtime, filter: RequestFilteringAgentOptions = {}) => {
  // Loaded only for the first file. Most processes never fetch a file, so they start faster.
  const createInstance = async () => {
    const { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } = await import('request-filtering-agent')
    return axios.create({
      httpAgent: new RequestFilteringHttpAgent({ keepAlive: true, ...filter }),
      httpsAgent: new RequestFilteringHttpsAgent({ keepAlive: true, ...filter }),
      proxy: false,
      maxRedirects,
      // A redirect must not lead where the first address may not lead.
      beforeRedirect: ({ href }: Record<string, unknown>) => {
        if (typeof href !== 'string' || !parseAllowed(href)) throw new Error('This redirect is not allowed')
      },
      responseType: 'stream',
      validateStatus: () => true,
    })
  }
  let created: ReturnType<typeof createInstance> | undefined
  return async (address: string, maxBytes: number, outer?: AbortSignal): Promise<FetchedMedia> => {
    const url = parseAllowed(address)
    if (!url) return { ok: false, reason: 'address_not_allowed' }
    const controller = new AbortController()
    const cancelTimer = runtime.setTimer(timeLimitMs, () => controller.abort())
    const { signal } = controller
    const followOuter = (): void => controller.abort()
    outer?.addEventListener('abort', followOuter, { once: true })
    if (outer?.aborted) followOuter()
    const attempt = async (): Promise<Attempt> => {
      const instance = await (created ??= createInstance())
      const { data: stream, headers, status } = await instance.get<Readable>(url.href, { signal })
      const stop = (): void => void stream.destroy(new Error('Aborted'))
      signal.addEventListener('abort', stop, { once: true })
      try {
        if (status !== 200) {
          stream.destroy()
          return { ok: false, reason: 'not_reachable', mayPass: passingStatuses.has(status) }
        }
        const bytes = await readAtMost(stream, headers['content-length'], maxBytes)
        if (!bytes) return { ok: false, reason: 'too_large', mayPass: false }
        return { ok: true, bytes, ...describe(headers) }
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
    try {
      for (const waitMs of waitsMs) {
        const attempted = await attempt().catch(failed)
        if (attempted.ok) return attempted
        if (!attempted.mayPass || signal.aborted) return { ok: false, reason: attempted.reason }
        await runtime.sleep(waitMs, signal)
      }
      const last = await attempt().catch(failed)
      return last.ok ? last : { ok: false, reason: last.reason }
    } catch {
      return { ok: false, reason: 'not_reachable' } // the time was over before the next try
    } finally {
      cancelTimer()
      outer?.removeEventListener('abort', followOuter)
    }
  }
}
export type FetchMedia = ReturnType<typeof createMediaFetcher>

const parseAllowed = (address: string): URL | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  return isHttp && url.username === '' && url.password === '' ? url : undefined
}

type Failure = Extract<FetchedMedia, { ok: false }>
type Attempt = Extract<FetchedMedia, { ok: true }> | (Failure & { mayPass: boolean })

const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504])
const passingErrors = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_NETWORK',
])

const failed = (error: unknown): Attempt => {
  const isNotAllowed = error instanceof Error && error.message.includes('is not allowed')
  if (isNotAllowed) return { ok: false, reason: 'address_not_allowed', mayPass: false }
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  // A connection that breaks while the file is read gives an error without one of these codes.
  const isBroken = error instanceof Error && /aborted|hang up|premature/i.test(error.message)
  const mayPass = isBroken || (typeof code === 'string' && passingErrors.has(code))
  return { ok: false, reason: 'not_reachable', mayPass }
}

const describe = (headers: Record<string, unknown>): { contentType: string; fileName: string | undefined } => {
  const [type, disposition] = [headers['content-type'], headers['content-disposition']]
  const contentType = typeof type === 'string' ? (type.split(';')[0] ?? '').trim() : ''
  return { contentType, fileName: typeof disposition === 'string' ? nameInDisposition(disposition) : undefined }
}
