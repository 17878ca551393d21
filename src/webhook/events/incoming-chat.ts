import { applyJoined, isVisibleAgent } from '../joined-agent'
import { incomingChatSchema } from '../schema'
import { webhookAction } from '../action-runner'

/** A thread was opened. An agent may be in it already. */
export const incomingChat = webhookAction({
  schema: incomingChatSchema,
  threadOf: ({ chat }) => ({ livechatChatId: chat.id, livechatThreadId: chat.thread.id }),
  prepare: (_scope, { chat }) => {
    const agent = chat.users.find(isVisibleAgent)
    return agent ? { work: agent.id } : { ignored: 'no_visible_agent' }
  },
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: false,
  handle: applyJoined,
})
