import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import { hasAccess } from '../routing/availability'
import { setRoutingStatus } from '../routing/set-status'
import { agentWithId, requireScope, type AgentMethod } from './context'

const setFields = z.object({
  status: z.enum(['accepting_chats', 'not_accepting_chats', 'offline']),
  agent_id: z.string().optional(),
})

export const setStatus: AgentMethod = (call) => {
  const fields = parseFields(setFields, call.body)
  const agent = agentWithId(call.world, fields.agent_id ?? call.agent.id)
  const isBot = agent.botOwnerClientId !== undefined
  if (isBot)
    requireScope(call, agent.botOwnerClientId === call.actor.clientId ? 'agents-bot--my:rw' : 'agents-bot--all:rw')
  else requireScope(call, agent.id === call.agent.id ? 'agents--my:rw' : 'agents--all:rw')
  if (fields.status === 'offline' && !isBot) throw new ApiError('validation', 'status: offline is for bots only')
  setRoutingStatus(call.world, agent, fields.status, call.actor)
}

const listFields = z.object({ filters: z.object({ group_ids: z.array(z.number().int()).optional() }).optional() })

export const listStatuses: AgentMethod = (call) => {
  requireScope(call, 'agents--all:ro')
  requireScope(call, 'agents-bot--all:ro')
  const { filters } = parseFields(listFields, call.body)
  return [...call.world.agents.values()]
    .filter((agent) => !filters?.group_ids || hasAccess(agent, filters.group_ids))
    .map((agent) => ({ agent_id: agent.id, status: agent.status }))
}
