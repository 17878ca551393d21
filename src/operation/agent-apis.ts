import type { AgentAccess } from '../livechat/agent-call'
import { createAgentChatApi, type AgentChatApi } from '../livechat/agent-chat-api'
import { createConfigurationApi, type ConfigurationApi } from '../livechat/configuration-api'
import { isApiErrorOfType } from '../livechat/errors'
import { isHumanAgentId } from '../livechat/schema'
import { bestEffort } from './best-effort'
import { raiseIssue } from './failures/raise-issue'
import type { Scope } from './scope'
import { declareCache } from '../shared/cache'

/** The data center that LiveChat has named for an agent's token. */
const regions = declareCache<{ name: string }>(500)

/** Calls with agent access. Without agent access, each function here returns `undefined`. */

export const agentAccessOf = ({
  settings,
  memory,
  key,
}: Pick<Scope, 'settings' | 'memory' | 'key'>): AgentAccess | undefined => {
  if (!settings.agentAccess) return undefined
  const region = key('agent-region', settings.agentAccess.accountId)
  return {
    ...settings.agentAccess,
    get region() {
      return regions(memory).get(region)?.name
    },
    followRegion: (name) => void regions(memory).set(region, { name }),
  }
}

export const configurationApiOf = (scope: Scope): ConfigurationApi | undefined => {
  const access = agentAccessOf(scope)
  const { runtime, memory, app, deadline } = scope
  return access && createConfigurationApi(runtime, memory.http, access, app.clientId, deadline)
}

const agentChatApiOf = (scope: Scope): AgentChatApi | undefined => {
  const access = agentAccessOf(scope)
  return access && createAgentChatApi(scope.runtime, scope.memory.http, access, scope.deadline)
}

/**
 * Reads an agent's profile. Returns `undefined` for a bot, because bots have no profile, and if the profile cannot be
 * read within `budgetMs`.
 */
export const readAgentProfile = (scope: Scope, email: string, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'agents--all:ro', code: 'agent_profile_not_read' }, async (limited) => {
    if (!isHumanAgentId(email)) return undefined
    try {
      return await configurationApiOf(limited)?.getAgent(email)
    } catch (error) {
      if (isApiErrorOfType(error, 'not_found')) return undefined
      throw error
    }
  })

/**
 * Reads when the agents of a group, or of all groups, work. `undefined` without agent access, or if this cannot be read
 * within `budgetMs`.
 */
export const readWorkSchedules = (scope: Scope, groupId: number | undefined, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'agents--all:ro', code: 'opening_hours_not_read' }, async (limited) =>
    configurationApiOf(limited)?.listWorkSchedules(groupId),
  )

/** Reads the chat tags of a thread. `undefined` if they cannot be read within `budgetMs`. */
export const readThreadTags = (scope: Scope, chatId: string, threadId: string, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'chats--all:ro', code: 'chat_tags_not_read' }, async (limited) =>
    agentChatApiOf(limited)?.getThreadTags(chatId, threadId),
  )

/**
 * Sets one chat tag.
 * @returns `true` if the tag is set. Otherwise the log says why, but only once an hour if LiveChat refuses the token
 */
export const setThreadTag = (scope: Scope, chatId: string, threadId: string, tag: string, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'chats--all:rw', code: 'chat_tag_not_set' }, async (limited) => {
    await agentChatApiOf(limited)?.tagThread(chatId, threadId, tag)
    return true
  })

/** Takes a closed chat out of the agents' list of unassigned chats. */
export const unpinChat = (scope: Scope, chatId: string, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'chats--all:rw', code: 'chat_left_pinned' }, async (limited) => {
    await agentChatApiOf(limited)?.unpinChat(chatId)
    return true
  })

/** Closes a chat that its customer cannot close. @returns `true` if the chat is closed */
export const closeChatAsAgent = (scope: Scope, chatId: string, budgetMs: number) =>
  optionally(scope, budgetMs, { scope: 'chats--all:rw', code: 'chat_not_closed_as_agent' }, async (limited) => {
    await agentChatApiOf(limited)?.deactivateChat(chatId)
    return true
  })

type Optional = {
  /** The scope that the token needs. */
  scope: string
  /** Log code for a failure. */
  code: string
}

/**
 * If LiveChat refuses a token, or the token lacks a scope, we do not use the token for that scope for this long. Each
 * attempt is billed, and adds a line to the log.
 */
const refusalPauseMs = 3_600_000
/** When LiveChat last refused a token for a scope. */
const refusals = declareCache<{ atMs: number }>(500)

/**
 * Makes an optional call to the agent APIs. If the call fails or takes longer than `budgetMs`, the result is
 * `undefined`. So no message waits longer than `budgetMs`.
 */
const optionally = async <T>(
  scope: Scope,
  budgetMs: number,
  { scope: needed, code }: Optional,
  run: (limited: Scope) => Promise<T | undefined>,
): Promise<T | undefined> => {
  const { settings, memory, runtime, log } = scope
  if (!settings.agentAccess) return undefined
  // The key contains the token, so that a new token is tried at once.
  const key = scope.key('agent-refused', needed, settings.agentAccess.personalAccessToken)
  const refused = refusals(memory).get(key)
  if (refused && runtime.nowMs() - refused.atMs < refusalPauseMs) return undefined
  return bestEffort(scope, { budgetMs, code }, async (limited) => {
    try {
      return await run(limited)
    } catch (error) {
      if (!isApiErrorOfType(error, 'authorization', 'authentication')) throw error
      refusals(memory).set(key, { atMs: runtime.nowMs() })
      log.warn('agent_access_refused', { code, error: error.type, neededScope: needed })
      raiseIssue(scope, 'token_refused', { error: error.type, neededScope: needed })
      return undefined
    }
  })
}
