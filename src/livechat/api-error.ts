import { LiveChatApiError } from './errors'
import type { HttpResponse } from './http'
import { parseRetryAfterMs } from './retry'
import { parseJson } from './parse-json'
import { errorAnswer } from './schema'

/**
 * The error for a failed call to a chat or configuration API. Takes only type, message and region from the body, which
 * may quote what end users and agents wrote.
 */
export const toApiError = (action: string, response: HttpResponse, nowMs: number): LiveChatApiError => {
  const answer = parseJson(errorAnswer, response.text)
  const error = answer.ok ? answer.value.error : undefined
  return new LiveChatApiError(action, error?.type ?? 'unknown', response.status, {
    message: error?.message,
    region: error?.data?.region,
    retryAfterMs: parseRetryAfterMs(response.headers['retry-after'], nowMs),
  })
}
