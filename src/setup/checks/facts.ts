import type { LiveChatApp } from '../../livechat/accounts'
import type { AgentAccess } from '../../livechat/agent-call'
import { createAgentChatApi, type AgentChatApi } from '../../livechat/agent-chat-api'
import type { LiveChatGroup, LiveChatWebhook } from '../../livechat/agent-schema'
import { createConfigurationApi, type ConfigurationApi } from '../../livechat/configuration-api'
import { createCustomerApi, type CustomerCredentials } from '../../livechat/customer-api'
import { isApiErrorOfType } from '../../livechat/errors'
import type { Http } from '../../livechat/transport/http'
import { watchClock, type SeenClock } from '../../livechat/transport/watch-clock'
import type { Settings } from '../../operation/settings'
import type { Deadline } from '../../shared/deadline'
import type { Runtime } from '../../shared/runtime'
import { webhooksOf, type InstallationWebhooks } from '../webhooks/wanted-webhooks'
import { ask, unasked, type Fact, type Finding } from './finding'

/** What the checks need. There is no Botpress client in it, so that the checks can also run in a terminal. */
export type CheckContext = {
  runtime: Runtime
  http: Http
  settings: Settings
  app: LiveChatApp
  /** The deadline of the operation. A terminal has none. */
  deadline?: Deadline | undefined
  /**
   * Gets a new token for the stored probe customer. If this succeeds, the settings are right. `keep` stores the
   * customer.
   */
  probe: (deadline: Deadline) => Promise<{ credentials: CustomerCredentials; keep: () => Promise<void> }>
  /** Absent if there is no agent access, or if the checks must not use it. */
  agentAccess?: AgentAccess | undefined
  /**
   * When a webhook of each action was last accepted, in milliseconds since 1970. Absent when a configuration is saved,
   * and in a terminal: there the checks do not look it up.
   */
  readLastWebhooks?: () => Promise<Record<string, number>>
}

/** LiveChat's answers to calls with the agent's token. */
export type AgentFacts = {
  webhooks: Fact<InstallationWebhooks & { seen: LiveChatWebhook[] }>
  webhooksEnabled: Fact<boolean>
  group: Fact<LiveChatGroup>
  agents: Fact<unknown>
  /** Properties of the license in the namespace `chats`, by name. */
  chatSettings: Fact<Record<string, unknown>>
  tags: Fact<unknown>
}

/** Everything that the checks judge, gathered in as few calls as possible. */
export type Facts = {
  settings: Settings
  app: LiveChatApp
  nowMs: number
  /** `region` gives the data center that LiveChat has named, if any. */
  token: Fact<{ region: () => string | undefined }>
  groupStatuses: Fact<Record<string, string>>
  agentSide: AgentFacts | undefined
  accepted: Fact<Record<string, number>>
  clock: SeenClock | undefined
}

/** A check. It judges the facts and makes no calls. */
export type Judge = { id: string; title: string; judge: (facts: Facts) => Finding }

export const gatherFacts = async (context: CheckContext): Promise<Facts> => {
  const { runtime, settings, app, agentAccess, readLastWebhooks } = context
  const { http, seen } = watchClock(runtime, context.http)
  const [customerSide, agentSide, accepted] = await Promise.all([
    askAsCustomer(context, http),
    agentAccess && askAsAgent(context, agentAccess, http),
    readLastWebhooks
      ? ask(context, readLastWebhooks)
      : unasked('only the bot keeps a record of it: run its action Diagnose'),
  ])
  return { settings, app, nowMs: runtime.nowMs(), ...customerSide, agentSide, accepted, clock: seen() }
}

const askAsCustomer = async (context: CheckContext, http: Http): Promise<Pick<Facts, 'token' | 'groupStatuses'>> => {
  const { runtime, settings, app, probe } = context
  const probed = await ask(context, probe)
  if (probed.kind !== 'known') return { token: probed, groupStatuses: unasked('there is no token') }
  const { credentials, keep } = probed.value
  const [kept, groupStatuses] = await Promise.all([
    ask(context, keep),
    ask(context, (deadline) =>
      createCustomerApi(runtime, http, app.organizationId, credentials, deadline).listGroupStatuses([
        settings.groupId ?? 0,
      ]),
    ),
  ])
  if (kept.kind === 'failed') return { token: kept, groupStatuses }
  return { token: { kind: 'known', value: { region: () => credentials.region } }, groupStatuses }
}

/**
 * No chat has this id. If LiveChat answers that there is no such chat, the token may read chat tags. If the token lacks
 * the scope, LiveChat answers with another error.
 */
const noChat = 'NONE000000'

const askAsAgent = async (context: CheckContext, access: AgentAccess, http: Http): Promise<AgentFacts> => {
  const { runtime, settings, app } = context
  const askApi = <T>(question: (api: ConfigurationApi) => Promise<T>): Promise<Fact<T>> =>
    ask(context, (deadline) => question(createConfigurationApi(runtime, http, access, app.clientId, deadline)))
  const [webhooks, webhooksEnabled, group, agents, chatSettings, tags] = await Promise.all([
    askApi(async (api) => {
      const [seen, webhooks] = await Promise.all([api.listWebhooks(), webhooksOf(app, settings)])
      return { seen, ...webhooks }
    }),
    askApi((api) => api.licenseWebhooksEnabled()),
    askApi((api) => api.getGroup(settings.groupId ?? 0)),
    askApi((api) => api.listAgents()),
    askApi((api) => api.listChatSettings()),
    ask(context, (deadline) => readNoChat(createAgentChatApi(runtime, http, access, deadline))),
  ])
  return { webhooks, webhooksEnabled, group, agents, chatSettings, tags }
}

/** We assume that LiveChat checks the scopes of a token before it looks for the chat. No document says so. */
const readNoChat = async (api: AgentChatApi): Promise<void> => {
  try {
    await api.getThreadTags(noChat, noChat)
  } catch (error) {
    if (!isApiErrorOfType(error, 'not_found', 'validation', 'missing_access')) throw error
  }
}
