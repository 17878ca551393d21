import { fieldsOf } from '../shared/fields'

/** Whose app a chat belongs to, as far as a webhook says. */
export type ChatOwner = 'ours' | 'foreign' | 'unknown'

/**
 * Reads it from the chat's properties. `incoming_chat` has them; the other webhooks only if they were registered so. The
 * customer's app never changes. The chat's own app may change to that of an agent who reopens the chat.
 */
export const ownerOf = ({ payload, additional_data }: ChatWebhook, clientId: string): ChatOwner => {
  const properties = fieldsOf(additional_data)['chat_properties'] ?? fieldsOf(fieldsOf(payload)['chat'])['properties']
  const { client_id, customer_client_id } = fieldsOf(fieldsOf(properties)['source'])
  if (client_id === clientId || customer_client_id === clientId) return 'ours'
  return typeof customer_client_id === 'string' && customer_client_id !== '' ? 'foreign' : 'unknown'
}

type ChatWebhook = { payload: unknown; additional_data?: unknown }
