import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { LiveChatAccountsError, LiveChatSchemaError } from './errors'
import type { Http, HttpResponse } from './transport/http'
import { parseJson } from './transport/parse-json'
import { nextDelayMs } from './transport/retry'
import { accountsErrorAnswer, tokenAnswer } from './schema'

export type LiveChatApp = { clientId: string; organizationId: string; redirectUri: string }
/**
 * A customer's identity: the values of two cookies that the accounts server recognises for two years. `secret` is a
 * credential.
 */
export type CustomerIdentity = { customerId: string; secret: string }
export type CustomerToken = CustomerIdentity & { accessToken: string; accessTokenExpiresAtMs: number }

const tokenUrl = 'https://accounts.livechat.com/v2/customer/token'

/**
 * Requests a customer token by the cookie grant. With `identity`, requests a new token for that customer. If LiveChat
 * no longer knows the identity, it answers with another customer and no error, so compare `customerId`. Without
 * `identity`, LiveChat creates a new customer. Retries within the deadline. A retry does no harm: at worst, LiveChat
 * keeps a customer that has no chat and that nobody uses.
 * @throws LiveChatAccountsError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError
 */
export const requestCustomerToken = async (
  runtime: Runtime,
  http: Http,
  app: LiveChatApp,
  identity: CustomerIdentity | undefined,
  deadline: Deadline,
): Promise<CustomerToken> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const askedAtMs = runtime.nowMs()
      const response = await http(
        {
          method: 'POST',
          url: tokenUrl,
          action: 'customer token',
          headers: { 'content-type': 'application/json', ...(identity ? { cookie: cookieHeader(identity) } : {}) },
          body: JSON.stringify({
            grant_type: 'cookie',
            response_type: 'token',
            client_id: app.clientId,
            organization_id: app.organizationId,
            redirect_uri: app.redirectUri,
          }),
        },
        deadline,
      )
      return readToken(response, app, identity, askedAtMs)
    } catch (error) {
      const delayMs = nextDelayMs(error, attempt, true, deadline.remainingMs(), runtime.random)
      if (delayMs === undefined) throw error
      await runtime.sleep(delayMs, deadline.signal)
    }
  }
}

const cookieHeader = ({ customerId, secret }: CustomerIdentity): string => `__lc_cid=${customerId}; __lc_cst=${secret}`

const readToken = (
  response: HttpResponse,
  app: LiveChatApp,
  identity: CustomerIdentity | undefined,
  askedAtMs: number,
): CustomerToken => {
  if (response.status !== 200) throw toAccountsError(response, app)
  const answer = parseJson(tokenAnswer, response.text)
  if (!answer.ok) throw new LiveChatSchemaError('customer token', answer.paths)
  const { access_token, entity_id, expires_in } = answer.value
  const known = identity?.customerId === entity_id ? identity.secret : undefined
  const secret = readSecretCookie(response.headers['set-cookie']) ?? known
  if (!secret) throw new LiveChatSchemaError('customer token', ['cookie __lc_cst'])
  return {
    customerId: entity_id,
    secret,
    accessToken: access_token,
    accessTokenExpiresAtMs: askedAtMs + expires_in * 1000,
  }
}

const readSecretCookie = (setCookie: unknown): string | undefined => {
  const lines: unknown[] = Array.isArray(setCookie) ? setCookie : [setCookie]
  for (const line of lines) {
    const match = typeof line === 'string' ? /^__lc_cst=([^;]+)/.exec(line) : null
    if (match) return match[1]
  }
  return undefined
}

const toAccountsError = (response: HttpResponse, { redirectUri }: LiveChatApp): LiveChatAccountsError => {
  const answer = parseJson(accountsErrorAnswer, response.text)
  const exception = answer.ok ? (answer.value.oauth_exception ?? answer.value.identity_exception) : undefined
  return new LiveChatAccountsError(
    exception ?? 'unknown',
    answer.ok ? answer.value.exception_details : undefined,
    response.status,
    redirectUri,
  )
}
