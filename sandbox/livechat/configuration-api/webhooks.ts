import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import type { ApiVersion } from '../model'
import { webhookNames } from '../webhooks/names'
import { registerWebhook, webhookShape } from '../webhooks/register'
import { ownerApp, requireScope, type ConfigurationCall, type ConfigurationMethod } from './context'

const register: ConfigurationMethod = (call) => {
  requireScope(call, 'webhooks.configuration:rw')
  ownerApp(call)
  const { world } = call
  return { id: registerWebhook(world, call.body, call.version, world.knobs.configurationDelayMs).id }
}

const list: ConfigurationMethod = (call) => {
  requireScope(call, 'webhooks.configuration:rw')
  const { clientId } = ownerApp(call)
  return [...call.world.webhooks.values()].filter((webhook) => webhook.clientId === clientId).map(webhookShape)
}

const unregister: ConfigurationMethod = (call) => {
  requireScope(call, 'webhooks.configuration:rw')
  const { clientId } = ownerApp(call)
  const { id } = parseFields(z.object({ id: z.string() }), call.body)
  if (call.world.webhooks.get(id)?.clientId !== clientId) throw new ApiError('not_found', 'id: unknown webhook')
  call.world.webhooks.delete(id)
  call.world.effect('webhook_unregistered', { webhookId: id, clientId })
}

const getState: ConfigurationMethod = (call) => {
  requireScope(call, 'webhooks.state:ro')
  const app = ownerApp(call, true)
  return { license_webhooks_enabled: app.installed && app.webhooksEnabled }
}

/** Enabling only undoes an earlier disabling. The installation of an app switches its webhooks on. */
const setState =
  (isEnabled: boolean): ConfigurationMethod =>
  (call: ConfigurationCall) => {
    requireScope(call, 'webhooks.state:rw')
    ownerApp(call, true).webhooksEnabled = isEnabled
  }

export const webhookMethods: Record<string, ConfigurationMethod> = {
  register_webhook: register,
  list_webhooks: list,
  unregister_webhook: unregister,
  get_license_webhooks_state: getState,
  enable_license_webhooks: setState(true),
  disable_license_webhooks: setState(false),
}

const namesFields = z.object({ version: z.enum(['3.5', '3.6', '3.7']).optional() })

/** The one method that needs no authorization. */
export const listWebhookNames = (body: unknown, version: ApiVersion): Record<string, unknown>[] => {
  const fields = parseFields(namesFields, body)
  return [...webhookNames(fields.version ?? version)].map(([action, { filters, additionalData }]) => ({
    action,
    filters,
    ...(additionalData.length > 0 ? { additional_data: additionalData } : {}),
  }))
}
