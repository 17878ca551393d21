import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bodyOf, json, scriptedLiveChat, type Answer } from '../../test/helpers/scripted-livechat'
import { requestCustomerToken, type CustomerIdentity } from './accounts'
import {
  LiveChatAccountsError,
  LiveChatApiError,
  LiveChatNetworkError,
  LiveChatSchemaError,
  LiveChatTimeoutError,
} from './errors'

const app = { clientId: 'client-1', organizationId: 'org-1', redirectUri: 'https://webhook.botpress.cloud/hook-1' }
const identity: CustomerIdentity = { customerId: 'customer-1', secret: 'cookie-secret-1' }
const tokenBody = { access_token: 'dal:token-1', entity_id: 'customer-1', expires_in: 28_800, token_type: 'Bearer' }
const cookies = (secret: string) => ({
  'set-cookie': [
    '__lc_cid=customer-1; Domain=accounts.livechat.com; Max-Age=63072000; HttpOnly; Secure; Path=/v2/customer',
    `__lc_cst=${secret}; Domain=accounts.livechat.com; Max-Age=63072000; HttpOnly; Secure; Path=/v2/customer`,
  ],
})
const granted = json(200, tokenBody, cookies('cookie-secret-2'))

/** Asks an accounts server that gives the listed answers, each after 50 ms. */
const ask = (as: CustomerIdentity | undefined, ...answers: Answer[]) => {
  const { http, runtime, deadline, requests, waits } = scriptedLiveChat(answers, { startMs: 1_000, exchangeMs: 50 })
  return { requests, waits, token: requestCustomerToken(runtime, http, app, as, deadline) }
}

