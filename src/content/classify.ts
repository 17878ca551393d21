import type { LiveChatEvent } from '../livechat/schema'
import { toIncomingMessage, type IncomingMessage } from './incoming-message'

/**
 * How an event came to us. Webhooks carry everything on the license, private notes included, so there only an explicit
 * `visibility: "all"` counts. What a customer's own token reads is what that customer may see: there absent counts as all.
 */
export type EventSource = 'webhook' | 'customer-read'

export type Verdict =
  | { relay: true; message: IncomingMessage; authorId: string }
  | { relay: false; reason: 'private' | 'no_author' | 'own_echo' | 'deleted' | 'greeting' | 'not_rendered' }

/**
 * Default deny: whether an event of a session reaches the end user, and as what. LiveChat marks what it says by itself
 * when a chat opens; `relayGreetings` decides about that.
 */
export const classify = (
  event: LiveChatEvent,
  livechatCustomerId: string,
  source: EventSource,
  { relayGreetings }: { relayGreetings: boolean } = { relayGreetings: true },
): Verdict => {
  const isPublic = event.visibility === 'all' || (source === 'customer-read' && event.visibility === undefined)
  if (!isPublic) return { relay: false, reason: 'private' }
  if (event.deleted !== undefined && event.deleted !== false) return { relay: false, reason: 'deleted' }
  if (!event.author_id) return { relay: false, reason: 'no_author' }
  if (event.author_id === livechatCustomerId) return { relay: false, reason: 'own_echo' }
  if (!relayGreetings && event.properties?.['lc2']?.['welcome_message'] === true)
    return { relay: false, reason: 'greeting' }
  const message = toIncomingMessage(event)
  return message ? { relay: true, message, authorId: event.author_id } : { relay: false, reason: 'not_rendered' }
}
