import type { Actor, Agent, Chat, Thread, Visibility } from '../model'
import { agentUser } from '../shapes/agent-view'
import { mergeProperties } from '../shapes/properties'
import { queueShape, waitingChats, type QueueShape } from '../shapes/queue'
import { activeThread, type World } from '../world'
import { freeAgent } from './availability'

/** Makes an agent part of the chat without telling anyone. */
export const seatAgent = (
  world: World,
  chat: Chat,
  thread: Thread,
  agent: Agent,
  visibility: Visibility = 'all',
): void => {
  const seated = chat.users.find((user) => user.id === agent.id)
  if (seated) {
    seated.present = true
    seated.visibility = visibility
  } else {
    chat.users.push({ id: agent.id, kind: 'agent', present: true, visibility })
  }
  if (!thread.userIds.includes(agent.id)) thread.userIds.push(agent.id)
  if (visibility === 'agents') return
  thread.hadAgent = true
  delete thread.queuedAt
  unpin(chat)
  world.effect('agent_assigned', { chatId: chat.id, threadId: thread.id, agentId: agent.id })
}

/** A pinned chat stays in the agents' list of unassigned chats. */
export const unpin = ({ properties }: Chat): void => {
  if (properties['routing']?.['pinned'] !== undefined) mergeProperties(properties, { routing: { pinned: false } })
}

export const announceUserAdded = (
  world: World,
  chat: Chat,
  thread: Thread,
  agentId: string,
  actor: Actor,
  reason: string,
): void => {
  const user = chat.users.find((candidate) => candidate.id === agentId)
  if (!user) return
  world.announce({
    action: 'user_added_to_chat',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id, userId: agentId },
    payload: (version) => ({
      chat_id: chat.id,
      thread_id: thread.id,
      user: agentUser(world, chat, user, version),
      reason,
      ...(actor.kind === 'agent' ? { requester_id: actor.id } : {}),
    }),
  })
}

export const announceUserRemoved = (
  world: World,
  chat: Chat,
  thread: Thread,
  agentId: string,
  actor: Actor,
  reason: string,
): void =>
  world.announce({
    action: 'user_removed_from_chat',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id, userId: agentId },
    payload: () => ({
      chat_id: chat.id,
      thread_id: thread.id,
      user_id: agentId,
      reason,
      ...(actor.kind === 'agent' ? { requester_id: actor.id } : {}),
    }),
  })

/** What an agent does by hand has no prefix in any source. */
const spelling = ({ knobs }: World, reason: string): string =>
  knobs.transferReasonPrefix === 'routing' && reason !== 'manual' ? `routing.${reason}` : reason

type Transferred = {
  actor: Actor
  reason: 'manual' | 'inactive' | 'assigned' | 'unassigned' | 'other'
  groupIds?: number[]
  agentIds?: string[]
}

export const announceTransferred = (world: World, chat: Chat, thread: Thread, transferred: Transferred): void => {
  const { actor, reason, groupIds, agentIds } = transferred
  const queue = queueShape(world, thread)
  world.effect('chat_transferred', { chatId: chat.id, threadId: thread.id, reason, agentIds, groupIds })
  world.announce({
    action: 'chat_transferred',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id },
    payload: (version) => ({
      chat_id: chat.id,
      thread_id: thread.id,
      ...(reason === 'manual' && actor.kind === 'agent' ? { requester_id: actor.id } : {}),
      reason: spelling(world, reason),
      transferred_to: {
        ...(groupIds ? { group_ids: groupIds } : {}),
        ...(agentIds ? { agent_ids: agentIds } : {}),
      },
      ...(queue ? { queue: version === '3.5' ? oldQueue(queue) : queue } : {}),
    }),
  })
}

/** 3.5 names the time `queued_at_us`, but its value is the same text. */
const oldQueue = ({ position, wait_time, queued_at }: QueueShape): Record<string, unknown> => ({
  position,
  wait_time,
  queued_at_us: queued_at,
})

/** Gives a waiting chat (queued or not) to an agent, by routing or because the agent took it. */
export const takeWaitingChat = (world: World, chat: Chat, thread: Thread, agent: Agent, actor: Actor): void => {
  const isFirst = !thread.hadAgent
  seatAgent(world, chat, thread, agent)
  announcePlaces(world)
  announceUserAdded(world, chat, thread, agent.id, actor, actor.kind === 'agent' ? 'manual' : 'assigned')
  if (isFirst && world.knobs.chatTransferredOnFirstAssignment === 'never') return
  announceTransferred(world, chat, thread, { actor, reason: 'assigned', agentIds: [agent.id] })
}

export const enqueue = (world: World, chat: Chat, thread: Thread): void => {
  thread.queuedAt = world.now()
  mergeProperties(chat.properties, { routing: { pinned: true } })
  world.effect('chat_queued', { chatId: chat.id, threadId: thread.id })
  announcePlaces(world)
}

/** Writes changed places into the properties of waiting threads, as LiveChat's pushes show them. */
const announcePlaces = (world: World): void => {
  if (!world.knobs.queuePlaceInProperties) return
  for (const chat of waitingChats(world)) {
    const thread = activeThread(chat)
    const queue = thread && queueShape(world, thread)
    if (!thread || !queue || thread.toldPosition === queue.position) continue
    thread.toldPosition = queue.position
    const properties = { lc2: { queue_pos: queue.position, queue_waiting_time: queue.wait_time } }
    mergeProperties(thread.properties, properties)
    world.announce({
      action: 'thread_properties_updated',
      actor: { kind: 'system' },
      chat,
      ids: { chatId: chat.id, threadId: thread.id },
      payload: () => ({ chat_id: chat.id, thread_id: thread.id, properties }),
    })
  }
}

/** Gives waiting chats to agents with room, in order. Call it whenever an agent may have become free. */
export const serveQueue = (world: World): void => {
  if (world.knobs.autoAssign) assignWaiting(world)
  announcePlaces(world)
}

const assignWaiting = (world: World): void => {
  for (const chat of waitingChats(world)) {
    const thread = activeThread(chat)
    const agent = thread ? freeAgent(world, thread.groupIds, { ignoresBots: ignoresBots(thread) }) : undefined
    if (thread && agent) takeWaitingChat(world, chat, thread, agent, { kind: 'system' })
  }
}

export const ignoresBots = (thread: Thread): boolean => thread.properties['routing']?.['ignore_bots'] === true
