import { at, parseJson, textAt } from './json'
import { Stopped } from './sighting'

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** LiveChat's answer, as it came. A refusal is an answer, too. */
export type Answer = {
  isOk: boolean
  status: number
  text: string
  body: unknown
  /** LiveChat's name for the refusal; `unknown` if it gives none. Undefined if `isOk`. */
  errorType: string | undefined
  /** In words: `accepted`, or `refused: ` and the type. */
  outcome: string
  message: string
  cookies: string[]
}
export type Call = (action: string, body?: Record<string, unknown>) => Promise<Answer>

/** LiveChat refused something that the rest of the act needs. */
export class Refused extends Error {
  public override readonly name = 'Refused'

  public constructor(action: string, { errorType, status }: Answer) {
    super(`LiveChat refused ${action}: ${errorType ?? 'unknown'} (HTTP ${status})`)
  }
}

/** No answer came. The cause is not kept: it may hold headers with tokens. */
export class Unreached extends Error {
  public override readonly name = 'Unreached'

  public constructor(action: string) {
    super(`LiveChat gave no answer to ${action}`)
  }
}

/** The answer, if it is no refusal. */
export const accepted = (action: string, answer: Answer): Answer => {
  if (!answer.isOk) throw new Refused(action, answer)
  return answer
}

export type LiveChat = {
  /** Asks the accounts server for a customer token. */
  token: (body: Record<string, unknown>, cookies: string | undefined) => Promise<Answer>
  customer: (accessToken: string) => Call
  upload: (accessToken: string, name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer>
  agent: Call
  configuration: Call
  /** The status of a file's address, asked without any credentials. */
  fileStatus: (url: string) => Promise<number>
  /** The region that LiveChat asked for; undefined while it has asked for none. */
  region: () => string | undefined
}

export type LiveChatOptions = {
  fetch: Fetch
  organizationId: string
  accountId: string
  personalAccessToken: string
}

const api = 'https://api.livechatinc.com/v3.6'
const answerLimitMs = 20_000

/**
 * LiveChat's APIs as they are: no retries, and no reading of answers. Each call is first sent without a region, until
 * LiveChat asks for one.
 * @throws Unreached
 */
export const createLiveChat = (options: LiveChatOptions): LiveChat => {
  const { fetch, organizationId, accountId, personalAccessToken } = options
  let region: string | undefined

  const sendOnce = async (action: string, url: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers)
    if (region !== undefined) headers.set('x-region', region)
    const signal = AbortSignal.timeout(answerLimitMs)
    try {
      const response = await fetch(url, { method: 'POST', ...init, headers, signal })
      return answerOf(response, await response.text())
    } catch (error) {
      throw error instanceof Stopped ? error : new Unreached(action)
    }
  }
  const send = async (action: string, url: string, init: RequestInit): Promise<Answer> => {
    const answer = await sendOnce(action, url, init)
    const asked = textAt(answer.body, 'error', 'data', 'region')
    if (answer.errorType !== 'misdirected_request' || asked === undefined || region !== undefined) return answer
    region = asked
    return sendOnce(action, url, init)
  }
  const json =
    (address: (action: string) => string, authorization: string): Call =>
    (action, body = {}) =>
      send(action, address(action), {
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
  const customerAddress = (action: string): string =>
    `${api}/customer/action/${action}?organization_id=${encodeURIComponent(organizationId)}`
  const basic = `Basic ${Buffer.from(`${accountId}:${personalAccessToken}`).toString('base64')}`

  return {
    token: (body, cookies) =>
      send('the customer token', 'https://accounts.livechat.com/v2/customer/token', {
        headers: { 'content-type': 'application/json', ...(cookies === undefined ? {} : { cookie: cookies }) },
        body: JSON.stringify(body),
      }),
    customer: (accessToken) => json(customerAddress, `Bearer ${accessToken}`),
    upload: (accessToken, name, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([bytes], { type: 'text/plain' }), name)
      const headers = { authorization: `Bearer ${accessToken}` }
      return send('upload_file', customerAddress('upload_file'), { headers, body: form })
    },
    agent: json((action) => `${api}/agent/action/${action}`, basic),
    configuration: json((action) => `${api}/configuration/action/${action}`, basic),
    fileStatus: async (url) => {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(answerLimitMs) })
        await response.arrayBuffer()
        return response.status
      } catch {
        throw new Unreached("a file's address")
      }
    },
    region: () => region,
  }
}

const answerOf = (response: Response, text: string): Answer => {
  const body = parseJson(text)
  const errorType =
    textAt(body, 'error', 'type') ?? textAt(body, 'oauth_exception') ?? textAt(body, 'identity_exception')
  const message = at(body, 'error', 'message')
  const type = errorType ?? 'unknown'
  return {
    isOk: response.ok,
    status: response.status,
    text,
    body,
    errorType: response.ok ? undefined : type,
    outcome: response.ok ? 'accepted' : `refused: ${type}`,
    message: typeof message === 'string' ? message : '',
    cookies: response.headers.getSetCookie(),
  }
}
