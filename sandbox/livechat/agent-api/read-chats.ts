import { z } from 'zod'
import { threadOf } from '../chats/find'
import { ApiError, parseFields } from '../errors'
import type { Chat } from '../model'
import { pageOf } from '../paging'
import { agentChat, agentChatSummary, agentThread } from '../shapes/agent-view'
import { activeThread, lastThread } from '../world'
import { accessibleChat, canAccess, checkAccess, type AgentCall, type AgentMethod } from './context'

/** Agents of role `normal` see stubs of deleted events. */
const seesDeleted = ({ agent }: AgentCall): boolean => agent.role !== 'normal'

const pageFields = { sort_order: z.enum(['asc', 'desc']).optional(), page_id: z.string().optional() }

export const getChat: AgentMethod = (call) => {
  const fields = parseFields(z.object({ chat_id: z.string(), thread_id: z.string().optional() }), call.body)
  const chat = accessibleChat(call, fields.chat_id)
  const thread = fields.thread_id === undefined ? lastThread(chat) : threadOf(chat, fields.thread_id)
  if (thread) checkAccess(call, thread.groupIds)
  return agentChat(call.world, chat, thread, call.version, seesDeleted(call))
}

const listChatsFields = z.object({
  filters: z
    .object({
      active: z.boolean().optional(),
      include_chats_without_threads: z.boolean().optional(),
      group_ids: z.array(z.number().int()).max(200).optional(),
      properties: z.record(z.record(z.record(z.unknown()))).optional(),
    })
    .optional(),
  limit: z.number().int().min(1).max(100).optional(),
  ...pageFields,
})

type PropertyFilters = Record<string, Record<string, Record<string, unknown>>> | undefined

export const listChats: AgentMethod = (call) => {
  const { filters, ...page } = parseFields(listChatsFields, call.body)
  if (filters && page.page_id !== undefined)
    throw new ApiError('validation', 'filters: do not go together with page_id')
  const chats = [...call.world.chats.values()].filter(
    (chat) =>
      canAccess(call, chat.groupIds) &&
      (filters?.active === undefined || (activeThread(chat) !== undefined) === filters.active) &&
      (!filters?.group_ids || chat.groupIds.some((groupId) => filters.group_ids?.includes(groupId))) &&
      fitsProperties(chat, filters?.properties),
  )
  const { items, ...pages } = pageOf(call.world, chats, page, 10)
  return {
    chats_summary: items.map((chat) => agentChatSummary(call.world, chat, call.version)),
    found_chats: chats.length,
    ...pages,
  }
}

const fitsProperties = (chat: Chat, filters: PropertyFilters): boolean =>
  Object.entries(filters ?? {}).every(([namespace, names]) =>
    Object.entries(names).every(([name, { exists, values, exclude_values }]) => {
      const value = chat.properties[namespace]?.[name]
      if (exists !== undefined) return (value !== undefined) === exists
      if (Array.isArray(values)) return values.includes(value)
      return !Array.isArray(exclude_values) || !exclude_values.includes(value)
    }),
  )

const listThreadsFields = z.object({
  chat_id: z.string(),
  limit: z.number().int().min(1).max(100).optional(),
  filters: z.object({ from: z.string().optional(), to: z.string().optional() }).optional(),
  ...pageFields,
})

export const listThreads: AgentMethod = (call) => {
  const { chat_id, filters, ...page } = parseFields(listThreadsFields, call.body)
  const chat = accessibleChat(call, chat_id)
  const threads = chat.threads.filter(
    (thread) =>
      (!filters?.from || Date.parse(thread.createdAt) >= Date.parse(filters.from)) &&
      (!filters?.to || Date.parse(thread.createdAt) <= Date.parse(filters.to)),
  )
  const { items, ...pages } = pageOf(call.world, threads, page, 3)
  return {
    threads: items.map((thread) => agentThread(call.world, chat, thread, seesDeleted(call))),
    found_threads: threads.length,
    ...pages,
  }
}

const listArchivesFields = z.object({ limit: z.number().int().min(1).max(100).optional(), ...pageFields })

/** Closed threads as chats; the filters of this method are not modelled. */
export const listArchives: AgentMethod = (call) => {
  const fields = parseFields(listArchivesFields, call.body)
  const archived = [...call.world.chats.values()]
    .filter((chat) => canAccess(call, chat.groupIds))
    .flatMap((chat) => chat.threads.filter((thread) => !thread.active).map((thread) => ({ chat, thread })))
  const { items, ...pages } = pageOf(call.world, archived, fields, 10)
  return {
    chats: items.map(({ chat, thread }) => agentChat(call.world, chat, thread, call.version, seesDeleted(call))),
    found_chats: archived.length,
    ...pages,
  }
}
