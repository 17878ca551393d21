import type { SandboxRequest, SandboxResponse } from '../../http-server'
import { AccountsError } from '../errors'
import type { World } from '../world'
import { bearer, liveToken, tokenShape } from './customer-token'
import { customerById, GRANTS, knownApp } from './grants'

const TRANSFER_LIFE_S = 3600

type Endpoint = { route: string; run: (world: World, request: SandboxRequest) => SandboxResponse }

const issue = (world: World, request: SandboxRequest): SandboxResponse => {
  const groupId = groupOf(world, request.path)
  const body = jsonBody(request)
  const grantType = body['grant_type']
  if (typeof grantType !== 'string') {
    throw new AccountsError('invalid_request', 'grant_type is required', { status: 400 })
  }
  const grant = GRANTS[grantType]
  if (!grant) throw new AccountsError('unsupported_grant_type', 'grant_type is not supported', { status: 400 })
  return grant({ world, request, body, ...(groupId === undefined ? {} : { groupId }) })
}

/** The group of `/v2/customer/<organization>/<group>/token`: one identity per group. */
const groupOf = (world: World, path: string): number | undefined => {
  const match = GROUP_TOKEN_PATH.exec(path)
  if (!match) return undefined
  const groupId = Number(match[2])
  const isAllowed = world.license.properties['chats']?.['chat_between_groups'] === false
  if (!isAllowed || match[1] !== world.license.organizationId || !world.groups.has(groupId)) {
    throw new AccountsError('invalid_request', 'no separate identity for this group', { status: 400 })
  }
  return groupId
}

const revoke = (world: World, request: SandboxRequest): SandboxResponse => {
  const token = bearer(request.headers.authorization)
  const live = liveToken(world, token)
  if (!live || token === undefined) throw unauthorized()
  world.customerTokens.delete(token)
  world.effect('token_revoked', { customerId: live.customerId })
  return { status: 200 }
}

const inspect = (world: World, request: SandboxRequest): SandboxResponse => {
  const token = bearer(request.headers.authorization) ?? request.query.get('code') ?? undefined
  const live = liveToken(world, token)
  if (!live || token === undefined) throw unauthorized()
  return { status: 200, body: tokenShape(world, token, Math.floor((live.expiresAtMs - world.clock.nowMs()) / 1000)) }
}

const transferIdentity = (world: World, request: SandboxRequest): SandboxResponse => {
  const body = jsonBody(request)
  const app = knownApp(world, body)
  const token = bearer(request.headers.authorization)
  const customerId =
    body['bearer_type'] === 'agent' ? customerForAgent(world, token, body) : liveToken(world, token)?.customerId
  if (body['bearer_type'] !== 'agent' && body['bearer_type'] !== 'customer') {
    throw new AccountsError('invalid_request', 'bearer_type must be agent or customer', { status: 400 })
  }
  if (customerId === undefined) throw unauthorized()
  const code = world.ids.secret(48)
  world.identityTransfers.set(code, {
    customerId,
    clientId: app.clientId,
    expiresAtMs: world.clock.nowMs() + TRANSFER_LIFE_S * 1000,
    ...(typeof body['code_challenge'] === 'string' ? { codeChallenge: body['code_challenge'] } : {}),
  })
  return { status: 200, body: { identity_transfer_token: code, expires_in: TRANSFER_LIFE_S } }
}

const customerForAgent = (
  world: World,
  token: string | undefined,
  body: Record<string, unknown>,
): string | undefined => {
  const agentToken = world.agentTokens.get(token ?? '')
  if (!agentToken || agentToken.expiresAtMs <= world.clock.nowMs()) return undefined
  return customerById(world, body['customer_id']).id
}

const unauthorized = (): AccountsError =>
  new AccountsError('unauthorized', 'token is missing, invalid or expired', { isIdentity: true })

const jsonBody = (request: SandboxRequest): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Refused below, like every other body that is not an object.
  }
  throw new AccountsError('invalid_request', 'body must be a JSON object', { status: 400 })
}

const GROUP_TOKEN_PATH = /^\/v2\/customer\/([^/]+)\/(\d+)\/token$/

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /v2/customer/token': { route: 'accounts/token', run: issue },
  'DELETE /v2/customer/token': { route: 'accounts/revoke', run: revoke },
  'GET /v2/customer/info': { route: 'accounts/info', run: inspect },
  'POST /v2/customer/identity_transfer': { route: 'accounts/identity_transfer', run: transferIdentity },
}

const endpointOf = (request: SandboxRequest): Endpoint | undefined => {
  const path = GROUP_TOKEN_PATH.test(request.path) ? '/v2/customer/token' : request.path
  return ENDPOINTS[`${request.method} ${path}`]
}

export const accountsRoute = (request: SandboxRequest): string => endpointOf(request)?.route ?? 'accounts/unknown'

/** The accounts server: gives customer tokens, and the cookies by which a customer stays the same. */
export const handleAccounts = (world: World, request: SandboxRequest): SandboxResponse => {
  try {
    const endpoint = endpointOf(request)
    if (!endpoint) throw new AccountsError('resource_not_found', 'no such endpoint', { status: 404 })
    return endpoint.run(world, request)
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error
    return { status: error.status, body: error.body, detail: { exception: error.exception, reason: error.message } }
  }
}
