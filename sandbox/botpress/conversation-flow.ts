import { noPersonText, type Bot, type BotReply } from './bot'
import type { Conversation, Message } from './objects'
import type { Plugin } from './plugin/context'
import { inUpstreamLane, startSession } from './plugin/start'
import { takeUpstreamMessage } from './plugin/upstream-message'
import { show } from './upstream'

/** Gives an end user's message to the plugin and, if the plugin does not take it, to the bot; one message at a time. */
export const processFromEndUser = (plugin: Plugin, bot: Bot, upstream: Conversation, message: Message): void => {
  void inUpstreamLane(plugin, upstream, async () => {
    if (await takeUpstreamMessage(plugin, upstream, message)) return
    const { text } = message.payload
    const replies = await bot.script({
      type: message.type,
      payload: message.payload,
      text: typeof text === 'string' ? text : undefined,
      from: nameOf(plugin, message.userId),
    })
    for (const reply of replies) await say(plugin, upstream, message.userId, reply)
  })
}

/** The bot's flow goes on after a session, without a message of the end user. */
export const processContinuation = (plugin: Plugin, bot: Bot, upstream: Conversation): void => {
  const userId = upstream.handoff?.userId ?? ''
  void inUpstreamLane(plugin, upstream, async () => {
    for (const reply of await bot.afterHandoff({ from: nameOf(plugin, userId) }))
      await say(plugin, upstream, userId, reply)
  })
}

const nameOf = ({ instance }: Plugin, userId: string): string => instance.upstream.users.get(userId)?.name ?? 'Somebody'

const say = async (plugin: Plugin, upstream: Conversation, userId: string, reply: BotReply): Promise<void> => {
  if (typeof reply === 'string') return sayText(plugin, upstream, reply)
  if ('type' in reply) {
    show(plugin.world, plugin.instance, upstream, { ...reply, from: 'bot' })
    return
  }
  const { email } = plugin.instance.upstream.users.get(userId)?.tags ?? {}
  const card = { ...reply.handOff, ...(reply.fillsInUserEmail ? { userEmail: email } : {}) }
  const result = await startSession(plugin, upstream, userId, card)
  if (!result.started && !result.isSilent) sayText(plugin, upstream, noPersonText)
}

const sayText = ({ world, instance }: Plugin, upstream: Conversation, text: string): void => {
  show(world, instance, upstream, { type: 'text', payload: { text }, from: 'bot' })
}
