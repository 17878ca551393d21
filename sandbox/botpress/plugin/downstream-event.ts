import { conversationOf } from '../inbox'
import type { Conversation, Event } from '../objects'
import { effect } from '../world'
import { assignAgent } from './assign-agent'
import { continueFlow, endSession, tellUser, upstreamOf, type Plugin } from './context'
import { swallow } from './downstream-message'

/**
 * Handles an event that the integration created. The plugin uses the two events of the interface itself. It stops every
 * other event of an active session. All other events reach the bot.
 */
export const takeDownstreamEvent = (plugin: Plugin, event: Event): 'processed' | 'ignored' => {
  if (event.type === 'hitlAssigned' || event.type === 'hitlStopped') return takeOwnEvent(plugin, event)
  const conversationId = conversationOf(event)
  const conversation = plugin.instance.store.conversations.get(conversationId ?? '')
  if (conversationId !== undefined && !conversation) throw new Error(`Conversation ${conversationId} was not found`)
  if (conversation?.hitl === 'active') {
    effect(plugin.world, 'event_kept_from_bot', { id: event.id, type: event.type, conversationId: conversation.id })
    return 'ignored'
  }
  plugin.instance.botEvents.push(event)
  effect(plugin.world, 'bot_event', { id: event.id, type: event.type })
  return 'processed'
}

const takeOwnEvent = (plugin: Plugin, event: Event): 'processed' | 'ignored' => {
  const { conversationId, userId } = event.payload
  const downstream = plugin.instance.store.conversations.get(String(conversationId))
  if (!downstream) throw new Error(`Conversation ${String(conversationId)} was not found`)
  const upstream = upstreamOf(plugin, downstream)
  if (downstream.hitl !== 'active' || !upstream) {
    swallow(plugin, downstream, { eventId: event.id, type: event.type })
    return 'ignored'
  }
  if (event.type === 'hitlAssigned') assignAgent(plugin, upstream, downstream, String(userId), 'event')
  else stopByAgent(plugin, upstream, downstream)
  return 'processed'
}

const stopByAgent = (plugin: Plugin, upstream: Conversation, downstream: Conversation): void => {
  tellUser(plugin, upstream, 'stoppedByAgent')
  endSession(plugin, upstream, downstream, 'agent-closed')
  continueFlow(plugin, upstream)
}
