import type { Agent } from '../model'
import { activeThread, type World } from '../world'

export type GroupStatus = 'online' | 'offline' | 'online_for_queue'

/** Group 0 means every agent. */
const isMember = (agent: Agent, groupIds: number[]): boolean =>
  groupIds.some((groupId) => groupId === 0 || agent.groupIds.includes(groupId))

export const activeChatCount = (world: World, agentId: string): number =>
  [...world.chats.values()].filter(
    (chat) =>
      activeThread(chat) !== undefined &&
      chat.users.some((user) => user.id === agentId && user.present && user.visibility === 'all'),
  ).length

export const hasAccess = isMember

const acceptingMembers = (world: World, groupIds: number[]): Agent[] =>
  [...world.agents.values()].filter((agent) => isMember(agent, groupIds) && agent.status === 'accepting_chats')

const hasFreeSlot = (world: World, agent: Agent): boolean => activeChatCount(world, agent.id) < agent.maxChats

/** Without an agent who accepts chats, the group is offline. If all are full, chats wait in line if queues are on. */
export const groupStatus = (world: World, groupIds: number[], ignoresBots = false): GroupStatus => {
  const accepting = acceptingMembers(world, groupIds).filter((agent) => !ignoresBots || !agent.botOwnerClientId)
  if (accepting.length === 0) return 'offline'
  if (accepting.some((agent) => hasFreeSlot(world, agent))) return 'online'
  return world.knobs.queueWhenFull ? 'online_for_queue' : 'offline'
}

/** The bot first, if bots may have the chat. Then the agent with the fewest chats. */
export const freeAgent = (
  world: World,
  groupIds: number[],
  options: { ignoresBots?: boolean; except?: string } = {},
): Agent | undefined =>
  acceptingMembers(world, groupIds)
    .filter((agent) => agent.id !== options.except && hasFreeSlot(world, agent))
    .filter((agent) => !options.ignoresBots || !agent.botOwnerClientId)
    .sort(
      (a, b) =>
        Number(!a.botOwnerClientId) - Number(!b.botOwnerClientId) ||
        activeChatCount(world, a.id) - activeChatCount(world, b.id),
    )[0]
