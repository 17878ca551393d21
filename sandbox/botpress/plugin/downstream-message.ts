import type { Conversation, Message, User } from '../objects'
import { show } from '../upstream'
import { effect } from '../world'
import { assignAgent } from './assign-agent'
import { log, tellAgent, tellUser, upstreamOf, type Plugin } from './context'
import { relayedTypes } from './texts'
import { copyInWebchat } from './webchat'

/** Handles a message that the integration created: relays it to the end user if it belongs to an active session. */
export const takeDownstreamMessage = async (plugin: Plugin, message: Message): Promise<void> => {
  const downstream = plugin.instance.store.conversations.get(message.conversationId)
  if (!downstream) return
  if (downstream.hitl !== 'active') return swallow(plugin, downstream, { messageId: message.id, type: message.type })
  const author = plugin.instance.store.users.get(message.userId)
  if (!author) throw new Error(`User ${message.userId} was not found`)
  const upstream = upstreamOf(plugin, downstream)
  if (!upstream) {
    downstream.hitl = 'ended'
    log(plugin, 'error', 'A session is linked to no end user')
    await tellAgent(plugin, { upstream, downstream }, 'broken')
    return
  }
  if (!relayedTypes.includes(message.type)) {
    effect(plugin.world, 'type_not_supported', { messageId: message.id, type: message.type })
    await tellAgent(plugin, { upstream, downstream }, 'agentTypeNotSupported')
    return
  }
  const copy = copyInWebchat(plugin, upstream, author)
  if (!downstream.pluginTags.humanAgentId) assignAgent(plugin, upstream, downstream, author.id, 'message')
  relay(plugin, upstream, message, copy)
}

/** @param copy the author's copy in the webchat. Without one, the message appears to come from the bot. */
const relay = ({ world, instance }: Plugin, upstream: Conversation, message: Message, copy: User | undefined): void => {
  const { userId: _ofIntegration, ...payload } = message.payload
  const { additionalData } = payload
  show(world, instance, upstream, {
    type: message.type,
    payload: { type: message.type, ...payload, ...(copy ? { userId: copy.id } : {}) },
    from: copy?.name || 'bot',
    pluginTags: { downstream: message.id, ...(typeof additionalData === 'string' ? { additionalData } : {}) },
  })
}

/** Records what is lost because the conversation has no active session. */
export const swallow = ({ world }: Plugin, downstream: Conversation, what: Record<string, unknown>): void => {
  const name = downstream.hitl === 'never' ? 'dropped_before_active' : 'dropped_after_end'
  effect(world, name, { conversationId: downstream.id, ...what })
}

/** Ends a session whose links are lost. Only the end user can still be told. */
export const abortUpstream = (plugin: Plugin, upstream: Conversation): void => {
  upstream.hitl = 'ended'
  upstream.pluginTags.hitlEndReason = 'internal-error'
  effect(plugin.world, 'session_ended', { reason: 'internal-error', upstreamConversationId: upstream.id })
  tellUser(plugin, upstream, 'broken')
}
