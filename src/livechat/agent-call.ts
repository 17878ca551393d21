import type * as z from 'zod/v4-mini'
import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { LiveChatSchemaError } from './errors'
import { exchange, type Credentials } from './transport/exchange'
import type { Http } from './transport/http'
import { parseJson } from './transport/parse-json'

/** An agent's Personal Access Token. It allows calls to the Agent Chat API and the Configuration API. */
export interface AgentAccess {
  readonly accountId: string
  readonly personalAccessToken: string
  /** The token's data center, once LiveChat has named it. The token itself does not name it. */
  readonly region: string | undefined
  followRegion(region: string): void
}

/** `isRepeatable`: two equal calls have the same effect as one. */
export type AgentCall = <T extends z.ZodMiniType>(
  action: string,
  body: Record<string, unknown>,
  answer: T,
  options: { isRepeatable: boolean },
) => Promise<z.infer<T>>

/**
 * Creates a function that calls the methods of one API, below `baseUrl`, as the token's owner. It retries within the
 * deadline after failures that allow it. If LiveChat names another region, it repeats the call there once. It does not
 * renew a refused token, because only the token's owner can create another one.
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
