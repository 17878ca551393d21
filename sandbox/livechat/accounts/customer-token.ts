import { AccountsError } from '../errors'
import type { Customer, CustomerToken } from '../model'
import { isBanned, type World } from '../world'

const TOKEN_LIFE_S = 28_800

/** Makes a customer token and the answer that carries it. */
export const issueToken = (
  world: World,
  customer: Customer,
  clientId: string,
  expiresInS = TOKEN_LIFE_S,
): Record<string, unknown> => {
  if (isBanned(world, customer)) throw new AccountsError('access_denied', 'identity is banned', { isIdentity: true })
  const region = world.knobs.region === 'none' ? 'dal' : world.knobs.region
  const token = `${region}:test_${world.ids.secret(32)}`
  world.customerTokens.set(token, {
    customerId: customer.id,
    clientId,
    expiresAtMs: world.clock.nowMs() + expiresInS * 1000,
  })
  world.effect('token_issued', { customerId: customer.id, clientId, expiresInS })
  return tokenShape(world, token, expiresInS)
}

/** A token that is known and has not expired. */
export const liveToken = (world: World, token: string | undefined): CustomerToken | undefined => {
  const found = world.customerTokens.get(token ?? '')
  return found && found.expiresAtMs > world.clock.nowMs() ? found : undefined
}

export const tokenShape = (world: World, token: string, expiresInS: number): Record<string, unknown> => {
  const stored = world.customerTokens.get(token)
  return {
    access_token: token,
    client_id: stored?.clientId,
    entity_id: stored?.customerId,
    expires_in: expiresInS,
    organization_id: world.license.organizationId,
    token_type: 'Bearer',
  }
}

export const bearer = (header: string | undefined): string | undefined => /^Bearer\s+(.+)$/i.exec(header ?? '')?.[1]
