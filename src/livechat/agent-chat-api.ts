import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { createAgentCall, type AgentAccess } from './agent-call'
import { taggedChatAnswer } from './agent-schema'
import { isApiErrorOfType } from './errors'
import type { Http } from './transport/http'
import { nothing } from './schema'

const baseUrl = 'https://api.livechatinc.com/v3.6/agent/action'
const repeatable = { isRepeatable: true }

/**
 * The methods of LiveChat's Agent Chat Web API 3.6 that we use. They act as the token's owner, so we send no messages
 * with them.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError
 */
export const createAgentChatApi = (runtime: Runtime, http: Http, access: AgentAccess, deadline: Deadline) => {
  const call = createAgentCall(runtime, http, baseUrl, access, deadline)
  return {
    /** The chat tags of a thread. A read with the customer's token does not show them. */
    getThreadTags: async (chatId: string, threadId: string): Promise<string[]> => {
      const body = { chat_id: chatId, thread_id: threadId }
      return (await call('get_chat', body, taggedChatAnswer, repeatable)).thread.tags
    },

    /** Fails if the license does not have the tag (case-sensitive). Setting a tag again changes nothing. */
    tagThread: async (chatId: string, threadId: string, tag: string): Promise<void> => {
      await call('tag_thread', { chat_id: chatId, thread_id: threadId, tag }, nothing, repeatable)
    },

    /** Closes the open thread of a chat in which the token's owner is not. Succeeds if none is open. */
    deactivateChat: async (chatId: string): Promise<void> => {
      try {
        await call('deactivate_chat', { id: chatId, ignore_requester_presence: true }, nothing, repeatable)
      } catch (error) {
        if (!isApiErrorOfType(error, 'chat_inactive')) throw error
      }
    },

    /** Takes a chat out of the agents' list of unassigned chats. */
    unpinChat: async (chatId: string): Promise<void> => {
      const body = { id: chatId, properties: { routing: { pinned: false } } }
      await call('update_chat_properties', body, nothing, repeatable)
    },
  }
}
export type AgentChatApi = ReturnType<typeof createAgentChatApi>
