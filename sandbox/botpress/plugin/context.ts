import type { Instance } from '../instance'
import type { Conversation } from '../objects'
import { sendFromBot } from '../outbox'
import { show } from '../upstream'
import { effect, type World } from '../world'
import { textOf, type PluginSettings } from './settings'
import type { TextName } from './texts'

/**
 * What the plugin works with, in one bot. "Upstream" is the end user's conversation, "downstream" the integration's.
 */
export type Plugin = { world: World; instance: Instance }

export type EndReason = 'agent-closed' | 'user-command' | 'bot-stopped' | 'assignment-timeout' | 'internal-error'

/** The settings of the latest session: the plugin saves them when a session starts. */
export const settingsOf = ({ instance }: Plugin, upstream: Conversation | undefined): PluginSettings =>
  upstream?.handoff?.settings ?? instance.pluginSettings

/** Shows the end user a text of the plugin, if its setting does not say that there is none. */
export const tellUser = (plugin: Plugin, upstream: Conversation, name: TextName): void => {
  const text = textOf(settingsOf(plugin, upstream), name)
  if (text === undefined) return
  // The plugin repeats the type in its payloads, for the end user's side as well.
  show(plugin.world, plugin.instance, upstream, { type: 'text', payload: { type: 'text', text }, from: 'bot' })
}

/**
 * The bot itself, not the end user, writes to the agent a text of the plugin: the payload has no `userId`. Resolves when
 * the integration has handled it, or at once if its setting says that there is none.
 */
export const tellAgent = async (
  plugin: Plugin,
  { upstream, downstream }: { upstream: Conversation | undefined; downstream: Conversation },
  name: TextName,
): Promise<void> => {
  const text = textOf(settingsOf(plugin, upstream), name)
  if (text === undefined) return
  await sendFromBot(plugin.world, plugin.instance, downstream, 'text', { type: 'text', text }).delivered
}

export const endSession = (
  { world }: Plugin,
  upstream: Conversation,
  downstream: Conversation,
  reason: EndReason,
): void => {
  for (const conversation of [upstream, downstream]) {
    conversation.hitl = 'ended'
    conversation.pluginTags.hitlEndReason = reason
  }
  effect(world, 'session_ended', { reason, conversationId: downstream.id, upstreamConversationId: upstream.id })
}

/** The flow goes on by itself, unless the plugin's setting says that it waits for the end user. */
export const continueFlow = (plugin: Plugin, upstream: Conversation): void => {
  if (settingsOf(plugin, upstream).flowOnHitlStopped === false) return
  effect(plugin.world, 'flow_continued', { upstreamConversationId: upstream.id })
  plugin.instance.receiver.continueFlow(upstream)
}

export const upstreamOf = ({ instance }: Plugin, downstream: Conversation): Conversation | undefined =>
  instance.upstream.conversations.get(downstream.pluginTags.upstream ?? '')

export const downstreamOf = ({ instance }: Plugin, upstream: Conversation): Conversation | undefined =>
  instance.store.conversations.get(upstream.pluginTags.downstream ?? '')

export const log = ({ world, instance }: Plugin, level: 'info' | 'error', text: string): void => {
  instance.logs.push({ atMs: world.clock.nowMs(), level, text })
}
