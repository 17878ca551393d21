import { ApiError } from '../errors'
import type { Actor, Chat, Properties, Thread } from '../model'
import { announceTransferred, enqueue, ignoresBots, seatAgent } from '../routing/assign'
import { freeAgent, groupStatus } from '../routing/availability'
import { agentThread, agentUsers } from '../shapes/agent-view'
import { copyProperties, mergeProperties } from '../shapes/properties'
import { lastThread, type World } from '../world'
import { appendDraft } from './append-event'
import { closeForInactivity } from './close-thread'
import type { EventDraft } from './event-draft'
import { restartInactivity } from './inactivity'
import { seatNobody } from './members'

export type Opening = {
  actor: Actor
  groupIds: number[]
  active: boolean
  /** Absent when a chat is resumed: then it stays unchanged. */
  continuous: boolean | undefined
  chatProperties: Properties | undefined
  threadProperties: Properties | undefined
  events: EventDraft[]
}

export type Opened = { thread: Thread; eventIds: string[] }

/** Throws if the chat cannot be opened, before anything is changed. */
export const checkOpening = (world: World, opening: Opening, chat: Chat | undefined): void => {
  if (opening.groupIds.some((groupId) => !world.groups.has(groupId))) throw new ApiError('group_not_found')
  const isContinuous = opening.continuous ?? chat?.properties['routing']?.['continuous'] === true
  if (!opening.active || isContinuous) return
  const avoidsBots = opening.threadProperties?.['routing']?.['ignore_bots'] === true
  if (groupStatus(world, opening.groupIds, avoidsBots) === 'offline') throw new ApiError('groups_offline')
}

/** Makes a chat without threads; `openThread` follows. */
export const createChat = (world: World, customerId: string, actor: Actor): Chat => {
  const chat: Chat = {
    id: world.ids.chat(),
    customerId,
    properties: {},
    groupIds: [0],
    users: [{ id: customerId, kind: 'customer', present: true, visibility: 'all' }],
    threads: [],
    isAnonymized: false,
  }
  if (actor.kind !== 'system') mergeProperties(chat.properties, sourceOf(world, customerId, actor.clientId))
  world.chats.set(chat.id, chat)
  world.effect('chat_started', { chatId: chat.id, customerId })
  return chat
}

const sourceOf = (world: World, customerId: string, clientId: string | undefined): Properties => ({
  source: {
    ...(clientId === undefined ? {} : { client_id: clientId }),
    customer_client_id: world.customers.get(customerId)?.clientId,
  },
})

/** Opens a thread in the chat, gives it to an agent or lets it wait, and reports it as `incoming_chat`. */
export const openThread = (world: World, chat: Chat, opening: Opening): Opened => {
  const { actor } = opening
  applyToChat(chat, opening)
  if (actor.kind === 'agent' && world.knobs.agentReopenTakesSource)
    mergeProperties(chat.properties, sourceOf(world, chat.customerId, actor.clientId))
  const thread = createThread(world, chat, opening)
  // The agents of the thread before have left, and routing starts again.
  if (world.knobs.pastAgents === 'removedAtReopening') chat.users = chat.users.filter(({ kind }) => kind !== 'agent')
  seatNobody(chat)
  chat.threads.push(thread)
  world.effect('thread_opened', {
    chatId: chat.id,
    threadId: thread.id,
    customerId: chat.customerId,
    groupIds: thread.groupIds,
    previousThreadId: chat.threads.at(-2)?.id,
  })
  const events = opening.events.map((draft) => appendDraft(world, { chat, thread, actor, isInitial: true }, draft))
  if (thread.active) {
    restartInactivity(world, thread)
    if (actor.kind === 'agent') seatRequester(world, chat, thread, actor.id)
    else routeNewThread(world, chat, thread)
  }
  announceIncomingChat(world, chat, thread, actor)
  announceFirstAgent(world, chat, thread, actor)
  return { thread, eventIds: events.map((event) => event.id) }
}

/** An agent who is free at the start is part of `incoming_chat`. No page says whether a transfer is told as well. */
const announceFirstAgent = (world: World, chat: Chat, thread: Thread, opener: Actor): void => {
  if (world.knobs.chatTransferredOnFirstAssignment !== 'always' || opener.kind === 'agent') return
  const agent = chat.users.find((user) => user.kind === 'agent' && user.present && user.visibility === 'all')
  if (!thread.active || !agent) return
  announceTransferred(world, chat, thread, { actor: { kind: 'system' }, reason: 'assigned', agentIds: [agent.id] })
}

const applyToChat = (chat: Chat, opening: Opening): void => {
  chat.groupIds = [...opening.groupIds]
  mergeProperties(chat.properties, opening.chatProperties)
  if (opening.continuous !== undefined) {
    mergeProperties(chat.properties, { routing: { continuous: opening.continuous } })
  }
}

const createThread = (world: World, chat: Chat, opening: Opening): Thread => {
  const thread: Thread = {
    id: world.ids.chat(),
    createdAt: world.now(),
    active: opening.active,
    userIds: [chat.customerId],
    events: [],
    properties: {},
    groupIds: [...opening.groupIds],
    tags: [],
    hadAgent: false,
    closeForInactivity: (minutes) => closeForInactivity(world, chat, thread, minutes),
  }
  mergeProperties(thread.properties, opening.threadProperties)
  const continuous = chat.properties['routing']?.['continuous']
  if (continuous !== undefined) mergeProperties(thread.properties, { routing: { continuous } })
  const clientId = opening.actor.kind === 'system' ? undefined : opening.actor.clientId
  mergeProperties(thread.properties, sourceOf(world, chat.customerId, clientId))
  return thread
}

const seatRequester = (world: World, chat: Chat, thread: Thread, agentId: string): void => {
  const agent = world.agents.get(agentId)
  if (agent) seatAgent(world, chat, thread, agent)
}

const routeNewThread = (world: World, chat: Chat, thread: Thread): void => {
  if (chat.properties['routing']?.['ignore_agents_routing'] === true) return
  const agent = world.knobs.autoAssign
    ? freeAgent(world, thread.groupIds, { ignoresBots: ignoresBots(thread) })
    : undefined
  if (agent) seatAgent(world, chat, thread, agent)
  else enqueue(world, chat, thread)
}

const announceIncomingChat = (world: World, chat: Chat, thread: Thread, actor: Actor): void =>
  world.announce({
    action: 'incoming_chat',
    actor,
    chat,
    ids: { chatId: chat.id, threadId: thread.id },
    payload: (version) => ({
      chat: {
        id: chat.id,
        users: agentUsers(world, chat, version),
        properties: copyProperties(chat.properties),
        thread: agentThread(world, chat, thread),
      },
    }),
  })

/** Marks everything up to now as seen by this user. */
export const markAllSeen = (chat: Chat, userId: string): void => {
  const user = chat.users.find((candidate) => candidate.id === userId)
  const last = lastThread(chat)?.events.at(-1)
  if (user && last) user.eventsSeenUpTo = last.createdAt
}
