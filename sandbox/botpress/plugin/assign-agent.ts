import type { Conversation } from '../objects'
import { effect } from '../world'
import { tellUser, type Plugin } from './context'
import { namelessAgent } from './texts'
import { copyInWebchat } from './webchat'

/** Records the agent with their present name and announces them to the end user, each time it is called. */
export const assignAgent = (
  plugin: Plugin,
  upstream: Conversation,
  downstream: Conversation,
  agentUserId: string,
  cause: 'event' | 'message',
): void => {
  const agent = plugin.instance.store.users.get(agentUserId)
  if (!agent) throw new Error(`User ${agentUserId} was not found`)
  const name = agent.name || namelessAgent
  for (const conversation of [upstream, downstream]) {
    Object.assign(conversation.pluginTags, { humanAgentId: agent.id, humanAgentName: name })
  }
  tellUser(plugin, upstream, 'agentAssigned')
  copyInWebchat(plugin, upstream, agent, true)
  effect(plugin.world, 'agent_announced', {
    conversationId: downstream.id,
    upstreamConversationId: upstream.id,
    userId: agent.id,
    name,
    cause,
  })
}
