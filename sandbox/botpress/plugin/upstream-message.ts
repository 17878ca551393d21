import type { Conversation, Message } from '../objects'
import { sendFromBot } from '../outbox'
import { downstreamOf, settingsOf, tellUser, type Plugin } from './context'
import { abortUpstream } from './downstream-message'
import { isCloseCommand } from './settings'
import { stopSession } from './stop'
import { relayedTypes } from './texts'

/** Handles an end user's message. Returns false if no session is active: then the message goes to the bot. */
export const takeUpstreamMessage = async (
  plugin: Plugin,
  upstream: Conversation,
  message: Message,
): Promise<boolean> => {
  if (upstream.hitl !== 'active') return false
  if (!relayedTypes.includes(message.type)) {
    tellUser(plugin, upstream, 'userTypeNotSupported')
    return true
  }
  const downstream = downstreamOf(plugin, upstream)
  const author = plugin.instance.upstream.users.get(message.userId)
  const userId = author?.pluginTags.downstream
  if (!downstream || !userId) {
    abortUpstream(plugin, upstream)
    return true
  }
  if (isCloseCommand(settingsOf(plugin, upstream), message.payload.text)) {
    await stopSession(plugin, upstream, 'user-command', 'closedByUser')
    return true
  }
  const payload = { type: message.type, ...message.payload, userId }
  // Not awaited: the outbox keeps the order, and the end user's next message must not wait.
  sendFromBot(plugin.world, plugin.instance, downstream, message.type, payload, { upstream: message.id })
  return true
}
