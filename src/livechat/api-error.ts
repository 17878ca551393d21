import { LiveChatApiError } from './errors'
import type { HttpResponse } from './http'
import { parseRetryAfterMs } from './retry'
import { parseJson } from './parse-json'
import { errorAnswer } from './schema'

/** What a chat or configuration API answered instead of success. Bodies stay behind: they may quote what people wrote. */
export const toApiError = (action: string, response: HttpResponse, nowMs: number): LiveChatApiError => {
  const answer = parseJson(errorAnswer, response.text)
  const error = answer.ok ? answer.value.error : undefined
  return new LiveChatApiError(action, error?.type ?? 'unknown', response.status, {
    message: error?.message,
    region: error?.data?.region,
    retryAfterMs: parseRetryAfterMs(response.headers['retry-after'], nowMs),
  })
}
