import { noPersonText, type BotReply, type BotScript } from './bot'
import type { Conversation, Message } from './objects'
import { tellUser, type Plugin } from './plugin/context'
import { inUpstreamLane, startSession } from './plugin/start'
import { takeUpstreamMessage } from './plugin/upstream-message'
import { show } from './upstream'

/** Gives an end user's message to the plugin and, if the plugin does not take it, to the bot; one message at a time. */
export const processFromEndUser = (
  plugin: Plugin,
  bot: () => BotScript,
  upstream: Conversation,
  message: Message,
): void => {
  const { instance } = plugin
  void inUpstreamLane(plugin, upstream, async () => {
    if (await takeUpstreamMessage(plugin, upstream, message)) return
    const { text } = message.payload
    const replies = await bot()({
      type: message.type,
      payload: message.payload,
      text: typeof text === 'string' ? text : undefined,
      from: instance.upstream.users.get(message.userId)?.name ?? 'Somebody',
    })
    for (const reply of replies) await say(plugin, upstream, message.userId, reply)
  })
}

const say = async (plugin: Plugin, upstream: Conversation, userId: string, reply: BotReply): Promise<void> => {
  if (typeof reply === 'string') return tellUser(plugin, upstream, reply)
  if ('type' in reply) {
    show(plugin.world, plugin.instance, upstream, { ...reply, from: 'bot' })
    return
  }
  const { email } = plugin.instance.upstream.users.get(userId)?.tags ?? {}
  const card = { ...reply.handOff, ...(reply.fillsInUserEmail ? { userEmail: email } : {}) }
  const result = await startSession(plugin, upstream, userId, card)
  if (!result.started && !result.isSilent) tellUser(plugin, upstream, noPersonText)
}
