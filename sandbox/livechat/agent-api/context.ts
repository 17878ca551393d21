import type { SandboxRequest } from '../../http-server'
import { isPresent } from '../chats/members'
import { ApiError } from '../errors'
import type { Actor, Agent, ApiVersion, Chat, Thread } from '../model'
import { hasAccess } from '../routing/availability'
import { activeThread, type World } from '../world'
import { hasScope } from './scopes'

export type AgentCall = {
  world: World
  agent: Agent
  actor: Extract<Actor, { kind: 'agent' }>
  scopes: string[]
  version: ApiVersion
  request: SandboxRequest
  body: Record<string, unknown>
}

/** Returns the answer's body; nothing for a void method. */
export type AgentMethod = (call: AgentCall) => unknown

export const requireScope = ({ scopes }: Pick<AgentCall, 'scopes'>, ...anyOf: string[]): void => {
  if (!anyOf.some((scope) => hasScope(scopes, scope))) {
    throw new ApiError('authorization', `one of these scopes is needed: ${anyOf.join(', ')}`)
  }
}

/** A chat that the caller may read or write: any chat with `all`, otherwise those of the caller's own groups. */
export const accessibleChat = (call: AgentCall, chatId: string): Chat => {
  const chat = call.world.chats.get(chatId)
  if (!chat) throw new ApiError('not_found', 'chat_id: unknown chat')
  checkAccess(call, chat.groupIds)
  return chat
}

export const checkAccess = (call: AgentCall, groupIds: number[]): void => {
  if (!canAccess(call, groupIds)) throw new ApiError('missing_access')
}

export const canAccess = ({ scopes, agent }: AgentCall, groupIds: number[]): boolean =>
  hasScope(scopes, 'chats--all:ro') || hasAccess(agent, groupIds)

/** The chat with its open thread. */
export const openPlace = (call: AgentCall, chatId: string): { chat: Chat; thread: Thread } => {
  const chat = accessibleChat(call, chatId)
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive')
  return { chat, thread }
}

/** Most writing methods need the requester among the chat's users. */
export const requirePresence = ({ agent }: AgentCall, chat: Chat, isIgnored = false): void => {
  if (!isIgnored && !isPresent(chat, agent.id)) throw new ApiError('validation', 'Requester is not user of the chat')
}

export const agentWithId = (world: World, agentId: string, field = 'agent_id'): Agent => {
  const agent = world.agents.get(agentId)
  if (!agent) throw new ApiError('not_found', `${field}: unknown agent`)
  return agent
}
