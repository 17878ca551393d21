import { ApiError } from '../errors'
import type { Actor, Agent, Chat, Thread, Visibility } from '../model'
import { announceUserAdded, announceUserRemoved, seatAgent } from '../routing/assign'
import type { World } from '../world'
import { addSystemMessage, displayName } from './system-messages'

/** Adds an agent to the chat: visible, or (`agents`) as a supervisor whom the customer does not see. */
export const addAgent = (
  world: World,
  place: { chat: Chat; thread: Thread },
  agent: Agent,
  visibility: Visibility,
  actor: Extract<Actor, { kind: 'agent' }>,
): void => {
  const { chat, thread } = place
  if (isPresent(chat, agent.id)) throw new ApiError('validation', 'user_id: is in the chat already')
  const isFirst = !thread.hadAgent
  seatAgent(world, chat, thread, agent, visibility)
  if (!isFirst) {
    const isSelf = actor.id === agent.id
    const variables = { agent: agent.name, initiator: displayName(world, actor.id) }
    addSystemMessage(world, chat, thread, isSelf ? 'agent_joined' : 'agent_added', variables, visibility)
  }
  announceUserAdded(world, chat, thread, agent.id, actor, 'manual')
}

export const removeAgent = (
  world: World,
  place: { chat: Chat; thread: Thread },
  agentId: string,
  actor: Extract<Actor, { kind: 'agent' }>,
): void => {
  const { chat, thread } = place
  const user = chat.users.find((candidate) => candidate.id === agentId && candidate.kind === 'agent')
  if (!user?.present) throw new ApiError('validation', 'user_id: is not in the chat')
  user.present = false
  const isSelf = actor.id === agentId
  const variables = { agent: displayName(world, agentId), initiator: displayName(world, actor.id) }
  addSystemMessage(world, chat, thread, isSelf ? 'agent_left' : 'agent_removed', variables, user.visibility)
  announceUserRemoved(world, chat, thread, agentId, actor, 'manual')
}

/** The agents of a thread that is over have left. They stay in the chat's list. */
export const seatNobody = (chat: Chat): void => {
  for (const user of chat.users) if (user.kind === 'agent') user.present = false
}

export const isPresent = (chat: Chat, userId: string): boolean =>
  chat.users.some((user) => user.id === userId && user.present)
