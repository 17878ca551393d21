import type * as z from 'zod/v4-mini'
import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { LiveChatSchemaError } from './errors'
import { exchange, type Credentials } from './exchange'
import type { Http } from './http'
import { parseJson } from './parse-json'

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
  const token = Buffer.from(`${access.accountId}:${access.personalAccessToken}`).toString('base64')
  const credentials: Credentials = {
    accessToken: () => Promise.resolve(token),
    get region() {
      return access.region
    },
    followRegion: (region) => access.followRegion(region),
  }

  return async (action, body, answer, { isRepeatable }) => {
    const call = { action, url: `${baseUrl}/${action}`, body: JSON.stringify(body), isRepeatable }
    const parsed = parseJson(answer, await exchange(runtime, http, 'Basic', credentials, call, deadline))
    if (!parsed.ok) throw new LiveChatSchemaError(action, parsed.paths)
    return parsed.value
  }
}
