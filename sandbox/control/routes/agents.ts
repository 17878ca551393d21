import { z } from 'zod'
import { ControlError } from '../errors'
import type { Call } from '../http'
import type { Stage } from '../stage'
import { done, param, read, type Route } from './route'

const change = z.object({
  status: z.enum(['accepting_chats', 'not_accepting_chats', 'offline']).optional(),
  maxChats: z.number().int().min(1).max(100).optional(),
})

export const agentRoutes = ({ system: { livechat } }: Stage): Route[] => {
  const { desk, license } = livechat
  const agentOf = (call: Call) => {
    const found = license.agents().find(({ id }) => id === param(call, 'id'))
    if (!found) throw new ControlError(404, `There is no agent ${param(call, 'id')}`)
    return found
  }
  return [
    {
      method: 'PATCH',
      path: '/api/agents/:id',
      cause: (call) => {
        const { status, maxChats } = read(call, change)
        const title = status ? `Is now ${status.replaceAll('_', ' ')}` : `Takes ${maxChats ?? 0} chats at a time`
        return { from: 'agent', who: agentOf(call).name, title }
      },
      run: (call) => {
        const { status, maxChats } = read(call, change)
        const agent = agentOf(call)
        if (maxChats !== undefined) agent.maxChats = maxChats
        if (status) desk.setStatus(agent.id, status)
        return done
      },
    },
  ]
}
