import { z } from 'zod'
import { closeThread } from '../chats/close-thread'
import { checkDraft, eventDraft, type EventDraft } from '../chats/event-draft'
import { checkOpening, createChat, openThread, type Opened, type Opening } from '../chats/open-thread'
import { displayName } from '../chats/system-messages'
import { addAgent, isPresent } from '../chats/members'
import { ApiError, parseFields } from '../errors'
import type { Chat } from '../model'
import { checkWritable, propertiesField } from '../properties'
import { activeThread, findChatOf } from '../world'
import { accessibleChat, agentWithId, checkAccess, requirePresence, type AgentCall, type AgentMethod } from './context'

const chatFields = z.object({
  properties: propertiesField.optional(),
  access: z.object({ group_ids: z.array(z.number().int()).min(1) }).optional(),
  users: z.array(z.object({ id: z.string(), type: z.enum(['agent', 'customer']) })).optional(),
  thread: z.object({ events: z.array(eventDraft).optional(), properties: propertiesField.optional() }).optional(),
})
const modeFields = { active: z.boolean().default(true), continuous: z.boolean().optional() }
const startFields = z.object({ chat: chatFields.optional(), ...modeFields })
const resumeFields = z.object({ chat: chatFields.extend({ id: z.string() }), ...modeFields })

type ChatFields = z.infer<typeof chatFields> | undefined

/** A chat without a customer is not modelled, though the fields would allow it. */
export const startChat: AgentMethod = (call) => {
  const { world, actor } = call
  const fields = parseFields(startFields, call.body)
  const customers = fields.chat?.users?.filter((user) => user.type === 'customer') ?? []
  const customerId = customers[0]?.id
  if (customers.length !== 1 || customerId === undefined || !world.customers.has(customerId)) {
    throw new ApiError('validation', 'chat.users: exactly one existing customer is needed')
  }
  if (findChatOf(world, customerId)) throw new ApiError('limit_reached')
  const opening = openingOf(call, fields.chat, fields.active, fields.continuous ?? false)
  checkOpening(world, opening, undefined)
  const chat = createChat(world, customerId, actor)
  const opened = openThread(world, chat, opening)
  seatOthers(call, chat, fields.chat)
  return { chat_id: chat.id, ...answerOf(opened) }
}

export const resumeChat: AgentMethod = (call) => {
  const fields = parseFields(resumeFields, call.body)
  const chat = accessibleChat(call, fields.chat.id)
  if (activeThread(chat)) throw new ApiError(call.world.knobs.alreadyActiveError, 'Chat is already active')
  const opening = openingOf(call, fields.chat, fields.active, fields.continuous)
  checkOpening(call.world, opening, chat)
  const opened = openThread(call.world, chat, opening)
  seatOthers(call, chat, fields.chat)
  return answerOf(opened)
}

const deactivateFields = z.object({ id: z.string(), ignore_requester_presence: z.boolean().default(false) })

export const deactivateChat: AgentMethod = (call) => {
  const fields = parseFields(deactivateFields, call.body)
  const chat = accessibleChat(call, fields.id)
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive')
  requirePresence(call, chat, fields.ignore_requester_presence)
  closeThread(call.world, chat, thread, {
    actor: call.actor,
    reason: 'manual_archived_agent',
    variables: { agent: displayName(call.world, call.agent.id) },
  })
}

/** Following only decides which pushes a client gets. Pushes are not modelled. */
export const followChat: AgentMethod = (call) => {
  accessibleChat(call, parseFields(z.object({ id: z.string() }), call.body).id)
}

const openingOf = (call: AgentCall, chat: ChatFields, active: boolean, continuous: boolean | undefined): Opening => {
  const { world, actor } = call
  const events: EventDraft[] = chat?.thread?.events ?? []
  const groupIds = chat?.access?.group_ids ?? [0]
  checkAccess(call, groupIds)
  checkWritable(world, chat?.properties, 'chat', actor)
  checkWritable(world, chat?.thread?.properties, 'thread', actor)
  for (const draft of events) {
    checkDraft(world, draft, 'agent')
    checkWritable(world, draft.properties, 'event', actor)
  }
  const others = chat?.users?.filter((user) => user.type === 'agent' && user.id !== call.agent.id) ?? []
  if (others.length > 4) throw new ApiError('validation', 'chat.users: at most 4 other agents')
  for (const other of others) agentWithId(world, other.id, 'chat.users')
  return {
    actor,
    groupIds,
    active,
    continuous,
    chatProperties: chat?.properties,
    threadProperties: chat?.thread?.properties,
    events,
  }
}

const seatOthers = (call: AgentCall, chat: Chat, fields: ChatFields): void => {
  const thread = activeThread(chat)
  for (const user of fields?.users ?? []) {
    if (!thread || user.type !== 'agent' || isPresent(chat, user.id)) continue
    addAgent(call.world, { chat, thread }, agentWithId(call.world, user.id), 'all', call.actor)
  }
}

const answerOf = ({ thread, eventIds }: Opened): Record<string, unknown> => ({
  thread_id: thread.id,
  ...(eventIds.length > 0 ? { event_ids: eventIds } : {}),
})
