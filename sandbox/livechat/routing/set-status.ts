import type { Actor, Agent, RoutingStatus } from '../model'
import type { World } from '../world'
import { closeHopelessQueue, releaseChatsOf } from './agent-leaves'
import { serveQueue } from './assign'

/** An agent becomes available, busy or offline. Chats are routed accordingly. */
export const setRoutingStatus = (world: World, agent: Agent, status: RoutingStatus, actor: Actor): void => {
  if (agent.status === status) return
  agent.status = status
  world.effect('routing_status_set', { agentId: agent.id, status })
  world.announce({
    action: 'routing_status_set',
    actor,
    agentId: agent.id,
    ids: { agentId: agent.id },
    // Webhooks write the values with spaces, methods with underscores.
    payload: () => ({ agent_id: agent.id, status: status.replaceAll('_', ' ') }),
  })
  if (status === 'offline') releaseChatsOf(world, agent)
  if (status === 'accepting_chats') serveQueue(world)
  else closeHopelessQueue(world)
}
