import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { createAgentCall, type AgentAccess } from './agent-access'
import { taggedChatAnswer } from './agent-schema'
import type { Http } from './http'
import { nothing } from './schema'

const baseUrl = 'https://api.livechatinc.com/v3.6/agent/action'
const repeatable = { isRepeatable: true }

/**
 * What we use of LiveChat's Agent Chat Web API 3.6. It acts as the token's owner, so nothing is written into chats with it.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError
 */
export const createAgentChatApi = (runtime: Runtime, http: Http, access: AgentAccess, deadline: Deadline) => {
  const call = createAgentCall(runtime, http, baseUrl, access, deadline)
  return {
    /** A customer's read does not show tags. */
    getThreadTags: async (chatId: string, threadId: string): Promise<string[]> => {
      const body = { chat_id: chatId, thread_id: threadId }
      return (await call('get_chat', body, taggedChatAnswer, repeatable)).thread.tags
    },

    /** Fails for a tag that the license does not have: capital letters count. A tag that is set already stays set. */
    tagThread: async (chatId: string, threadId: string, tag: string): Promise<void> => {
      await call('tag_thread', { chat_id: chatId, thread_id: threadId, tag }, nothing, repeatable)
    },
  }
}
export type AgentChatApi = ReturnType<typeof createAgentChatApi>
