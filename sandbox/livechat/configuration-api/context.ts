import { z } from 'zod'
import type { Caller } from '../agent-api/authenticate'
import { hasScope } from '../agent-api/scopes'
import { ApiError, parseFields } from '../errors'
import type { ApiVersion, App } from '../model'
import type { World } from '../world'

export type ConfigurationCall = {
  world: World
  caller: Caller
  version: ApiVersion
  body: Record<string, unknown>
}

export type ConfigurationMethod = (call: ConfigurationCall) => unknown

export const requireScope = ({ caller }: ConfigurationCall, ...anyOf: string[]): void => {
  if (!anyOf.some((scope) => hasScope(caller.scopes, scope))) {
    throw new ApiError('authorization', `one of these scopes is needed: ${anyOf.join(', ')}`)
  }
}

/** The app that `owner_client_id` names. With a Bearer token it may be omitted where the documents say so. */
export const ownerApp = ({ world, caller, body }: ConfigurationCall, isOptional = false): App => {
  const fields = parseFields(z.object({ owner_client_id: z.string().optional() }), body)
  const clientId = fields.owner_client_id ?? (isOptional ? caller.clientId : undefined)
  if (clientId === undefined) throw new ApiError('validation', 'owner_client_id: Required')
  const app = world.apps.get(clientId)
  if (!app || app.isOfOthers) throw new ApiError('validation', 'owner_client_id: not a Client ID of this organization')
  return app
}
