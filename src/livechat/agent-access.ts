import type * as z from 'zod/v4-mini'
import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { toApiError } from './api-error'
import { isApiErrorOfType, LiveChatSchemaError } from './errors'
import { longAttemptMs, shortAttemptMs, type Http } from './http'
import { nextDelayMs } from './retry'
import { parseJson } from './schema'

/** An agent's Personal Access Token, with which the Agent Chat API and the Configuration API may be called. */
export interface AgentAccess {
  readonly accountId: string
  readonly personalAccessToken: string
  /** The token does not tell its data center: it is known once LiveChat has named it. */
  readonly region: string | undefined
  followRegion(region: string): void
}

/** `isRepeatable`: the same call twice does no more than once. */
export type AgentCall = <T extends z.ZodMiniType>(
  action: string,
  body: Record<string, unknown>,
  answer: T,
  options: { isRepeatable: boolean },
) => Promise<z.infer<T>>

/**
 * One API's methods as the token's owner, below `baseUrl`. Repeated within the deadline after failures that may be
 * repeated; a wrong region is followed once. A refused token is not renewed: only its owner can make another.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError
 */
export const createAgentCall = (
  runtime: Runtime,
  http: Http,
  baseUrl: string,
  access: AgentAccess,
  deadline: Deadline,
): AgentCall => {
  const authorization = `Basic ${Buffer.from(`${access.accountId}:${access.personalAccessToken}`).toString('base64')}`

  const attempt = async (action: string, body: string, isRepeatable: boolean): Promise<string> => {
    const { region } = access
    const headers = {
      authorization,
      'content-type': 'application/json',
      ...(region === undefined ? {} : { 'x-region': region }),
    }
    const attemptMs = isRepeatable ? shortAttemptMs : longAttemptMs
    const response = await http(
      { method: 'POST', url: `${baseUrl}/${action}`, headers, body, action, attemptMs },
      deadline,
    )
    if (response.status < 200 || response.status > 299) throw toApiError(action, response, runtime.nowMs())
    return response.text
  }

  const exchange = async (action: string, body: string, isRepeatable: boolean): Promise<string> => {
    let mayFollowRegion = true
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(action, body, isRepeatable)
      } catch (error) {
        if (mayFollowRegion && isApiErrorOfType(error, 'misdirected_request') && error.detail.region !== undefined) {
          mayFollowRegion = false
          access.followRegion(error.detail.region)
          continue
        }
        const delayMs = nextDelayMs(error, tries, isRepeatable, deadline.remainingMs(), runtime.random)
        if (delayMs === undefined) throw error
        await runtime.sleep(delayMs, deadline.signal)
      }
    }
  }

  return async (action, body, answer, { isRepeatable }) => {
    const parsed = parseJson(answer, await exchange(action, JSON.stringify(body), isRepeatable))
    if (!parsed.ok) throw new LiveChatSchemaError(action, parsed.paths)
    return parsed.value
  }
}
