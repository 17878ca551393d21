import type { Deadline } from '../../shared/deadline'
import type { Runtime } from '../../shared/runtime'
import { isApiErrorOfType, LiveChatApiError } from '../errors'
import { longAttemptMs, shortAttemptMs, type Http, type HttpResponse } from './http'
import { parseJson } from './parse-json'
import { nextDelayMs, parseRetryAfterMs } from './retry'
import { errorAnswer } from '../schema'

/** The token for our calls, and the data center to which we send them. */
export interface Credentials {
  accessToken(deadline: Deadline): Promise<string>
  /**
   * Returns a token other than `refused`. Calls at the same time share one renewal. The method is absent if only a
   * human can create a token.
   */
  renew?(refused: string, deadline: Deadline): Promise<string>
  /** The data center, once LiveChat has named it. */
  readonly region: string | undefined
  followRegion(region: string): void
}

export type Exchange = {
  action: string
  url: string
  body: string | Buffer
  contentType?: string
  /** If `true`, two equal calls have the same effect as one. */
  isRepeatable: boolean
  /** How long one attempt may take. Default: short if `isRepeatable`, else long. */
  attemptMs?: number
}

/**
 * Makes one LiveChat call. Retries it within the deadline after failures that allow it. If LiveChat refuses the token,
 * repeats the call once with a new token. If LiveChat names another region, repeats the call there once. Resolves with
 * the answer's body.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, DeadlineExceededError, or what `credentials`
 * throws
 */
export const exchange = async (
  runtime: Runtime,
  http: Http,
  scheme: 'Basic' | 'Bearer',
  credentials: Credentials,
  { action, url, body, contentType = 'application/json', isRepeatable, attemptMs }: Exchange,
  deadline: Deadline,
): Promise<string> => {
  const attempt = async (token: string): Promise<string> => {
    const { region } = credentials
    const headers = {
      authorization: `${scheme} ${token}`,
      'content-type': contentType,
      ...(region === undefined ? {} : { 'x-region': region }),
    }
    const waitMs = attemptMs ?? (isRepeatable ? shortAttemptMs : longAttemptMs)
    const response = await http({ method: 'POST', url, headers, body, action, attemptMs: waitMs }, deadline)
    if (response.status < 200 || response.status > 299) throw toApiError(action, response, runtime.nowMs())
    return response.text
  }

  let mayRenew = true
  let mayFollowRegion = true
  let token = await credentials.accessToken(deadline)
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(token)
    } catch (error) {
      if (mayRenew && credentials.renew && isApiErrorOfType(error, 'authentication')) {
        mayRenew = false
        token = await credentials.renew(token, deadline)
        continue
      }
      if (mayFollowRegion && isApiErrorOfType(error, 'misdirected_request') && error.detail.region !== undefined) {
        mayFollowRegion = false
        credentials.followRegion(error.detail.region)
        continue
      }
      const delayMs = nextDelayMs(error, tries, isRepeatable, deadline.remainingMs(), runtime.random)
      if (delayMs === undefined) throw error
      await runtime.sleep(delayMs, deadline.signal)
    }
  }
}

/**
 * The error for a failed call to a chat or configuration API. From the body it takes only the type, the message and the
 * region, because the body may quote what end users and agents wrote.
 */
const toApiError = (action: string, response: HttpResponse, nowMs: number): LiveChatApiError => {
  const answer = parseJson(errorAnswer, response.text)
  const error = answer.ok ? answer.value.error : undefined
  return new LiveChatApiError(action, error?.type ?? 'unknown', response.status, {
    message: error?.message,
    region: error?.data?.region,
    retryAfterMs: parseRetryAfterMs(response.headers['retry-after'], nowMs),
  })
}
