import { ApiError } from '../errors'
import { LIVECHAT_APP_CLIENT_ID, type Actor, type Agent, type Chat, type ChatUser, type Thread } from '../model'
import { activeThread, type World } from '../world'

export type AgentActor = Extract<Actor, { kind: 'agent' }>

export const asAgent = (agentId: string): AgentActor => ({
  kind: 'agent',
  id: agentId,
  clientId: LIVECHAT_APP_CLIENT_ID,
})

export const chatById = (world: World, chatId: string): Chat => {
  const chat = world.chats.get(chatId)
  if (!chat) throw new ApiError('not_found', `no chat ${chatId}`)
  return chat
}

export const agentById = (world: World, agentId: string): Agent => {
  const agent = world.agents.get(agentId)
  if (!agent) throw new ApiError('not_found', `no agent ${agentId}`)
  return agent
}

export const openPlace = (world: World, chatId: string): { chat: Chat; thread: Thread } => {
  const chat = chatById(world, chatId)
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', `chat ${chatId} is closed`)
  return { chat, thread }
}

/** Whoever writes has to be in the chat. Supervisors may only write notes. */
export const seat = (chat: Chat, agentId: string): ChatUser => {
  const user = chat.users.find((candidate) => candidate.id === agentId && candidate.present)
  if (!user) throw new ApiError('validation', `${agentId} is not in chat ${chat.id}: pick it up or join first`)
  return user
}
