import type { ApiVersion, Webhook, WebhookFilters } from '../model'
import type { World } from '../world'
import { registerWebhook } from './register'

export type NewWebhook = {
  action: string
  url: string
  secretKey: string
  clientId: string
  type?: 'license' | 'bot'
  version?: ApiVersion
  filters?: WebhookFilters
  additionalData?: string[]
  description?: string
}

/** Chat Webhooks, as they are made in the Developer Console. */
export const createWebhookConsole = (world: World) => ({
  /** Returns the registration's id. */
  register: (webhook: NewWebhook): string =>
    registerWebhook(
      world,
      {
        action: webhook.action,
        url: webhook.url,
        secret_key: webhook.secretKey,
        owner_client_id: webhook.clientId,
        type: webhook.type ?? 'license',
        filters: webhook.filters,
        additional_data: webhook.additionalData,
        description: webhook.description,
      },
      webhook.version ?? '3.6',
    ).id,
  list: (): Webhook[] => [...world.webhooks.values()],
  remove: (webhookId: string): boolean => world.webhooks.delete(webhookId),
  /** Gives the registrations of an app another secret, as after a rotation in the Console. */
  changeSecret: (clientId: string, secretKey: string): void => {
    for (const webhook of world.webhooks.values()) if (webhook.clientId === clientId) webhook.secretKey = secretKey
  },
})
