import axios = require('axios') // the copy of axios that @botpress/client brings into the bundle
import { Agent } from 'node:https'
import type { Deadline } from '../../shared/deadline'
import type { Runtime } from '../../shared/runtime'
import { LiveChatNetworkError, LiveChatTimeoutError, LiveChatTooLargeError } from '../errors'

export type HttpRequest = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string | Buffer
  /** Names the call in errors. */
  action: string
  /** How long to wait for the answer. Default `shortAttemptMs`. */
  attemptMs?: number
}
export type HttpResponse = { status: number; text: string; headers: Record<string, unknown> }
export type Http = (request: HttpRequest, deadline: Deadline) => Promise<HttpResponse>

/** For reads and for writes that may be repeated. */
export const shortAttemptMs = 6_000
/**
 * LiveChat gives up a request after 15 s, so we wait a little longer. Otherwise a write could take effect after a read
 * has shown that it did not.
 */
export const longAttemptMs = 15_500
/** A thread can only be read as a whole, and a message has up to 16 kB. So there is room for 2,000 such messages. */
const maxAnswerBytes = 32 * 1024 * 1024

/**
 * Creates a function that makes one HTTP request. It resolves with any status and does not follow redirects, because
 * LiveChat's APIs have none.
 * @throws LiveChatTimeoutError, LiveChatNetworkError, LiveChatTooLargeError
 */
export const createHttp = (runtime: Runtime): Http => {
  const instance = axios.create({
    httpsAgent: new Agent({ keepAlive: true }),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxAnswerBytes,
    maxBodyLength: Infinity,
    responseType: 'text',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  })
  return async ({ method, url, headers, body, action, attemptMs = shortAttemptMs }, deadline) => {
    // After the deadline, we send no request. Nobody would notice its effect, for example a new chat.
    if (deadline.signal.aborted) throw new LiveChatTimeoutError(action)
    const controller = new AbortController()
    const abort = (): void => controller.abort()
    const cancelTimer = runtime.setTimer(Math.min(attemptMs, deadline.remainingMs()), abort)
    deadline.signal.addEventListener('abort', abort, { once: true })
    try {
      const response = await instance.request<unknown>({ method, url, headers, data: body, signal: controller.signal })
      return {
        status: response.status,
        text: typeof response.data === 'string' ? response.data : '',
        headers: Object.fromEntries(Object.entries(response.headers)),
      }
    } catch (error) {
      if (controller.signal.aborted) throw new LiveChatTimeoutError(action)
      // The axios error holds headers and body, and with them tokens and texts. Only its code may leave this function.
      const code = (axios.isAxiosError(error) && error.code) || 'unknown'
      // Axios has no code of its own for this.
      if (axios.isAxiosError(error) && error.message.includes('maxContentLength'))
        throw new LiveChatTooLargeError(action)
      throw new LiveChatNetworkError(action, code)
    } finally {
      cancelTimer()
      deadline.signal.removeEventListener('abort', abort)
    }
  }
}
