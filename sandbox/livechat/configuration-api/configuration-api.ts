import type { SandboxRequest } from '../../http-server'
import { authenticate } from '../agent-api/authenticate'
import { ApiError } from '../errors'
import { jsonObject } from '../http/request-body'
import type { ApiVersion } from '../model'
import type { World } from '../world'
import type { ConfigurationMethod } from './context'
import { issueBotToken, peopleMethods } from './people'
import { propertyMethods } from './properties'
import { listWebhookNames, webhookMethods } from './webhooks'

const METHODS: Record<string, ConfigurationMethod> = { ...webhookMethods, ...peopleMethods, ...propertyMethods }

/** Configuration API: webhooks, agents, bots, groups and properties of the license. */
export const handleConfigurationApi = (
  world: World,
  action: string,
  version: ApiVersion,
  request: SandboxRequest,
): unknown => {
  if (request.method !== 'POST') throw new ApiError('not_found')
  if (action === 'list_webhook_names') return listWebhookNames(jsonObject(request), version)
  if (action === 'issue_bot_token') return issueBotToken(world, jsonObject(request))
  const method = METHODS[action]
  if (!method) throw new ApiError('not_found')
  const caller = authenticate(world, request)
  return method({ world, caller, version, body: jsonObject(request) })
}
