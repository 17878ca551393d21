import axios = require('axios')
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import type { Runtime } from './runtime'

export type FetchedMedia =
  | { ok: true; bytes: Buffer; contentType: string }
  | { ok: false; reason: 'address_not_allowed' | 'too_large' | 'not_reachable' }

const timeLimitMs = 10_000
const maxRedirects = 3

/**
 * Fetches a file that somebody's message points at. Only http and https, only public addresses (checked at connect time,
 * for each redirect too), at most `maxBytes` after decompression, at most 10 s. Never throws.
 */
export const createMediaFetcher = (runtime: Runtime) => {
  const instance = axios.create({
    httpAgent: new RequestFilteringHttpAgent({ keepAlive: true }),
    httpsAgent: new RequestFilteringHttpsAgent({ keepAlive: true }),
    proxy: false,
    maxRedirects,
    responseType: 'arraybuffer',
    validateStatus: (status) => status === 200,
  })
  return async (address: string, maxBytes: number): Promise<FetchedMedia> => {
    const url = parseAllowed(address)
    if (!url) return { ok: false, reason: 'address_not_allowed' }
    const controller = new AbortController()
    const cancelTimer = runtime.setTimer(timeLimitMs, () => controller.abort())
    try {
      const response = await instance.get<ArrayBuffer>(url.href, {
        maxContentLength: maxBytes,
        signal: controller.signal,
      })
      const contentType: unknown = response.headers['content-type']
      return {
        ok: true,
        bytes: Buffer.from(response.data),
        contentType: typeof contentType === 'string' ? (contentType.split(';')[0] ?? '').trim() : '',
      }
    } catch (error) {
      return { ok: false, reason: reasonOf(error) }
    } finally {
      cancelTimer()
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

const reasonOf = (error: unknown): 'address_not_allowed' | 'too_large' | 'not_reachable' => {
  const message = error instanceof Error ? error.message : ''
  if (message.includes('maxContentLength')) return 'too_large'
  return message.includes('is not allowed') ? 'address_not_allowed' : 'not_reachable'
}
