import type { Deadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { createAgentCall, type AgentAccess } from './agent-call'
import * as schema from './agent-schema'
import { isApiErrorOfType } from './errors'
import type { Http } from './transport/http'
import { nothing } from './schema'
import { readWorkSchedule, type WorkSchedule } from './work-schedule'

export type NewWebhook = {
  action: string
  url: string
  secretKey: string
  description: string
  filters: Record<string, unknown>
  /** What each delivery tells about its chat. */
  additionalData?: string[]
}

const baseUrl = 'https://api.livechatinc.com/v3.6/configuration/action'
const repeatable = { isRepeatable: true }
const groupFields = ['agent_priorities', 'routing_status']

/**
 * The methods of LiveChat's Configuration API 3.6 that we use. They act as the owner of a Personal Access Token. The
 * webhook methods work on the webhooks of the app `clientId`. Changes may take two minutes to take effect.
 * @throws LiveChatApiError, LiveChatNetworkError, LiveChatTimeoutError, LiveChatSchemaError
 */
export const createConfigurationApi = (
  runtime: Runtime,
  http: Http,
  access: AgentAccess,
  clientId: string,
  deadline: Deadline,
) => {
  const call = createAgentCall(runtime, http, baseUrl, access, deadline)
  const owner = { owner_client_id: clientId }

  return {
    /** All webhooks of the app, including those that we did not register. LiveChat does not show their secrets. */
    listWebhooks: async (): Promise<schema.LiveChatWebhook[]> =>
      call('list_webhooks', owner, schema.webhookListAnswer, repeatable),

    /**
     * Returns the new webhook's id. Does not retry a call that may have taken effect, because the retry could register
     * a second webhook. Fails if the app already has three webhooks for this action, probably with `limit_reached`: no
     * document names the error.
     */
    registerWebhook: async (webhook: NewWebhook): Promise<string> => {
      const { secretKey: secret_key, additionalData: additional_data, ...given } = webhook
      const body = { ...owner, type: 'license', ...given, secret_key, additional_data }
      return (await call('register_webhook', body, schema.webhookRegisteredAnswer, { isRepeatable: false })).id
    },

    /** Succeeds if the webhook does not exist. */
    unregisterWebhook: async (id: string): Promise<void> => {
      try {
        await call('unregister_webhook', { ...owner, id }, nothing, repeatable)
      } catch (error) {
        if (!isApiErrorOfType(error, 'not_found')) throw error
      }
    },

    /** Whether LiveChat sends the app's webhooks for this license at all. Installing the app switches them on. */
    licenseWebhooksEnabled: async (): Promise<boolean> =>
      (await call('get_license_webhooks_state', owner, schema.webhooksStateAnswer, repeatable))
        .license_webhooks_enabled,

    /**
     * Switches the webhooks on again after someone has switched them off. Has no effect if the app is not installed.
     */
    enableLicenseWebhooks: async (): Promise<void> => {
      await call('enable_license_webhooks', owner, nothing, repeatable)
    },

    /** An agent's profile by e-mail address. Fails with `not_found` for a bot. */
    getAgent: async (email: string): Promise<schema.LiveChatAgent> =>
      call('get_agent', { id: email }, schema.agentAnswer, repeatable),

    /** All agents, without bots. */
    listAgents: async (): Promise<schema.LiveChatAgent[]> =>
      call('list_agents', {}, schema.agentListAnswer, repeatable),

    /**
     * The work schedules of the agents who may answer, of one group or of all. Suspended agents, and those who wait for
     * approval, are left out. Group 0 has all agents.
     */
    listWorkSchedules: async (groupId: number | undefined): Promise<(WorkSchedule | 'none' | 'unreadable')[]> => {
      const filters = groupId ? { filters: { group_ids: [groupId] } } : {}
      const body = { ...filters, fields: ['work_scheduler', 'suspended', 'awaiting_approval'] }
      return (await call('list_agents', body, schema.agentListAnswer, repeatable))
        .filter(({ suspended, awaiting_approval }) => !suspended && !awaiting_approval)
        .map(({ work_scheduler }) => readWorkSchedule(work_scheduler))
    },

    /** The properties of the license in the namespace `chats`, by name. */
    listChatSettings: async (): Promise<Record<string, unknown>> =>
      (await call('list_license_properties', { namespace: 'chats' }, schema.licensePropertiesAnswer, repeatable))[
        'chats'
      ] ?? {},

    /** All groups, with their agents and whether anyone in them accepts chats. */
    listGroups: async (): Promise<schema.LiveChatGroup[]> =>
      call('list_groups', { fields: groupFields }, schema.groupListAnswer, repeatable),

    /** One group, as in `listGroups`. Fails with `group_not_found` if it does not exist. */
    getGroup: async (id: number): Promise<schema.LiveChatGroup> =>
      call('get_group', { id, fields: groupFields }, schema.groupAnswer, repeatable),
  }
}
export type ConfigurationApi = ReturnType<typeof createConfigurationApi>
