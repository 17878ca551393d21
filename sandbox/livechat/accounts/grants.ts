import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SandboxRequest, SandboxResponse } from '../../http-server'
import { AccountsError } from '../errors'
import type { App, Customer } from '../model'
import type { World } from '../world'
import { bearer, issueToken } from './customer-token'
import { createCustomer, identifyByCookies, renewCookies } from './identity'
import { isAllowedRedirectUri } from './redirect-uri'

export type TokenRequest = { world: World; request: SandboxRequest; body: Record<string, unknown>; groupId?: number }
type Grant = (call: TokenRequest) => SandboxResponse

const invalidRequest = (message: string): AccountsError =>
  new AccountsError('invalid_request', message, { status: 400 })

/** A required text field. */
const required = (body: Record<string, unknown>, name: string): string => {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw invalidRequest(`${name} is required`)
  return value
}

export const knownApp = (world: World, body: Record<string, unknown>): App => {
  const app = typeof body['client_id'] === 'string' ? world.apps.get(body['client_id']) : undefined
  if (app) return app
  throw new AccountsError('unauthorized_client', 'client_id is missing or unknown', { details: 'client_id_not_found' })
}

const checkResponseType = ({ world, body }: TokenRequest): void => {
  const value = body['response_type']
  if (value === undefined && !world.knobs.requireResponseType) return
  if (value !== 'token') throw invalidRequest('response_type must be "token"')
}

/** The basic grant: a Client ID and, so that a customer can come back, two cookies. */
const cookie: Grant = (call) => {
  const { world, request, body, groupId } = call
  const app = knownApp(world, body)
  checkResponseType(call)
  const organizationId = required(body, 'organization_id')
  if (organizationId !== world.license.organizationId) throw invalidRequest('organization_id is unknown')
  checkRedirectUri(app, body['redirect_uri'] ?? request.headers.origin)
  const expiresIn = z.number().int().positive().optional().safeParse(body['expires_in'])
  if (!expiresIn.success) throw invalidRequest('expires_in must be a positive integer')

  const { cookie: cookies } = request.headers
  const known = identifyByCookies(world, cookies, groupId)
  const customer = known ?? createCustomer(world, app.clientId, groupId)
  const answer = issueToken(world, customer, app.clientId, expiresIn.data)
  return {
    status: 200,
    headers: { 'set-cookie': renewCookies(world, customer, cookies) },
    body: answer,
    detail: { customerId: customer.id, isNewCustomer: !known },
  }
}

const checkRedirectUri = (app: App, redirectUri: unknown): void => {
  if (typeof redirectUri !== 'string' || redirectUri === '') {
    throw new AccountsError('unauthorized_client', 'redirect_uri is not set', { details: 'redirect_uri_not_set' })
  }
  if (isAllowedRedirectUri(redirectUri, app.redirectUris)) return
  throw new AccountsError('unauthorized_client', 'redirect_uri is not allowed', { details: 'invalid_redirect_uri' })
}

/** For back ends with an OAuth agent token. To renew a token, it needs no cookie, only the customer's id. */
const agentToken: Grant = (call) => {
  const { world, request, body } = call
  const token = world.agentTokens.get(bearer(request.headers.authorization) ?? '')
  if (!token || token.expiresAtMs <= world.clock.nowMs()) {
    throw new AccountsError('unauthorized', 'agent token is missing, invalid or expired', { isIdentity: true })
  }
  if (!token.scopes.includes('customers:own'))
    throw new AccountsError('access_denied', 'scope customers:own is missing')
  const app = knownApp(world, body)
  checkResponseType(call)
  const customer =
    body['entity_id'] === undefined ? createCustomer(world, app.clientId) : customerById(world, body['entity_id'])
  return { status: 200, body: issueToken(world, customer, app.clientId), detail: { customerId: customer.id } }
}

/** Redeems, once, what `identity_transfer` returned. */
const identityToken: Grant = ({ world, body }) => {
  const app = knownApp(world, body)
  const code = required(body, 'code')
  const transfer = world.identityTransfers.get(code)
  const isValid = transfer && transfer.clientId === app.clientId && transfer.expiresAtMs > world.clock.nowMs()
  if (!isValid) throw new AccountsError('invalid_grant', 'code is unknown or expired')
  if (transfer.codeChallenge !== undefined && !provesChallenge(body['code_verifier'], transfer.codeChallenge)) {
    throw new AccountsError('invalid_grant', 'code_verifier does not fit')
  }
  world.identityTransfers.delete(code)
  const customer = customerById(world, transfer.customerId)
  return { status: 200, body: issueToken(world, customer, app.clientId), detail: { customerId: customer.id } }
}

const provesChallenge = (verifier: unknown, challenge: string): boolean =>
  typeof verifier === 'string' &&
  (verifier === challenge || createHash('sha256').update(verifier).digest('base64url') === challenge)

export const customerById = (world: World, id: unknown): Customer => {
  const customer = typeof id === 'string' ? world.customers.get(id) : undefined
  if (!customer) throw new AccountsError('resource_not_found', 'customer is unknown')
  return customer
}

export const GRANTS: Record<string, Grant> = {
  cookie,
  agent_token: agentToken,
  identity_token: identityToken,
}
