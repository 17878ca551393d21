import { ApiError } from './errors'
import type { Agent, AgentRole, Customer, RoutingStatus, WorkSchedule } from './model'
import type { World } from './world'
import { closeThread } from './chats/close-thread'
import { serveQueue } from './routing/assign'
import { activeThread, findChatOf } from './world'

/** Scopes that only administrators may hold. */
const ADMINISTRATOR_SCOPE = /^(chats--all|webhooks|properties|customers:own|agents--all:rw|agents-bot--(my|all):rw)/
const DAY_MS = 24 * 3600_000
const EIGHT_HOURS_MS = 8 * 3600_000

export type NewAgent = {
  email: string
  name: string
  avatar?: string
  jobTitle?: string
  role?: AgentRole
  groupIds?: number[]
  status?: RoutingStatus
  maxChats?: number
}

/** What the owner of the license sets up, and what can happen to the license. */
export const createLicense = (world: World) => {
  const addMember = (agent: Omit<Agent, 'opaqueId' | 'accountId'>, opaqueId = world.ids.hex(32)): Agent => {
    const complete: Agent = { ...agent, opaqueId, accountId: world.ids.uuid() }
    world.agents.set(agent.id, complete)
    serveQueue(world)
    return complete
  }
  const customer = (customerId: string): Customer => {
    const found = world.customers.get(customerId)
    if (!found) throw new ApiError('not_found', `no customer ${customerId}`)
    return found
  }

  return {
    organizationId: world.license.organizationId,
    addApp: (app: { clientId: string; redirectUris: string[]; installed?: boolean; isOfOthers?: boolean }): void =>
      void world.apps.set(app.clientId, {
        clientId: app.clientId,
        redirectUris: app.redirectUris,
        installed: app.installed ?? true,
        webhooksEnabled: true,
        isOfOthers: app.isOfOthers ?? false,
      }),
    /** Webhooks of an app are sent only while it is installed. */
    setInstalled: (clientId: string, installed: boolean): void => {
      const app = world.apps.get(clientId)
      if (app) app.installed = installed
    },
    /** As with `disable_license_webhooks`: webhooks stay off until they are enabled, whichever apps are installed. */
    disableWebhooks: (clientId: string): void => {
      const app = world.apps.get(clientId)
      if (app) app.webhooksEnabled = false
    },
    addGroup: (group: { id: number; name: string; languageCode?: string }): void =>
      void world.groups.set(group.id, { languageCode: 'en', ...group }),
    addAgent: (agent: NewAgent): Agent =>
      addMember({
        id: agent.email,
        name: agent.name,
        avatar: agent.avatar ?? `https://cdn.livechatinc.com/avatars/${world.agents.size + 1}.png`,
        jobTitle: agent.jobTitle ?? 'Support Agent',
        role: agent.role ?? 'normal',
        groupIds: agent.groupIds ?? [0],
        status: agent.status ?? 'accepting_chats',
        maxChats: agent.maxChats ?? 20,
      }),
    /** Sets an agent's working hours, by weekday in lower case. */
    setWorkSchedule: (email: string, workSchedule: WorkSchedule): void => {
      const agent = world.agents.get(email)
      if (!agent) throw new ApiError('not_found', `no agent ${email}`)
      agent.workSchedule = workSchedule
    },
    /** Adds one of LiveChat's bots. Its id is opaque everywhere. */
    addBot: (bot: { name: string; groupIds?: number[]; ownerClientId?: string; status?: RoutingStatus }): Agent => {
      const id = world.ids.hex(32)
      return addMember(
        {
          id,
          name: bot.name,
          avatar: 'https://cdn.livechatinc.com/avatars/bot.png',
          jobTitle: 'Bot',
          role: 'normal',
          groupIds: bot.groupIds ?? [0],
          status: bot.status ?? 'accepting_chats',
          maxChats: 500,
          botOwnerClientId: bot.ownerClientId ?? 'livechat',
        },
        id,
      )
    },
    /** Returns the Base64 text that follows `Basic `. */
    addPat: (pat: { agentEmail: string; scopes: string[] }): string => {
      const accountId = world.agents.get(pat.agentEmail)?.accountId
      if (!accountId) throw new ApiError('not_found', `no agent ${pat.agentEmail}`)
      const agent = world.agents.get(pat.agentEmail)
      const tooHigh = agent?.role === 'normal' ? pat.scopes.find((scope) => ADMINISTRATOR_SCOPE.test(scope)) : undefined
      if (tooHigh) throw new ApiError('authorization', `role normal may not hold the scope ${tooHigh}`)
      const token = `${world.knobs.region === 'none' ? 'us' : world.knobs.region}:${world.ids.secret(40)}`
      world.pats.set(token, { accountId, agentId: pat.agentEmail, scopes: pat.scopes })
      return Buffer.from(`${accountId}:${token}`).toString('base64')
    },
    revokePats: (): void => world.pats.clear(),
    /** An OAuth access token of an agent, as from the code flow, which is not modelled. */
    addAgentToken: (token: { agentEmail: string; clientId: string; scopes: string[] }): string => {
      const text = `dal:agent_${world.ids.secret(32)}`
      const { agentEmail: agentId, clientId, scopes } = token
      world.agentTokens.set(text, { agentId, clientId, scopes, expiresAtMs: world.clock.nowMs() + EIGHT_HOURS_MS })
      return text
    },
    addTag: (tag: string): void => void world.tags.add(tag),
    setProperty: (namespace: string, name: string, value: unknown): void => {
      world.license.properties[namespace] = { ...world.license.properties[namespace], [name]: value }
    },
    expire: (): void => {
      world.license.isExpired = true
    },
    renew: (): void => {
      world.license.isExpired = false
    },
    /** Makes all customer tokens expire now. Cookies stay valid. */
    expireTokens: (): void => world.customerTokens.clear(),
    /** Makes the customer's cookies invalid: the next token call silently makes a new customer. */
    forgetIdentity: (customerId: string): void => customer(customerId).cookieSecrets.clear(),
    banCustomer: (customerId: string, days = 1): void => banCustomer(world, customer(customerId), days),
    anonymizeChat: (chatId: string): void => {
      const chat = world.chats.get(chatId)
      if (chat) chat.isAnonymized = true
    },
    customers: (): { id: string; name?: string; email?: string }[] =>
      [...world.customers.values()].map(({ id, name, email }) => ({
        id,
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
      })),
    agents: (): Agent[] => [...world.agents.values()],
    groups: (): { id: number; name: string }[] => [...world.groups.values()],
  }
}

/** Bans a customer, and closes the thread if one is open. */
export const banCustomer = (world: World, customer: Customer, days: number): void => {
  customer.bannedUntilMs = world.clock.nowMs() + days * DAY_MS
  world.effect('customer_banned', { customerId: customer.id, days })
  const chat = findChatOf(world, customer.id)
  const thread = chat ? activeThread(chat) : undefined
  if (!chat || !thread) return
  closeThread(world, chat, thread, {
    actor: { kind: 'system' },
    reason: 'customer_banned',
    variables: { days: String(days) },
  })
}
