import type { LiveChatEvent } from '../../livechat/schema'
import { toIncomingMessage, type IncomingMessage } from './incoming-message'

/**
 * Where an event came from. Webhooks carry everything on the license, private notes included, so their events need an
 * explicit `visibility: "all"`. A read with the customer's own token returns only what that customer may see, so there
 * a missing visibility counts as public, too.
 */
export type EventSource = 'webhook' | 'customer-read'

export type Verdict =
  | { relay: true; message: IncomingMessage; authorId: string }
  | { relay: false; reason: 'private' | 'no_author' | 'deleted' | 'nothing_to_relay' }

/**
 * Decides whether we relay an event of a session to the end user, and as which message. In doubt, we do not relay it.
 */
export const visibility = (event: LiveChatEvent, source: EventSource): Verdict => {
  const isPublic = event.visibility === 'all' || (source === 'customer-read' && event.visibility === undefined)
  if (!isPublic) return { relay: false, reason: 'private' }
  if (event.deleted !== undefined && event.deleted !== false) return { relay: false, reason: 'deleted' }
  if (!event.author_id) return { relay: false, reason: 'no_author' }
  const message = toIncomingMessage(event)
  return message ? { relay: true, message, authorId: event.author_id } : { relay: false, reason: 'nothing_to_relay' }
}
