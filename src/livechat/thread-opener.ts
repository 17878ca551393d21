import type { LiveChatChat } from './schema'

/** Each thread that a start opens begins with an event of this custom id. */
export const startIdPrefix = 'start-'

/**
 * Who opened a thread. `customer`: a start of ours, as the customer. `unknown`: LiveChat does not say, and the first
 * event of a start may be hidden from the customer.
 */
export type Opener = 'agent' | 'customer' | 'unknown'

/** Who opened a thread, by its first events and by the app that LiveChat names as its source. Pure function. */
export const openerOf = ({ events, properties }: LiveChatChat['thread'], ourClientId: string): Opener => {
  if (events.some(({ custom_id }) => custom_id?.startsWith(startIdPrefix))) return 'customer'
  const clientId = properties?.['source']?.['client_id']
  if (typeof clientId !== 'string' || clientId === '') return 'unknown'
  return clientId === ourClientId ? 'customer' : 'agent'
}
