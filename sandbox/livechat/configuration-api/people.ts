import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import type { LiveChatKnobs } from '../knobs'
import type { Agent, Group, WorkSchedule } from '../model'
import { bareAvatar } from '../shapes/agent-view'
import { groupStatus } from '../routing/availability'
import type { World } from '../world'
import { ownerApp, requireScope, type ConfigurationCall, type ConfigurationMethod } from './context'

const BOT_TOKEN_LIFE_MS = 24 * 3600_000

type ExtraField = (agent: Agent, world: World) => unknown

const EXTRA_FIELDS: Record<string, ExtraField> = {
  groups: (agent) => agent.groupIds.map((id) => ({ id, priority: 'normal' })),
  job_title: (agent) => agent.jobTitle,
  max_chats_count: (agent) => agent.maxChats,
  suspended: () => false,
  awaiting_approval: () => false,
  last_logout: () => '2026-01-01T00:00:00.000000Z',
  mobile: () => '',
  notifications: () => [],
  email_subscriptions: () => [],
  work_scheduler: ({ workSchedule }, { knobs }) => workSchedulerShape(workSchedule, knobs.workSchedulerShape),
}

const workSchedulerShape = (schedule: WorkSchedule | undefined, shape: LiveChatKnobs['workSchedulerShape']) => {
  if (shape === 'absent') return undefined
  if (!schedule) return {}
  const { timezone, days } = schedule
  if (shape === 'by_day') return days
  return { timezone, schedule: Object.entries(days).map(([day, hours]) => ({ enabled: true, day, ...hours })) }
}

const fieldsField = z.array(z.string()).optional()

const extrasOf = (world: World, agent: Agent, fields: string[] | undefined): Record<string, unknown> =>
  Object.fromEntries(
    (fields ?? []).flatMap((name) => (name in EXTRA_FIELDS ? [[name, EXTRA_FIELDS[name]?.(agent, world)]] : [])),
  )

const people = (world: World): Agent[] => [...world.agents.values()].filter((agent) => !agent.botOwnerClientId)
const bots = (world: World): Agent[] => [...world.agents.values()].filter((agent) => agent.botOwnerClientId)

/** One method calls it `avatar`, the list calls it `avatar_path`. */
const agentShape = (
  world: World,
  agent: Agent,
  avatarField: 'avatar' | 'avatar_path',
  fields: string[] | undefined,
) => ({
  id: agent.id,
  account_id: agent.accountId,
  name: agent.name,
  [avatarField]: bareAvatar(agent.avatar),
  role: agent.role,
  login_status: agent.status.replaceAll('_', ' '),
  ...extrasOf(world, agent, fields),
})

const getAgent: ConfigurationMethod = (call) => {
  const fields = parseFields(z.object({ id: z.string(), fields: fieldsField }), call.body)
  requireScope(call, fields.id === call.caller.agent.id ? 'agents--my:ro' : 'agents--all:ro')
  const agent = people(call.world).find(({ id }) => id === fields.id)
  if (!agent) throw new ApiError('not_found', 'id: unknown agent')
  return agentShape(call.world, agent, 'avatar', fields.fields)
}

const listAgentsFields = z.object({
  filters: z.object({ group_ids: z.array(z.number().int()).optional(), suspended: z.boolean().optional() }).optional(),
  fields: fieldsField,
})

const listAgents: ConfigurationMethod = (call) => {
  requireScope(call, 'agents--all:ro')
  const { filters, fields } = parseFields(listAgentsFields, call.body)
  return people(call.world)
    .filter((agent) => !filters?.group_ids || agent.groupIds.some((id) => filters.group_ids?.includes(id)))
    .filter(() => filters?.suspended !== true)
    .map((agent) => agentShape(call.world, agent, 'avatar_path', fields))
}

const botShape = (bot: Agent): Record<string, unknown> => ({
  id: bot.id,
  name: bot.name,
  avatar_path: bareAvatar(bot.avatar),
  owner_client_id: bot.botOwnerClientId,
  max_chats_count: bot.maxChats,
  groups: bot.groupIds.map((id) => ({ id, priority: 'normal' })),
})

const listBots: ConfigurationMethod = (call) => {
  requireScope(call, 'agents-bot--my:ro')
  const { all } = parseFields(z.object({ all: z.boolean().default(false), fields: fieldsField }), call.body)
  return bots(call.world)
    .filter((bot) => all || bot.botOwnerClientId === call.caller.clientId)
    .map(({ id, name, avatar }) => ({ id, name, avatar_path: bareAvatar(avatar) }))
}

