import axios = require('axios')
import type { Readable } from 'node:stream'
import type { RequestFilteringAgentOptions } from 'request-filtering-agent'
import { readAtMost } from './read-at-most'
import type { Runtime } from './runtime'

export type FetchedMedia =
  | { ok: true; bytes: Buffer; contentType: string }
  | { ok: false; reason: 'address_not_allowed' | 'too_large' | 'not_reachable' }

const timeLimitMs = 10_000
const maxRedirects = 3

/**
 * Creates a function that downloads the file that a message links to. It accepts only http and https, only public
 * addresses (checked at connect time, for each redirect too), at most `maxBytes` (as declared and as read, after
 * decompression) and at most 10 s. Never throws.
 * @param filter exceptions for tests against a local server
 */
export const createMediaFetcher = (runtime: Runtime, filter: RequestFilteringAgentOptions = {}) => {
  // Loaded for the first file: most processes never see one, and this keeps their start short.
  const createInstance = async () => {
    const { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } = await import('request-filtering-agent')
    return axios.create({
      httpAgent: new RequestFilteringHttpAgent({ keepAlive: true, ...filter }),
      httpsAgent: new RequestFilteringHttpsAgent({ keepAlive: true, ...filter }),
      proxy: false,
      maxRedirects,
      responseType: 'stream',
      validateStatus: () => true,
    })
  }
  let created: ReturnType<typeof createInstance> | undefined
  return async (address: string, maxBytes: number): Promise<FetchedMedia> => {
    const url = parseAllowed(address)
    if (!url) return { ok: false, reason: 'address_not_allowed' }
    const controller = new AbortController()
    const cancelTimer = runtime.setTimer(timeLimitMs, () => controller.abort())
    try {
      const instance = await (created ??= createInstance())
      const { data: stream, headers, status } = await instance.get<Readable>(url.href, { signal: controller.signal })
      controller.signal.addEventListener('abort', () => stream.destroy(new Error('Aborted')))
      if (status !== 200) {
        stream.destroy()
        return { ok: false, reason: 'not_reachable' }
      }
      const bytes = await readAtMost(stream, headers['content-length'], maxBytes)
      if (!bytes) return { ok: false, reason: 'too_large' }
      const contentType: unknown = headers['content-type']
      return {
        ok: true,
        bytes,
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

const reasonOf = (error: unknown): 'address_not_allowed' | 'not_reachable' =>
  error instanceof Error && error.message.includes('is not allowed') ? 'address_not_allowed' : 'not_reachable'