describe('requestCustomerToken', () => {
  it('asks by the cookie grant with exactly what LiveChat documents', async () => {
    const { requests, token } = ask(undefined, granted)
    await token
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://accounts.livechat.com/v2/customer/token',
      headers: { 'content-type': 'application/json' },
    })
    expect(bodyOf(requests[0])).toEqual({
      grant_type: 'cookie',
      response_type: 'token',
      client_id: 'client-1',
      organization_id: 'org-1',
      redirect_uri: 'https://webhook.botpress.cloud/hook-1',
    })
  })

  it('creates a new customer by sending no cookie', async () => {
    const { requests, token } = ask(undefined, granted)
    await expect(token).resolves.toEqual({
      customerId: 'customer-1',
      secret: 'cookie-secret-2',
      accessToken: 'dal:token-1',
      accessTokenExpiresAtMs: 1_000 + 28_800_000,
    })
    expect(requests[0]?.headers).not.toHaveProperty('cookie')
  })

  it('sends both cookies to stay the same customer', async () => {
    const { requests, token } = ask(identity, granted)
    await token
    expect(requests[0]?.headers['cookie']).toBe('__lc_cid=customer-1; __lc_cst=cookie-secret-1')
  })

  it.each([
    ['the new cookie', granted, 'cookie-secret-2'],
    [
      'a new cookie that comes alone',
      json(200, tokenBody, { 'set-cookie': '__lc_cst=cookie-secret-3; Path=/' }),
      'cookie-secret-3',
    ],
    ['the old cookie if LiveChat sends none', json(200, tokenBody), 'cookie-secret-1'],
    [
      'the old cookie if LiveChat sends only others',
      json(200, tokenBody, { 'set-cookie': ['a=b', 'x__lc_cst=c'] }),
      'cookie-secret-1',
    ],
  ])('keeps as the secret: %s', async (_, answer, secret) => {
    await expect(ask(identity, answer).token).resolves.toMatchObject({ secret })
  })

  it('reports another customer with that customer’s id and secret', async () => {
    const other = json(200, { ...tokenBody, entity_id: 'customer-2' }, cookies('cookie-secret-9'))
    await expect(ask(identity, other).token).resolves.toMatchObject({
      customerId: 'customer-2',
      secret: 'cookie-secret-9',
    })
  })

  it.each([
    ['another customer', identity, json(200, { ...tokenBody, entity_id: 'customer-2' })],
    ['a new customer', undefined, json(200, tokenBody)],
    ['a new customer with an empty cookie', undefined, json(200, tokenBody, cookies(''))],
  ])('refuses %s without a secret, because we could not act as it again', async (_, as, answer) => {
    await expect(ask(as, answer).token).rejects.toThrow(LiveChatSchemaError)
  })

  it('counts the lifetime from before the request, so that no token ends before its stated time', async () => {
    const { token } = ask(identity, json(200, { ...tokenBody, expires_in: 1 }))
    await expect(token).resolves.toMatchObject({ accessTokenExpiresAtMs: 2_000 })
  })

  it.each([
    ['a fault of the server', json(500, { oauth_exception: 'server_error' })],
    ['a server that is busy', json(401, { oauth_exception: 'temporarily_unavailable' })],
    ['a bare 502', { status: 502, text: '<html>Bad gateway</html>', headers: {} }],
    ['a rate limit', json(429, {})],
    ['a lost answer', new LiveChatTimeoutError('customer token')],
    ['a broken connection', new LiveChatNetworkError('customer token', 'ECONNRESET')],
  ])('asks again after %s', async (_, failure) => {
    const { requests, waits, token } = ask(identity, failure, granted)
    await expect(token).resolves.toMatchObject({ accessToken: 'dal:token-1' })
    expect(requests).toHaveLength(2)
    expect(waits).toEqual([750])
  })

  it('gives up after the fourth attempt', async () => {
    const failure = json(500, { oauth_exception: 'server_error' })
    const { requests, token } = ask(identity, failure, failure, failure, failure)
    await expect(token).rejects.toThrow(LiveChatAccountsError)
    expect(requests).toHaveLength(4)
  })

  it.each([
    ['invalid_request', undefined, { oauth_exception: 'invalid_request', exception_description: 'x' }],
    [
      'unauthorized_client',
      'client_id_not_found',
      { oauth_exception: 'unauthorized_client', exception_details: 'client_id_not_found' },
    ],
    [
      'unauthorized_client',
      'invalid_redirect_uri',
      { oauth_exception: 'unauthorized_client', exception_details: 'invalid_redirect_uri' },
    ],
    ['access_denied', undefined, { identity_exception: 'access_denied' }],
    ['unknown', undefined, {}],
    ['unknown', undefined, { oauth_exception: 5, exception_details: [] }],
    ['unknown', undefined, 'words'],
  ])('fails at once with %s and details %j', async (exception, details, body) => {
    const { requests, token } = ask(identity, json(401, body))
    await expect(token).rejects.toMatchObject({ name: 'LiveChatAccountsError', exception, details, status: 401 })
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['no JSON', { status: 200, text: '<html>', headers: {} }, ['(not JSON)']],
    ['no token', json(200, { entity_id: 'customer-1', expires_in: 1 }), ['access_token']],
    ['an odd lifetime', json(200, { ...tokenBody, expires_in: 'soon' }), ['expires_in']],
  ])('names what is wrong with a successful answer: %s', async (_, answer, paths) => {
    await expect(ask(identity, answer).token).rejects.toMatchObject({ name: 'LiveChatSchemaError', paths })
  })

  it('fails with another error class than the chat API', async () => {
    await expect(ask(identity, json(401, {})).token).rejects.not.toBeInstanceOf(LiveChatApiError)
  })

  it.each([
    ['a refusal', json(401, { oauth_exception: 'access_denied', exception_description: 'cookie-secret-1' })],
    [
      'a token without a customer',
      json(200, { access_token: 'dal:token-1', expires_in: 1 }, cookies('cookie-secret-2')),
    ],
    [
      'a customer without a lifetime',
      json(200, { access_token: 'dal:token-1', entity_id: 'customer-1' }, cookies('cookie-secret-2')),
    ],
    ['a lost answer', new LiveChatTimeoutError('customer token')],
  ])('prints no secret in the error that follows %s', async (_, answer) => {
    const error: unknown = await ask(identity, answer, answer, answer, answer).token.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(`${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`).not.toMatch(
      /cookie-secret|token-1/,
    )
  })
})
