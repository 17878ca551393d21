import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import type { Session } from './session'
import { readThreadTags, setThreadTag } from '../operation/agent-apis'

/**
 * Sets the chat tags that the bot asked for on the session's thread, if there is agent access. A start never fails
 * because of a tag. The briefing contains all tags. The log names the tags that were not set, by their position in the
 * bot's list.
 */
export const tagThread = async (scope: Scope, session: Session, tags: string[]): Promise<void> => {
  if (tags.length === 0) return
  if (!scope.settings.agentAccess) {
    scope.log.warn('chat_tags_need_agent_access', { conversationId: session.conversationId })
    return
  }
  const { livechatChatId, livechatThreadId } = session
  const set = await Promise.all(
    tags.map((tag) => setThreadTag(scope, livechatChatId, livechatThreadId, tag, budgets.start.chatTagsMs)),
  )
  const places = set.flatMap((isSet, index) => (isSet ? [] : [index + 1]))
  if (places.length === 0) return
  scope.log.warn('chat_tags_not_set', { conversationId: session.conversationId, places: places.join(', ') })
}

/** The chat tags of the session's thread. `undefined` without agent access, or if they cannot be read in time. */
export const chatTagsOf = (scope: Scope, { livechatChatId, livechatThreadId }: Session) =>
  readThreadTags(scope, livechatChatId, livechatThreadId, budgets.webhook.chatTagsMs)
