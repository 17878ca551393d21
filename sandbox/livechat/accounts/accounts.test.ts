import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { like, CLIENT_ID, REDIRECT_URI, startBench, type Bench, type Json } from '../test-bench'
import { isAllowedRedirectUri } from './redirect-uri'

let bench: Bench
beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.close())

const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

describe('cookie grant', () => {
  it('makes a customer and returns two cookies that prove the identity', async () => {
    const { status, body, headers } = await bench.token()
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: like(/^dal:test_/),
      client_id: CLIENT_ID,
      entity_id: like(/^[0-9a-f-]{36}$/),
      expires_in: 28_800,
      token_type: 'Bearer',
      organization_id: bench.livechat.license.organizationId,
    })
    const cookies = headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    expect(cookies[0]).toBe(
      `__lc_cid=${String(body['entity_id'])}; Domain=accounts.livechat.com; Path=/v2/customer; Max-Age=63072000; ` +
        'HttpOnly; Secure; SameSite=None',
    )
    expect(cookies[1]).toMatch(/^__lc_cst=[0-9a-f]{64}; Domain=accounts\.livechat\.com/)
  })

  it('keeps the customer when both cookies come back, also the first ones after a rotation', async () => {
    const first = await bench.token()
    const cookie = cookieOf(first.headers)
    for (let round = 0; round < 2; round += 1) {
      const again = await bench.token({}, { cookie })
      expect(again.body['entity_id']).toBe(first.body['entity_id'])
      expect(again.body['access_token']).not.toBe(first.body['access_token'])
    }
  })

  it.each<[string, (cookie: string) => string]>([
    ['no cookies', () => ''],
    ['a wrong secret', (cookie) => `${cookie.split(';')[0]}; __lc_cst=${'0'.repeat(64)}`],
    ['only the id', (cookie) => cookie.split(';')[0] ?? ''],
    ['only the secret', (cookie) => cookie.split('; ')[1] ?? ''],
  ])('silently makes another customer with %s', async (_name, change) => {
    const first = await bench.token()
    const again = await bench.token({}, { cookie: change(cookieOf(first.headers)) })
    expect(again.status).toBe(200)
    expect(again.body['entity_id']).not.toBe(first.body['entity_id'])
  })

  it('prolongs the cookies by two years from each call', async () => {
    const years = (count: number): number => count * 365 * 24 * 3600_000
    const first = await bench.token()
    const cookie = cookieOf(first.headers)
    await bench.clock.advance(years(1.5))
    expect((await bench.token({}, { cookie })).body['entity_id']).toBe(first.body['entity_id'])
    await bench.clock.advance(years(1.5))
    expect((await bench.token({}, { cookie })).body['entity_id']).toBe(first.body['entity_id'])
    await bench.clock.advance(years(2) + 1)
    expect((await bench.token({}, { cookie })).body['entity_id']).not.toBe(first.body['entity_id'])
  })

  it('makes another customer after the identity was forgotten', async () => {
    const first = await bench.token()
    bench.livechat.license.forgetIdentity(String(first.body['entity_id']))
    const again = await bench.token({}, { cookie: cookieOf(first.headers) })
    expect(again.body['entity_id']).not.toBe(first.body['entity_id'])
  })

  it('uses the Origin header if redirect_uri is absent', async () => {
    const plain = await bench.token({ redirect_uri: undefined }, { origin: REDIRECT_URI })
    expect(plain.status).toBe(200)
  })

  it.each<[string, Json, string, string | undefined]>([
    ['without grant_type', { grant_type: undefined }, 'invalid_request', undefined],
    ['with an unknown grant_type', { grant_type: 'magic' }, 'unsupported_grant_type', undefined],
    ['without client_id', { client_id: undefined }, 'unauthorized_client', 'client_id_not_found'],
    ['with an unknown client_id', { client_id: 'nobody' }, 'unauthorized_client', 'client_id_not_found'],
    ['without organization_id', { organization_id: undefined }, 'invalid_request', undefined],
    ['with another organization_id', { organization_id: 'other' }, 'invalid_request', undefined],
    ['without redirect_uri', { redirect_uri: undefined }, 'unauthorized_client', 'redirect_uri_not_set'],
    [
      'with a foreign redirect_uri',
      { redirect_uri: 'https://x.example.com/abc' },
      'unauthorized_client',
      'invalid_redirect_uri',
    ],
    [
      'with a query in redirect_uri',
      { redirect_uri: `${REDIRECT_URI}?a=1` },
      'unauthorized_client',
      'invalid_redirect_uri',
    ],
    ['with expires_in as text', { expires_in: '60' }, 'invalid_request', undefined],
  ])('refuses %s', async (_name, change, exception, details) => {
    const { status, body } = await bench.token(change)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body['oauth_exception']).toBe(exception)
    expect(body['exception_details']).toBe(details)
    expect(bench.livechat.license.customers()).toEqual([])
  })

  it('refuses a banned identity', async () => {
    const first = await bench.token()
    bench.livechat.license.banCustomer(String(first.body['entity_id']))
    const again = await bench.token({}, { cookie: cookieOf(first.headers) })
    expect(again.status).toBe(401)
    expect(again.body['identity_exception']).toBe('access_denied')
  })

  it('needs no response_type, unless the knob asks for it', async () => {
    expect((await bench.token({ response_type: undefined })).status).toBe(200)
    bench.livechat.knobs.requireResponseType = true
    const { status, body } = await bench.token({ response_type: undefined })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body['oauth_exception'] ?? body['identity_exception']).toBe('invalid_request')
  })

  it('gives one identity per group where the license allows it', async () => {
    const { livechat } = bench
    livechat.license.addGroup({ id: 3, name: 'Sales' })
    const path = `/v2/customer/${livechat.license.organizationId}/3/token`
    const body = {
      grant_type: 'cookie',
      client_id: CLIENT_ID,
      response_type: 'token',
      organization_id: livechat.license.organizationId,
      redirect_uri: REDIRECT_URI,
    }
    expect((await bench.api(path, body)).status).toBe(400)
    livechat.license.setProperty('chats', 'chat_between_groups', false)
    const inGroup = await bench.api(path, body)
    expect(inGroup.status).toBe(200)
    const elsewhere = await bench.token({}, { cookie: cookieOf(inGroup.headers) })
    expect(elsewhere.body['entity_id']).not.toBe(inGroup.body['entity_id'])
  })
})

