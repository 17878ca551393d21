import type { ApiVersion, Chat, ChatEvent, ChatUser, Customer, Thread } from '../model'
import { copyProperties } from './properties'
import { queueShape } from './queue'
import { activeThread, lastThread, type World } from '../world'

/**
 * What a customer's token can read: agents have opaque ids, events have no visibility, and private and deleted events
 * are missing.
 */
export const agentIdForCustomer = (world: World, agentId: string): string =>
  world.knobs.agentIdShape === 'email' ? agentId : (world.agents.get(agentId)?.opaqueId ?? agentId)

const userId = (world: World, chat: Chat, id: string): string =>
  id === chat.customerId ? id : agentIdForCustomer(world, id)

export const isVisibleToCustomer = (event: ChatEvent): boolean => event.visibility === 'all' && !event.isDeleted

const customerEvent = (world: World, event: ChatEvent): Record<string, unknown> => {
  const { author } = event
  const authorId = author?.kind === 'agent' ? agentIdForCustomer(world, author.id) : author?.id
  return {
    id: event.id,
    ...(event.customId === undefined ? {} : { custom_id: event.customId }),
    created_at: event.createdAt,
    type: event.type,
    ...(authorId === undefined ? {} : { author_id: authorId }),
    ...structuredClone(event.content),
    ...(Object.keys(event.properties).length > 0 ? { properties: copyProperties(event.properties) } : {}),
  }
}

const customerUser = (world: World, user: ChatUser): Record<string, unknown> => {
  const seen = user.eventsSeenUpTo === undefined ? {} : { events_seen_up_to: user.eventsSeenUpTo }
  if (user.kind === 'customer') {
    const customer = world.customers.get(user.id)
    return {
      ...(customer ? customerSelf(customer) : { id: user.id, type: 'customer' }),
      present: user.present,
      ...seen,
    }
  }
  const agent = world.agents.get(user.id)
  return {
    id: agentIdForCustomer(world, user.id),
    type: 'agent',
    name: agent?.name ?? '',
    avatar: agent?.avatar ?? '',
    job_title: agent?.jobTitle ?? '',
    present: user.present,
    ...seen,
  }
}

/** Answer of the customer's `get_customer`. It contains only what is set. */
export const customerSelf = (customer: Customer): Record<string, unknown> => ({
  id: customer.id,
  type: 'customer',
  ...(customer.name === undefined ? {} : { name: customer.name }),
  ...(customer.email === undefined ? {} : { email: customer.email, email_verified: false }),
  ...(customer.avatar === undefined ? {} : { avatar: customer.avatar }),
  ...(customer.phoneNumber === undefined ? {} : { phone_number: customer.phoneNumber }),
  ...(customer.sessionFields.length === 0 ? {} : { session_fields: structuredClone(customer.sessionFields) }),
  ...(customer.omnichannel === undefined ? {} : { omnichannel: customer.omnichannel }),
  ...(customer.address === undefined ? {} : { address: customer.address }),
})

export const customerThread = (world: World, chat: Chat, thread: Thread): Record<string, unknown> => {
  const index = chat.threads.indexOf(thread)
  const previous = chat.threads[index - 1]
  const next = chat.threads[index + 1]
  const queue = queueShape(world, thread)
  const hidden = hiddenUserIds(chat)
  return {
    id: thread.id,
    created_at: thread.createdAt,
    active: thread.active,
    user_ids: thread.userIds.filter((id) => !hidden.has(id)).map((id) => userId(world, chat, id)),
    events: thread.events.filter(isVisibleToCustomer).map((event) => customerEvent(world, event)),
    properties: copyProperties(thread.properties),
    access: { group_ids: [...thread.groupIds] },
    ...(queue ? { queue } : {}),
    ...(previous ? { previous_thread_id: previous.id } : {}),
    ...(next ? { next_thread_id: next.id } : {}),
  }
}

/** Supervisors take part without being seen. */
const hiddenUserIds = (chat: Chat): Set<string> =>
  new Set(chat.users.filter((user) => user.visibility === 'agents').map((user) => user.id))

const customerUsers = (world: World, chat: Chat): Record<string, unknown>[] =>
  chat.users.filter((user) => user.visibility === 'all').map((user) => customerUser(world, user))

export const customerChat = (world: World, chat: Chat, thread: Thread | undefined): Record<string, unknown> => ({
  id: chat.id,
  ...(thread ? { thread: customerThread(world, chat, thread) } : {}),
  users: customerUsers(world, chat),
  access: { group_ids: [...chat.groupIds] },
  properties: copyProperties(chat.properties),
})

/** One element of the customer's `list_chats`; 3.7 moved some fields into `last_thread_info`. */
export const customerChatSummary = (world: World, chat: Chat, version: ApiVersion): Record<string, unknown> => {
  const thread = lastThread(chat)
  const shared = {
    id: chat.id,
    users: customerUsers(world, chat),
    access: { group_ids: [...chat.groupIds] },
    properties: copyProperties(chat.properties),
    active: activeThread(chat) !== undefined,
  }
  if (!thread) return shared
  const lastEvents = lastEventPerType(world, chat)
  if (version === '3.7') {
    return {
      ...shared,
      last_thread_info: { id: thread.id, created_at: thread.createdAt, last_event_per_type: lastEvents },
    }
  }
  return {
    ...shared,
    last_thread_id: thread.id,
    last_thread_created_at: thread.createdAt,
    last_event_per_type: lastEvents,
  }
}

const lastEventPerType = (world: World, chat: Chat): Record<string, unknown> => {
  const latest: Record<string, unknown> = {}
  for (const thread of chat.threads) {
    for (const event of thread.events.filter(isVisibleToCustomer)) {
      latest[event.type] = {
        thread_id: thread.id,
        thread_created_at: thread.createdAt,
        event: customerEvent(world, event),
      }
    }
  }
  return latest
}
