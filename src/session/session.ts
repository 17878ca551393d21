/** One HITL session: a LiveChat thread and the Botpress conversation that stands for it. */
export type Session = {
  conversationId: string
  /** When the conversation came to be: the plugin's drop window is counted from here. */
  createdAtMs: number
  livechatChatId: string
  livechatThreadId: string
  livechatCustomerId: string
  botpressUserId: string
  /** Botpress user of the agent last announced; `inQueue` when the chat went back to a queue after one; absent before any. */
  assignedAgentUserId: string | undefined
  /** When the above was read: who was announced last may have changed since, in another worker. */
  readAtMs: number
}

export const inQueue = 'queue'

type ConversationLike = { id: string; createdAt: string; tags: Record<string, string | undefined> }

/** The session of a conversation, or `undefined` for a conversation that is not one of ours. */
export const toSession = ({ id, createdAt, tags }: ConversationLike, readAtMs: number): Session | undefined => {
  const { livechatChatId, livechatThreadId, livechatCustomerId, botpressUserId, assignedAgentUserId } = tags
  if (!livechatChatId || !livechatThreadId || !livechatCustomerId || !botpressUserId) return undefined
  return {
    conversationId: id,
    createdAtMs: Date.parse(createdAt),
    livechatChatId,
    livechatThreadId,
    livechatCustomerId,
    botpressUserId,
    assignedAgentUserId: assignedAgentUserId === '' ? undefined : assignedAgentUserId,
    readAtMs,
  }
}
