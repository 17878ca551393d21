import { addSystemMessage, displayName } from '../chats/system-messages'
import { ApiError } from '../errors'
import type { Actor, Agent, Chat, Thread } from '../model'
import { activeThread, type World } from '../world'
import { announceTransferred, announceUserAdded, announceUserRemoved, enqueue, ignoresBots, seatAgent } from './assign'
import { freeAgent, hasAccess } from './availability'

export type TransferTarget = { type: 'agent'; ids: string[] } | { type: 'group'; ids: number[] }

type Transfer = { actor: Actor; target: TransferTarget | undefined; ignoresAvailability: boolean }

/** Moves an active chat to an agent, to a group, or (without a target) to any agent of its group. */
export const transferChat = (world: World, chat: Chat, transfer: Transfer): void => {
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive')
  const { target, actor } = transfer
  const groupIds = target?.type === 'group' ? target.ids : thread.groupIds
  if (groupIds.some((groupId) => !world.groups.has(groupId)))
    throw new ApiError('validation', 'target.ids: unknown group')
  const next =
    target?.type === 'agent' ? targetAgent(world, target.ids, thread) : routedAgent(world, chat, thread, groupIds)
  if (!next && !transfer.ignoresAvailability) {
    throw new ApiError('validation', 'Cannot assign any agent from requested groups')
  }

  if (target?.type === 'group') moveToGroups(world, chat, thread, groupIds, actor)
  removeAgents(world, chat, thread, actor, next)
  if (next) seatAgent(world, chat, thread, next)
  else enqueue(world, chat, thread)
  addSystemMessage(world, chat, thread, 'chat_transferred', {
    initiator: actor.kind === 'system' ? '' : displayName(world, actor.id),
    targets: target?.type === 'agent' && next ? next.name : groupNames(world, groupIds),
  })
  if (next) announceUserAdded(world, chat, thread, next.id, actor, 'transferred')
  announceTransferred(world, chat, thread, {
    actor,
    reason: 'manual',
    ...(target?.type === 'agent' ? {} : { groupIds }),
    ...(next ? { agentIds: [next.id] } : {}),
  })
}

const targetAgent = (world: World, ids: string[], thread: Thread): Agent => {
  const agent = ids.map((id) => world.agents.get(id)).find((candidate) => candidate !== undefined)
  if (!agent) throw new ApiError('validation', 'target.ids: unknown agent')
  if (!hasAccess(agent, thread.groupIds)) throw new ApiError('missing_access', 'Agent has no access to the chat')
  if (agent.status === 'offline') throw new ApiError('agent_offline')
  return agent
}

const routedAgent = (world: World, chat: Chat, thread: Thread, groupIds: number[]): Agent | undefined => {
  const current = chat.users.find((user) => user.kind === 'agent' && user.present && user.visibility === 'all')
  return freeAgent(world, groupIds, {
    ignoresBots: ignoresBots(thread),
    ...(current ? { except: current.id } : {}),
  })
}

const moveToGroups = (world: World, chat: Chat, thread: Thread, groupIds: number[], actor: Actor): void => {
  chat.groupIds = [...groupIds]
  thread.groupIds = [...groupIds]
  world.announce({
    action: 'chat_access_updated',
    actor,
    chat,
    ids: { chatId: chat.id },
    payload: () => ({ id: chat.id, access: { group_ids: [...groupIds] } }),
  })
}

const removeAgents = (world: World, chat: Chat, thread: Thread, actor: Actor, next: Agent | undefined): void => {
  for (const user of chat.users) {
    if (user.kind !== 'agent' || !user.present || user.visibility !== 'all' || user.id === next?.id) continue
    user.present = false
    announceUserRemoved(world, chat, thread, user.id, actor, 'transferred')
  }
}

const groupNames = (world: World, groupIds: number[]): string =>
  groupIds.map((groupId) => world.groups.get(groupId)?.name ?? String(groupId)).join(', ')
