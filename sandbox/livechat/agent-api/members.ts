import { z } from 'zod'
import { addAgent, removeAgent } from '../chats/members'
import { ApiError, parseFields } from '../errors'
import { activeChatCount, hasAccess } from '../routing/availability'
import { transferChat } from '../routing/transfer'
import { accessibleChat, agentWithId, openPlace, requirePresence, type AgentMethod } from './context'

const target = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent'), ids: z.array(z.string()).min(1) }),
  z.object({ type: z.literal('group'), ids: z.array(z.number().int()).min(1) }),
])

const transferFields = z.object({
  id: z.string(),
  target: target.optional(),
  ignore_agents_availability: z.boolean().default(false),
  ignore_requester_presence: z.boolean().default(false),
})

export const transfer: AgentMethod = (call) => {
  const fields = parseFields(transferFields, call.body)
  const { chat } = openPlace(call, fields.id)
  requirePresence(call, chat, fields.ignore_requester_presence)
  transferChat(call.world, chat, {
    actor: call.actor,
    target: fields.target,
    ignoresAvailability: fields.ignore_agents_availability,
  })
}

const addFields = z.object({
  chat_id: z.string(),
  user_id: z.string(),
  user_type: z.enum(['agent', 'customer']),
  visibility: z.enum(['all', 'agents']),
  ignore_requester_presence: z.boolean().default(false),
})

export const addUserToChat: AgentMethod = (call) => {
  const fields = parseFields(addFields, call.body)
  const place = openPlace(call, fields.chat_id)
  requirePresence(call, place.chat, fields.ignore_requester_presence)
  if (fields.user_type === 'customer') throw new ApiError('validation', 'user_type: the chat has its customer')
  const added = agentWithId(call.world, fields.user_id, 'user_id')
  if (!hasAccess(added, place.thread.groupIds)) throw new ApiError('missing_access')
  addAgent(call.world, place, added, fields.visibility, call.actor)
}

const removeFields = z.object({
  chat_id: z.string(),
  user_id: z.string(),
  user_type: z.literal('agent'),
  ignore_requester_presence: z.boolean().default(false),
})

export const removeUserFromChat: AgentMethod = (call) => {
  const fields = parseFields(removeFields, call.body)
  const place = openPlace(call, fields.chat_id)
  requirePresence(call, place.chat, fields.ignore_requester_presence)
  removeAgent(call.world, place, fields.user_id, call.actor)
}

/** The least busy first, without agents who are offline. */
export const listAgentsForTransfer: AgentMethod = (call) => {
  const { chat_id } = parseFields(z.object({ chat_id: z.string() }), call.body)
  const chat = accessibleChat(call, chat_id)
  return [...call.world.agents.values()]
    .filter((agent) => agent.status !== 'offline' && !agent.botOwnerClientId && hasAccess(agent, chat.groupIds))
    .map((agent) => ({ agent_id: agent.id, total_active_chats: activeChatCount(call.world, agent.id) }))
    .sort((a, b) => a.total_active_chats - b.total_active_chats)
}
