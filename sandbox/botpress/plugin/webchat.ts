import type { Conversation, User } from '../objects'
import { createUpstreamUser } from '../upstream'
import { effect } from '../world'
import { settingsOf, type Plugin } from './context'

/**
 * The webchat's copy of an agent, so that the end user sees the agent's name: a user of the channel. The plugin asks the
 * webchat for it at every assignment (`isAssignment`), and otherwise if the agent has none. `undefined` if there is no
 * copy: on other channels, or if the call fails. Then the agent's words appear as the bot's.
 */
export const copyInWebchat = (
  plugin: Plugin,
  upstream: Conversation,
  agent: User,
  isAssignment = false,
): User | undefined => {
  const { world, instance } = plugin
  if (upstream.integration !== 'webchat' || settingsOf(plugin, upstream).useHumanAgentInfo === false) return undefined
  const linked = instance.upstream.users.get(agent.pluginTags.upstream ?? '')
  if (linked && !isAssignment) return linked
  if (world.knobs.webchatCopiesOfAgents === 'refused') return undefined
  if (linked) {
    if (world.knobs.webchatCopiesOfAgents === 'updated')
      Object.assign(linked, { name: agent.name, pictureUrl: agent.pictureUrl })
    return linked
  }
  const copy = createUpstreamUser(world, instance, { name: agent.name, pictureUrl: agent.pictureUrl })
  agent.pluginTags.upstream = copy.id
  effect(world, 'agent_copied', { userId: agent.id, upstreamUserId: copy.id })
  return copy
}
