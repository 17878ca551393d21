import { closeThread } from '../chats/close-thread'
import { addSystemMessage, displayName } from '../chats/system-messages'
import type { Actor, Agent, Chat, Thread } from '../model'
import { activeThread, type World } from '../world'
import { announceTransferred, announceUserAdded, announceUserRemoved, enqueue, ignoresBots, seatAgent } from './assign'
import { freeAgent, groupStatus } from './availability'

const SYSTEM: Actor = { kind: 'system' }

/** An agent signed out: each of their chats goes to another agent, waits, or is closed. */
export const releaseChatsOf = (world: World, agent: Agent): void => {
  for (const chat of world.chats.values()) {
    const thread = activeThread(chat)
    const user = chat.users.find((candidate) => candidate.id === agent.id)
    if (!thread || !user?.present) continue
    user.present = false
    announceUserRemoved(world, chat, thread, agent.id, SYSTEM, 'signed_out')
    const isServed = chat.users.some((other) => other.kind === 'agent' && other.present && other.visibility === 'all')
    if (user.visibility === 'all' && !isServed) replaceAgent(world, chat, thread, agent)
  }
}

const replaceAgent = (world: World, chat: Chat, thread: Thread, gone: Agent): void => {
  const next = freeAgent(world, thread.groupIds, { ignoresBots: ignoresBots(thread), except: gone.id })
  if (next) {
    seatAgent(world, chat, thread, next)
    addSystemMessage(world, chat, thread, 'routing.assigned_signed_out', {
      agent_added: next.name,
      agent_removed: gone.name,
    })
    announceUserAdded(world, chat, thread, next.id, SYSTEM, 'assigned')
    return announceTransferred(world, chat, thread, { actor: SYSTEM, reason: 'assigned', agentIds: [next.id] })
  }
  if (!isContinuous(thread) && groupStatus(world, thread.groupIds) !== 'online_for_queue') {
    return closeThread(world, chat, thread, {
      actor: SYSTEM,
      reason: 'routing.archived_signed_out',
      variables: { agent: gone.name },
    })
  }
  enqueue(world, chat, thread)
  addSystemMessage(world, chat, thread, 'routing.unassigned_signed_out', { agent: displayName(world, gone.id) })
  announceTransferred(world, chat, thread, { actor: SYSTEM, reason: 'unassigned', groupIds: [...thread.groupIds] })
}

/** Closes queued chats when all their agents are away, unless they are continuous. */
export const closeHopelessQueue = (world: World): void => {
  for (const chat of world.chats.values()) {
    const thread = activeThread(chat)
    if (!thread || thread.queuedAt === undefined || isContinuous(thread)) continue
    if (groupStatus(world, thread.groupIds) !== 'offline') continue
    closeThread(world, chat, thread, { actor: SYSTEM, reason: 'routing.archived_offline' })
  }
}

/**
 * Gives a chat to another agent because its agent stays silent. Tests start it by hand, because the license sets the
 * time.
 */
export const reassignForInactivity = (world: World, chat: Chat, thread: Thread): void => {
  const current = chat.users.find((user) => user.kind === 'agent' && user.present && user.visibility === 'all')
  const next = freeAgent(world, thread.groupIds, {
    ignoresBots: ignoresBots(thread),
    ...(current ? { except: current.id } : {}),
  })
  if (!current || !next) return
  current.present = false
  seatAgent(world, chat, thread, next)
  addSystemMessage(world, chat, thread, 'routing.assigned_inactive', {
    agent_added: next.name,
    agent_removed: displayName(world, current.id),
  })
  announceUserRemoved(world, chat, thread, current.id, SYSTEM, 'inactive')
  announceUserAdded(world, chat, thread, next.id, SYSTEM, 'assigned')
  announceTransferred(world, chat, thread, { actor: SYSTEM, reason: 'inactive', agentIds: [next.id] })
}

const isContinuous = (thread: Thread): boolean => thread.properties['routing']?.['continuous'] === true
