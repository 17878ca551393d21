import { fieldsOf } from '../shared/fields'

/** Whose app a chat belongs to, as far as a webhook says. */
export type ChatOwner = 'ours' | 'foreign' | 'unknown'

/**
 * Reads the owner from the chat's properties. `incoming_chat` always has them; other webhooks only if they were
 * registered to bring them. The customer's app never changes. If an agent reopens the chat, its own app may change.
 */
export const ownerOf = ({ payload, additional_data }: ChatWebhook, clientId: string): ChatOwner => {
  const properties = fieldsOf(additional_data)['chat_properties'] ?? fieldsOf(fieldsOf(payload)['chat'])['properties']
  const { client_id, customer_client_id } = fieldsOf(fieldsOf(properties)['source'])
  if (client_id === clientId || customer_client_id === clientId) return 'ours'
  return typeof customer_client_id === 'string' && customer_client_id !== '' ? 'foreign' : 'unknown'
}

type ChatWebhook = { payload: unknown; additional_data?: unknown }
