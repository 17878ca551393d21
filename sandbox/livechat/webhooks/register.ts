import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import type { ApiVersion, Webhook } from '../model'
import type { World } from '../world'
import { webhookNames } from './names'

const MAX_URL_LENGTH = 500
const MAX_PER_ACTION_AND_CLIENT = 3

const filters = z.object({
  author_type: z.enum(['customer', 'agent']).optional(),
  only_my_chats: z.boolean().optional(),
  chat_presence: z
    .object({
      user_ids: z
        .object({ values: z.array(z.string()).optional(), exclude_values: z.array(z.string()).optional() })
        .refine((ids) => !(ids.values && ids.exclude_values), '`values` and `exclude_values` exclude each other')
        .optional(),
      my_bots: z.boolean().optional(),
    })
    .optional(),
  source_type: z.array(z.enum(['my_client', 'other_clients', 'system'])).optional(),
  agent_ids: z.array(z.string()).optional(),
})

const webhookRegistration = z.object({
  action: z.string(),
  secret_key: z.string().min(1),
  url: z.string().url().max(MAX_URL_LENGTH),
  owner_client_id: z.string(),
  type: z.enum(['license', 'bot']),
  additional_data: z.array(z.string()).optional(),
  description: z.string().optional(),
  filters: filters.optional(),
})

/** Registers one webhook. Its payloads keep the version with which it was registered. */
export const registerWebhook = (world: World, body: unknown, version: ApiVersion, delayMs = 0): Webhook => {
  const fields = parseFields(webhookRegistration, body)
  const name = webhookNames(version).get(fields.action)
  if (!name) throw new ApiError('validation', `action: unknown webhook ${fields.action}`)
  for (const filter of Object.keys(fields.filters ?? {})) {
    if (!name.filters.includes(filter)) {
      throw new ApiError('validation', `filters.${filter}: not supported by ${fields.action}`)
    }
  }
  for (const data of fields.additional_data ?? []) {
    if (!name.additionalData.includes(data)) throw new ApiError('validation', `additional_data: unknown ${data}`)
  }
  const same = [...world.webhooks.values()].filter(
    (webhook) => webhook.action === fields.action && webhook.clientId === fields.owner_client_id,
  )
  if (same.length >= MAX_PER_ACTION_AND_CLIENT) throw new ApiError('limit_reached')

  const webhook: Webhook = {
    id: world.ids.hex(26),
    action: fields.action,
    url: fields.url,
    secretKey: fields.secret_key,
    clientId: fields.owner_client_id,
    type: fields.type,
    version,
    additionalData: fields.additional_data ?? [],
    activeFromMs: world.clock.nowMs() + delayMs,
    ...(fields.description === undefined ? {} : { description: fields.description }),
    ...(fields.filters === undefined ? {} : { filters: fields.filters }),
  }
  world.webhooks.set(webhook.id, webhook)
  world.effect('webhook_registered', { webhookId: webhook.id, action: webhook.action, clientId: webhook.clientId })
  return webhook
}

/** A registration as `list_webhooks` shows it: without its secret. */
export const webhookShape = (webhook: Webhook): Record<string, unknown> => ({
  id: webhook.id,
  url: webhook.url,
  ...(webhook.description === undefined ? {} : { description: webhook.description }),
  action: webhook.action,
  ...(webhook.filters === undefined ? {} : { filters: webhook.filters }),
  owner_client_id: webhook.clientId,
  type: webhook.type,
})
