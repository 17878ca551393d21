import type { Instance } from '../instance'
import type { Conversation } from '../objects'
import { sendFromBot } from '../outbox'
import { show } from '../upstream'
import { effect, type World } from '../world'

/**
 * What the plugin works with, in one bot. "Upstream" is the end user's conversation, "downstream" the integration's.
 */
export type Plugin = { world: World; instance: Instance }

export type EndReason = 'agent-closed' | 'user-command' | 'bot-stopped' | 'assignment-timeout' | 'internal-error'

/** Shows the end user a message of the bot. */
export const tellUser = ({ world, instance }: Plugin, upstream: Conversation, text: string): void => {
  show(world, instance, upstream, { type: 'text', payload: { type: 'text', text }, from: 'bot' })
}

/** The bot itself, not the end user, writes to the agent: the payload has no `userId`. */
export const tellAgent = async (
  { world, instance }: Plugin,
  downstream: Conversation,
  text: string,
): Promise<boolean> => sendFromBot(world, instance, downstream, 'text', { type: 'text', text }).delivered

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

export const upstreamOf = ({ instance }: Plugin, downstream: Conversation): Conversation | undefined =>
  instance.upstream.conversations.get(downstream.pluginTags.upstream ?? '')

export const downstreamOf = ({ instance }: Plugin, upstream: Conversation): Conversation | undefined =>
  instance.store.conversations.get(upstream.pluginTags.downstream ?? '')

export const log = ({ world, instance }: Plugin, level: 'info' | 'error', text: string): void => {
  instance.logs.push({ atMs: world.clock.nowMs(), level, text })
}