const getBot: ConfigurationMethod = (call) => {
  requireScope(call, 'agents-bot--my:ro')
  const { id } = parseFields(z.object({ id: z.string(), fields: fieldsField }), call.body)
  const bot = bots(call.world).find((candidate) => candidate.id === id)
  if (!bot) throw new ApiError('not_found', 'id: unknown bot')
  return botShape(bot)
}

const createBotFields = z.object({
  name: z.string(),
  avatar: z.string().optional(),
  max_chats_count: z.number().int().max(500).default(6),
  groups: z.array(z.object({ id: z.number().int(), priority: z.string() })).optional(),
})

/** A new bot gets no chats before its routing status is set. */
const createBot: ConfigurationMethod = (call) => {
  requireScope(call, 'agents-bot--my:rw')
  const { world } = call
  const app = ownerApp(call, true)
  const fields = parseFields(createBotFields, call.body)
  const id = world.ids.hex(32)
  const botSecret = world.ids.secret(40)
  world.agents.set(id, {
    id,
    opaqueId: id,
    accountId: world.ids.uuid(),
    name: fields.name,
    avatar: fields.avatar ?? 'https://cdn.livechatinc.com/avatars/bot.png',
    jobTitle: 'Bot',
    role: 'normal',
    groupIds: fields.groups?.map((group) => group.id) ?? [0],
    status: 'offline',
    maxChats: fields.max_chats_count,
    botOwnerClientId: app.clientId,
    botSecret,
  })
  return { id, secret: botSecret }
}

const botTokenFields = z.object({
  bot_id: z.string(),
  client_id: z.string(),
  bot_secret: z.string(),
  organization_id: z.string(),
})

/** Needs no authorization but the bot's secret. */
export const issueBotToken = (world: World, body: unknown): Record<string, unknown> => {
  const fields = parseFields(botTokenFields, body)
  const bot = world.agents.get(fields.bot_id)
  const fits = bot?.botSecret === fields.bot_secret && bot.botOwnerClientId === fields.client_id
  if (!bot || !fits || fields.organization_id !== world.license.organizationId) throw new ApiError('authentication')
  const token = `eyJ${world.ids.secret(30)}.${world.ids.secret(40)}.${world.ids.secret(30)}`
  world.agentTokens.set(token, {
    agentId: bot.id,
    clientId: fields.client_id,
    scopes: ['chats--access:rw', 'agents-bot--my:rw', 'customers:rw'],
    expiresAtMs: world.clock.nowMs() + BOT_TOKEN_LIFE_MS,
  })
  return { token }
}

const groupShape = ({ world }: ConfigurationCall, group: Group, fields: string[] | undefined) => ({
  id: group.id,
  name: group.name,
  language_code: group.languageCode,
  ...(fields?.includes('agent_priorities')
    ? {
        agent_priorities: Object.fromEntries(
          people(world)
            .filter((agent) => group.id === 0 || agent.groupIds.includes(group.id))
            .map((agent) => [agent.id, 'normal']),
        ),
      }
    : {}),
  ...(fields?.includes('routing_status')
    ? { routing_status: groupStatus(world, [group.id]).replaceAll('_', ' ') }
    : {}),
})

const listGroups: ConfigurationMethod = (call) => {
  requireScope(call, 'groups--all:ro', 'groups--my:ro')
  const { fields } = parseFields(z.object({ fields: fieldsField }), call.body)
  return [...call.world.groups.values()].map((group) => groupShape(call, group, fields))
}

const getGroup: ConfigurationMethod = (call) => {
  requireScope(call, 'groups--all:ro', 'groups--my:ro')
  const { id, fields } = parseFields(z.object({ id: z.number().int(), fields: fieldsField }), call.body)
  const group = call.world.groups.get(id)
  if (!group) throw new ApiError('group_not_found')
  return groupShape(call, group, fields)
}

const listTags: ConfigurationMethod = (call) => {
  requireScope(call, 'tags--all:ro', 'tags--groups:ro')
  return [...call.world.tags].map((name) => ({ name, group_ids: [0] }))
}

export const peopleMethods: Record<string, ConfigurationMethod> = {
  get_agent: getAgent,
  list_agents: listAgents,
  list_bots: listBots,
  get_bot: getBot,
  create_bot: createBot,
  list_groups: listGroups,
  get_group: getGroup,
  list_tags: listTags,
}
