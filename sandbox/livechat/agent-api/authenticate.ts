import type { SandboxRequest } from '../../http-server'
import { bearer } from '../accounts/customer-token'
import { ApiError } from '../errors'
import type { Agent } from '../model'
import type { World } from '../world'

export type Caller = {
  agent: Agent
  scopes: string[]
  /** A Personal Access Token has no Client ID of its own. */
  clientId: string | undefined
}

/** Who calls the Agent or the Configuration API: a PAT (Basic) or an agent's or bot's access token (Bearer). */
export const authenticate = (world: World, request: SandboxRequest): Caller => {
  const caller = byPat(world, request) ?? byToken(world, request)
  if (!caller) throw new ApiError('authentication')
  if (world.license.isExpired) throw new ApiError('license_expired')
  return caller
}

const byPat = (world: World, { headers }: SandboxRequest): Caller | undefined => {
  const basic = /^Basic\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (basic === undefined) return undefined
  const text = Buffer.from(basic, 'base64').toString('utf8')
  const [accountId, token] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
  const pat = world.pats.get(token)
  const agent = pat?.accountId === accountId ? world.agents.get(pat.agentId) : undefined
  return pat && agent ? { agent, scopes: pat.scopes, clientId: undefined } : undefined
}

const byToken = (world: World, { headers }: SandboxRequest): Caller | undefined => {
  const token = world.agentTokens.get(bearer(headers.authorization) ?? '')
  const agent = token && token.expiresAtMs > world.clock.nowMs() ? world.agents.get(token.agentId) : undefined
  return token && agent ? { agent, scopes: token.scopes, clientId: token.clientId } : undefined
}