describe('a customer token', () => {
  const info = (token: string) => bench.get('/v2/customer/info', { authorization: `Bearer ${token}` })

  it('can be inspected and expires by the clock', async () => {
    const { token, id } = await bench.customer()
    await bench.clock.advance(10_000)
    expect((await info(token)).body).toMatchObject({ entity_id: id, expires_in: 28_790 })
    expect((await bench.get(`/v2/customer/info?code=${encodeURIComponent(token)}`)).status).toBe(200)
    await bench.clock.advance(28_790_000)
    expect((await info(token)).status).toBe(401)
  })

  it('lives as long as requested', async () => {
    const { body } = await bench.token({ expires_in: 60 })
    await bench.clock.advance(59_999)
    expect((await info(String(body['access_token']))).status).toBe(200)
    await bench.clock.advance(1)
    expect((await info(String(body['access_token']))).status).toBe(401)
  })

  it('can be revoked once', async () => {
    const { token } = await bench.customer()
    const revoke = () =>
      fetch(`${bench.livechat.url}/v2/customer/token`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
    expect((await revoke()).status).toBe(200)
    expect((await info(token)).status).toBe(401)
    expect((await revoke()).status).toBe(401)
  })

  it('can be handed over as an identity, once', async () => {
    const { token, id } = await bench.customer()
    const transfer = await bench.api(
      '/v2/customer/identity_transfer',
      { bearer_type: 'customer', client_id: CLIENT_ID, code_challenge: 'plain' },
      { authorization: `Bearer ${token}` },
    )
    expect(transfer.body['expires_in']).toBe(3600)
    const redeem = (codeVerifier: string) =>
      bench.api('/v2/customer/token', {
        grant_type: 'identity_token',
        client_id: CLIENT_ID,
        code: transfer.body['identity_transfer_token'],
        code_verifier: codeVerifier,
      })
    expect((await redeem('wrong')).body['oauth_exception']).toBe('invalid_grant')
    expect((await redeem('plain')).body['entity_id']).toBe(id)
    expect((await redeem('plain')).body['oauth_exception']).toBe('invalid_grant')
  })
})

describe('agent_token grant', () => {
  const grant = (authorization: string, more: Json = {}) =>
    bench.api(
      '/v2/customer/token',
      { grant_type: 'agent_token', client_id: CLIENT_ID, response_type: 'token', ...more },
      { authorization },
    )
  const agentToken = (scopes: string[]) =>
    bench.livechat.license.addAgentToken({ agentEmail: 'amber@example.com', clientId: CLIENT_ID, scopes })

  it('makes and renews customers without cookies', async () => {
    const bearer = `Bearer ${agentToken(['customers:own'])}`
    const first = await grant(bearer)
    expect(first.headers.getSetCookie()).toEqual([])
    const again = await grant(bearer, { entity_id: first.body['entity_id'] })
    expect(again.body['entity_id']).toBe(first.body['entity_id'])
  })

  it('refuses PATs and tokens without the scope', async () => {
    bench.livechat.license.addAgent({ email: 'birch@example.com', name: 'Agent Birch', role: 'administrator' })
    const pat = bench.livechat.license.addPat({ agentEmail: 'birch@example.com', scopes: ['customers:own'] })
    expect((await grant(`Basic ${pat}`)).body['identity_exception']).toBe('unauthorized')
    expect((await grant(`Bearer ${agentToken([])}`)).body['oauth_exception']).toBe('access_denied')
  })
})

describe('redirect URI rule', () => {
  it.each<[string, string, boolean]>([
    ['https://a.example.com/archives', 'https://a.example.com/archives', true],
    ['https://a.example.com/archives', 'https://a.example.com/archives/chats', true],
    ['https://a.example.com/archives', 'https://a.example.com/', false],
    ['https://a.example.com/archives', 'http://a.example.com/archives', false],
    ['https://a.example.com/archives', 'https://a.example.com:8443/archives', false],
    ['https://a.example.com/archives', 'https://b.example.com/archives', false],
    ['https://a.example.com/archives', 'https://a.example.com/archives/', false],
    ['https://a.example.com/archives/', 'https://a.example.com/archives', false],
    ['https://a.example.com/archives', 'https://a.example.com/archives?x=1', false],
    ['https://a.example.com/archives', 'https://a.example.com/archives#x', false],
    ['https://a.example.com/archives', 'https://a.example.com/archives/../archives', false],
    ['https://a.example.com/archives', 'not a url', false],
  ])('configured %s, requested %s: %s', (configured, requested, isAllowed) => {
    expect(isAllowedRedirectUri(requested, ['https://other.example.com/', configured])).toBe(isAllowed)
  })
})
