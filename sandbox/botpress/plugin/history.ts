import type { Conversation, Message, Payload } from '../objects'
import type { Plugin } from './context'
import { linkUser } from './link-user'

type HistoryEntry = {
  source: { type: 'bot' } | { type: 'user'; userId: string }
  type: string
  payload: Payload
}

/**
 * One page of the end user's conversation: the newest messages, oldest of them first. The plugin gets them newest first
 * and sorts them by time only, so messages of the same millisecond stay newest first.
 */
export const buildHistory = async (plugin: Plugin, upstream: Conversation): Promise<HistoryEntry[]> => {
  const newestFirst = plugin.instance.upstream
    .messagesOf(upstream.id)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || b.seq - a.seq)
  const page = newestFirst.slice(0, plugin.world.knobs.pageSize).sort((a, b) => a.createdAtMs - b.createdAtMs)
  const links = new Map<string, Promise<string>>()
  const linkOnce = (userId: string): Promise<string> => {
    if (plugin.world.knobs.linksAuthorsPerMessage) return linkUser(plugin, userId)
    const link = links.get(userId) ?? linkUser(plugin, userId)
    links.set(userId, link)
    return link
  }
  return Promise.all(page.map((message) => toEntry(plugin, message, linkOnce)))
}

const toEntry = async (
  { world }: Plugin,
  message: Message,
  linkOnce: (userId: string) => Promise<string>,
): Promise<HistoryEntry> => ({
  source: message.direction === 'outgoing' ? { type: 'bot' } : { type: 'user', userId: await linkOnce(message.userId) },
  type: message.type,
  payload: world.knobs.historyPayloadExtras ? message.payload : withoutExtras(message.payload),
})

/** The payload as its type defines it, without what the plugin adds. */
const withoutExtras = (payload: Payload): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => !['type', 'userId', 'additionalData'].includes(key)))
