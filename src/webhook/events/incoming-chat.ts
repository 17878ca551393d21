import { visibility } from '../../content/to-end-user/visibility'
import { isHumanAgentId, type LiveChatEvent } from '../../livechat/schema'
import type { AgentWords } from '../../session/after-end/tell-return'
import { applyJoined, isVisibleAgent } from '../joined-agent'
import { incomingChatSchema } from '../schema'
import { webhookAction } from '../action-runner'

/** A thread was opened. An agent may be in it already, or may have opened it with a message. */
export const incomingChat = webhookAction({
  schema: incomingChatSchema,
  threadOf: ({ chat }) => ({ livechatChatId: chat.id, livechatThreadId: chat.thread.id }),
  prepare: (_scope, { chat }) => {
    const agent = chat.users.find(isVisibleAgent)
    if (!agent) return { ignored: 'no_visible_agent' }
    return { work: { email: agent.id, words: firstWords(chat.thread.events) } }
  },
  session: 'fresh',
  afterEnd: 'ignored',
  isOfStart: true,
  catchesUp: false,
  wordsOf: ({ words }) => words,
  handle: (scope, session, { email }) => applyJoined(scope, session, email),
})

const firstWords = (events: LiveChatEvent[]): AgentWords | undefined => {
  for (const event of events) {
    const verdict = visibility(event, 'webhook')
    if (verdict.relay && isHumanAgentId(verdict.authorId)) return { event, ...verdict }
  }
  return undefined
}
