import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import { freeAgent, groupStatus } from '../routing/availability'
import { agentIdForCustomer } from '../shapes/customer-view'
import { waitingChats } from '../shapes/queue'
import type { CustomerMethod } from './context'

const statusFields = z
  .object({ all: z.boolean().optional(), group_ids: z.array(z.number().int()).optional() })
  .refine((fields) => fields.all === true || fields.group_ids !== undefined, 'either all or group_ids is required')

/** Groups that do not exist are missing from the answer. */
export const listGroupStatuses: CustomerMethod = ({ world, body }) => {
  const fields = parseFields(statusFields, body)
  const asked = fields.all ? [...world.groups.keys()] : (fields.group_ids ?? [])
  const known = asked.filter((groupId) => world.groups.has(groupId))
  return { groups_status: Object.fromEntries(known.map((groupId) => [groupId, groupStatus(world, [groupId])])) }
}

/** The documents require a login through RTM. Here the token is enough. */
export const getPredictedAgent: CustomerMethod = ({ world, body }) => {
  const { group_id } = parseFields(z.object({ group_id: z.number().int().optional() }), body)
  const groupIds = [group_id ?? 0]
  const status = groupStatus(world, groupIds)
  if (status === 'offline') throw new ApiError('group_offline')
  const agent = freeAgent(world, groupIds)
  if (!agent) {
    if (status === 'online_for_queue') return { queue: waitingChats(world).length > 0 }
    throw new ApiError('group_unavailable')
  }
  return {
    agent: {
      id: agentIdForCustomer(world, agent.id),
      name: agent.name,
      avatar: agent.avatar,
      is_bot: agent.botOwnerClientId !== undefined,
      job_title: agent.jobTitle,
      type: 'agent',
    },
    queue: false,
  }
}
