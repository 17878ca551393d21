import { addAgent, isPresent, removeAgent } from '../chats/members'
import { closeThread } from '../chats/close-thread'
import { openThread } from '../chats/open-thread'
import { setThreadTag } from '../chats/tag-thread'
import { displayName } from '../chats/system-messages'
import { parseDraft } from '../chats/event-draft'
import type { RoutingStatus } from '../model'
import { reassignForInactivity } from '../routing/agent-leaves'
import { takeWaitingChat } from '../routing/assign'
import { setRoutingStatus } from '../routing/set-status'
import { transferChat } from '../routing/transfer'
import { lastThread, type World } from '../world'
import { ApiError } from '../errors'
import { agentById, asAgent, chatById, openPlace } from './place'

/** What an agent can do with a whole chat. */
export const createHandling = (world: World) => ({
  /** Takes a waiting chat. If the chat has an agent, joins it. */
  pickUp: (chatId: string, agentId: string): void => {
    const place = openPlace(world, chatId)
    const agent = agentById(world, agentId)
    if (isPresent(place.chat, agentId)) return
    const isServed = place.chat.users.some((user) => user.kind === 'agent' && user.present && user.visibility === 'all')
    if (isServed) return addAgent(world, place, agent, 'all', asAgent(agentId))
    takeWaitingChat(world, place.chat, place.thread, agent, asAgent(agentId))
  },
  transferToAgent: (chatId: string, agentId: string, targetAgentId: string): void =>
    transferChat(world, chatById(world, chatId), {
      actor: asAgent(agentId),
      target: { type: 'agent', ids: [targetAgentId] },
      ignoresAvailability: true,
    }),
  transferToGroup: (chatId: string, agentId: string, groupId: number): void =>
    transferChat(world, chatById(world, chatId), {
      actor: asAgent(agentId),
      target: { type: 'group', ids: [groupId] },
      ignoresAvailability: true,
    }),
  addAgentToChat: (chatId: string, agentId: string, addedAgentId: string): void =>
    addAgent(world, openPlace(world, chatId), agentById(world, addedAgentId), 'all', asAgent(agentId)),
  /** Joins without being seen by the customer. */
  supervise: (chatId: string, agentId: string): void =>
    addAgent(world, openPlace(world, chatId), agentById(world, agentId), 'agents', asAgent(agentId)),
  removeAgent: (chatId: string, agentId: string, removedAgentId: string): void =>
    removeAgent(world, openPlace(world, chatId), removedAgentId, asAgent(agentId)),
  /**
   * LiveChat gives the chat of a silent agent to another one. The time after which it does so is a setting of the
   * license.
   */
  reassignForInactivity: (chatId: string): void => {
    const { chat, thread } = openPlace(world, chatId)
    reassignForInactivity(world, chat, thread)
  },
  close: (chatId: string, agentId: string): void => {
    const { chat, thread } = openPlace(world, chatId)
    closeThread(world, chat, thread, {
      actor: asAgent(agentId),
      reason: 'manual_archived_agent',
      variables: { agent: displayName(world, agentId) },
    })
  },
  /** LiveChat itself closes the thread, for example with `archived_customer_disconnected` or `system_archived`. */
  closeBySystem: (chatId: string, reason: string): void => {
    const { chat, thread } = openPlace(world, chatId)
    closeThread(world, chat, thread, { actor: { kind: 'system' }, reason })
  },
  /** The agent writes first in a closed chat. This opens a new thread, which the customer's side does not know yet. */
  reopen: (chatId: string, agentId: string, text?: string): string => {
    const chat = chatById(world, chatId)
    if (lastThread(chat)?.active) throw new ApiError('chat_already_active')
    return openThread(world, chat, {
      actor: asAgent(agentId),
      groupIds: [...chat.groupIds],
      active: true,
      continuous: undefined,
      chatProperties: undefined,
      threadProperties: undefined,
      events: text === undefined ? [] : [parseDraft({ type: 'message', text })],
    }).thread.id
  },
  setStatus: (agentId: string, status: RoutingStatus): void =>
    setRoutingStatus(world, agentById(world, agentId), status, asAgent(agentId)),
  tagThread: (chatId: string, agentId: string, tag: string): void => {
    const chat = chatById(world, chatId)
    const thread = lastThread(chat)
    world.tags.add(tag)
    if (thread) setThreadTag(world, chat, thread, tag, true, asAgent(agentId))
  },
  untagThread: (chatId: string, agentId: string, tag: string): void => {
    const chat = chatById(world, chatId)
    const thread = lastThread(chat)
    if (thread) setThreadTag(world, chat, thread, tag, false, asAgent(agentId))
  },
})
