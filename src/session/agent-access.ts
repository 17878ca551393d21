import type { AgentAccess } from '../livechat/agent-access'
import { isPerson } from '../content/people'
import { createAgentChatApi, type AgentChatApi } from '../livechat/agent-chat-api'
import { createConfigurationApi, type ConfigurationApi } from '../livechat/configuration-api'
import { isApiErrorOfType, LiveChatApiError, LiveChatError } from '../livechat/errors'
import { DeadlineExceededError } from '../shared/deadline'
import { withBudget, type Scope } from './scope'

/** LiveChat's agent side: every function here answers `undefined` when the configuration gives no access to it. */

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
      return memory.agentRegions.get(region)?.name
    },
    followRegion: (name) => void memory.agentRegions.set(region, { name }),
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

/** An agent's profile. `undefined` for a bot, which has none, and when it cannot be read within `budgetMs`. */
export const readAgentProfile = (scope: Scope, email: string, budgetMs: number) =>
  comfort(scope, budgetMs, { scope: 'agents--all:ro', lost: 'agent_profile_not_read' }, async (limited) => {
    if (!isPerson(email)) return undefined
    try {
      return await configurationApiOf(limited)?.getAgent(email)
    } catch (error) {
      if (isApiErrorOfType(error, 'not_found')) return undefined
      throw error
    }
  })

/** The tags of a thread. `undefined` when they cannot be read within `budgetMs`. */
export const readThreadTags = (scope: Scope, chatId: string, threadId: string, budgetMs: number) =>
  comfort(scope, budgetMs, { scope: 'chats--all:ro', lost: 'tags_not_read' }, async (limited) =>
    agentChatApiOf(limited)?.getThreadTags(chatId, threadId),
  )

/** Sets one tag. @returns `true` when it is set; the log says why not. */
export const setThreadTag = (scope: Scope, chatId: string, threadId: string, tag: string, budgetMs: number) =>
  comfort(scope, budgetMs, { scope: 'chats--all:rw', lost: 'tag_not_set' }, async (limited) => {
    await agentChatApiOf(limited)?.tagThread(chatId, threadId, tag)
    return true
  })

type Comfort = {
  /** What the token must be allowed to do. */
  scope: string
  /** What the log says when it did not work. */
  lost: string
}

const refusalRestMs = 3_600_000

/**
 * Does without what the agent side does not give in time: it is never worth a message. A token that is refused, or lacks
 * the scope, is not tried again for an hour: each try is billed, and each would leave a line in the log.
 */
const comfort = async <T>(
  scope: Scope,
  budgetMs: number,
  { scope: needed, lost }: Comfort,
  run: (limited: Scope) => Promise<T | undefined>,
): Promise<T | undefined> => {
  const { settings, memory, runtime, log } = scope
  if (!settings.agentAccess) return undefined
  // A new token is tried at once.
  const refusalKey = scope.key('agent-refused', needed, settings.agentAccess.personalAccessToken)
  const refused = memory.agentRefusals.get(refusalKey)
  if (refused && runtime.nowMs() - refused.atMs < refusalRestMs) return undefined
  try {
    return await withBudget(scope, Math.min(budgetMs, scope.deadline.remainingMs()), run)
  } catch (error) {
    if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
    if (isApiErrorOfType(error, 'authorization', 'authentication')) {
      memory.agentRefusals.set(refusalKey, { atMs: runtime.nowMs() })
      log.warn('agent_access_refused', { lost, error: error.type, neededScope: needed })
    } else {
      log.warn(lost, { error: error instanceof LiveChatApiError ? `${error.name} ${error.type}` : error.name })
    }
    return undefined
  }
}
