import type { ApiVersion, Chat, ChatEvent, ChatUser, Customer, Thread } from '../model'
import { copyProperties } from './properties'
import { queueShape } from './queue'
import { activeThread, findChatOf, lastThread, type World } from '../world'

/**
 * The shapes of the Agent Chat API, which webhooks share: agents are e-mail addresses, and visibility is always given.
 * `seesDeleted` is for administrators and above; agents of role `normal` get a stub instead.
 */
export const agentEvent = (event: ChatEvent, seesDeleted = true): Record<string, unknown> => {
  const shared = {
    id: event.id,
    ...(event.customId === undefined ? {} : { custom_id: event.customId }),
    type: event.type,
    ...(event.author ? { author_id: event.author.id } : {}),
    created_at: event.createdAt,
    visibility: event.visibility,
    ...(event.isDeleted ? { deleted: true } : {}),
  }
  if (event.isDeleted && !seesDeleted) return shared
  const hasProperties = Object.keys(event.properties).length > 0
  return {
    ...shared,
    ...structuredClone(event.content),
    ...(hasProperties ? { properties: copyProperties(event.properties) } : {}),
  }
}

export const agentUser = (world: World, chat: Chat, user: ChatUser, version: ApiVersion): Record<string, unknown> => {
  const seen = user.eventsSeenUpTo === undefined ? {} : { events_seen_up_to: user.eventsSeenUpTo }
  if (user.kind === 'customer') {
    const customer = world.customers.get(user.id)
    return {
      ...(customer ? agentCustomer(world, customer, version, chat) : { id: user.id }),
      present: user.present,
      ...seen,
    }
  }
  const agent = world.agents.get(user.id)
  return {
    id: user.id,
    type: 'agent',
    name: agent?.name ?? user.id,
    email: user.id,
    present: user.present,
    ...seen,
    avatar: bareAvatar(agent?.avatar ?? ''),
    visibility: user.visibility,
  }
}

/** In this shape, LiveChat gives addresses of its own avatars without a scheme. */
export const bareAvatar = (avatar: string): string => avatar.replace(/^https:\/\/(?=cdn\.livechatinc\.com\/)/, '')

export const agentCustomer = (
  world: World,
  customer: Customer,
  version: ApiVersion,
  chat = findChatOf(world, customer.id),
): Record<string, unknown> => {
  const threads = chat?.threads ?? []
  const visit = {
    started_at: customer.createdAt,
    ip: '203.0.113.7',
    user_agent: 'sandbox',
    geolocation: { country: 'Poland', country_code: 'PL', timezone: 'Europe/Warsaw' },
    last_pages: [],
  }
  return {
    id: customer.id,
    type: 'customer',
    ...(customer.name === undefined ? {} : { name: customer.name }),
    ...(customer.email === undefined ? {} : { email: customer.email, email_verified: false }),
    ...(customer.avatar === undefined ? {} : { avatar: customer.avatar }),
    created_at: customer.createdAt,
    session_fields: structuredClone(customer.sessionFields),
    statistics: {
      chats_count: chat ? 1 : 0,
      threads_count: threads.length,
      visits_count: 1,
      page_views_count: 0,
      greetings_shown_count: 0,
      greetings_accepted_count: 0,
    },
    ...lastEventTimes(threads),
    ...(version === '3.5' ? { last_visit: visit } : { visit, ...newerCustomerFields(customer) }),
  }
}

const newerCustomerFields = (customer: Customer): Record<string, unknown> => ({
  ...(customer.phoneNumber === undefined ? {} : { phone_number: customer.phoneNumber }),
  ...(customer.omnichannel === undefined ? {} : { omnichannel: customer.omnichannel }),
  ...(customer.address === undefined ? {} : { address: customer.address }),
  tickets: [],
  carts: [],
})

const lastEventTimes = (threads: Thread[]): Record<string, string> => {
  const events = threads.flatMap((thread) => thread.events)
  const agent = events.findLast((event) => event.author?.kind === 'agent')
  const customer = events.findLast((event) => event.author?.kind === 'customer')
  return {
    ...(agent ? { agent_last_event_created_at: agent.createdAt } : {}),
    ...(customer ? { customer_last_event_created_at: customer.createdAt } : {}),
  }
}

export const agentThread = (world: World, chat: Chat, thread: Thread, seesDeleted = true): Record<string, unknown> => {
  const index = chat.threads.indexOf(thread)
  const previous = chat.threads[index - 1]
  const next = chat.threads[index + 1]
  const queue = queueShape(world, thread)
  return {
    id: thread.id,
    active: thread.active,
    created_at: thread.createdAt,
    user_ids: [...thread.userIds],
    events: thread.events.map((event) => agentEvent(event, seesDeleted)),
    properties: copyProperties(thread.properties),
    access: { group_ids: [...thread.groupIds] },
    ...(queue ? { queue } : {}),
    tags: [...thread.tags],
    queues_duration: 0,
    ...(previous ? { previous_thread_id: previous.id } : {}),
    ...(next ? { next_thread_id: next.id } : {}),
    ...(thread.summary ? { summary: thread.summary } : {}),
  }
}

export const agentUsers = (world: World, chat: Chat, version: ApiVersion): Record<string, unknown>[] =>
  chat.users.map((user) => agentUser(world, chat, user, version))

/** Answer of the agent's `get_chat`. */
export const agentChat = (
  world: World,
  chat: Chat,
  thread: Thread | undefined,
  version: ApiVersion,
  seesDeleted: boolean,
): Record<string, unknown> => ({
  id: chat.id,
  users: agentUsers(world, chat, version),
  access: { group_ids: [...chat.groupIds] },
  properties: copyProperties(chat.properties),
  ...(thread ? { thread: agentThread(world, chat, thread, seesDeleted) } : {}),
})

/** One element of the agent's `list_chats`. */
export const agentChatSummary = (world: World, chat: Chat, version: ApiVersion): Record<string, unknown> => {
  const thread = lastThread(chat)
  const queue = thread ? queueShape(world, thread) : undefined
  return {
    id: chat.id,
    users: agentUsers(world, chat, version),
    access: { group_ids: [...chat.groupIds] },
    properties: copyProperties(chat.properties),
    active: activeThread(chat) !== undefined,
    ...(thread
      ? {
          last_thread_summary: {
            id: thread.id,
            active: thread.active,
            created_at: thread.createdAt,
            user_ids: [...thread.userIds],
            properties: copyProperties(thread.properties),
            access: { group_ids: [...thread.groupIds] },
            tags: [...thread.tags],
            ...(queue ? { queue } : {}),
          },
        }
      : {}),
  }
}
