import { accepted, type LiveChat } from './calls'
import type { ProbeCustomer } from './customer'
import { at, listAt, textAt } from './json'
import { CannotSee } from './sighting'
import { limits, until, type Me, type Stage } from './stage'

/** An event that can be found again by its custom_id. */
export type Draft = Record<string, unknown> & { type: string; custom_id: string }

/** Opens the customer's next thread. Returns its id. */
export const openThread = async (stage: Stage, customer: ProbeCustomer): Promise<string> => {
  const { groupId, runId } = stage
  const text = `Probe ${runId}: this chat checks how LiveChat works. Nobody needs to answer.`
  const chat = { access: { group_ids: [groupId] }, thread: { events: [{ type: 'message', text }] } }
  const { chatId } = customer
  const action = chatId === undefined ? 'start_chat' : 'resume_chat'
  const body = { chat: chatId === undefined ? chat : { id: chatId, ...chat }, active: true, continuous: true }
  const answer = accepted(action, await customer.call(action, body))
  const [id, threadId] = [textAt(answer.body, 'chat_id') ?? chatId, textAt(answer.body, 'thread_id')]
  if (id === undefined || threadId === undefined) throw new CannotSee(`LiveChat's answer to ${action} lacks an id`)
  customer.chatId = id
  return threadId
}

/** The id of the customer's chat, which a thread was opened in. */
export const chatOf = ({ chatId, name }: ProbeCustomer): string => {
  if (chatId === undefined) throw new CannotSee(`${name} has no chat yet`)
  return chatId
}

/** The chat as agents read it. */
export const readAsAgent = async (stage: Stage, customer: ProbeCustomer): Promise<unknown> =>
  accepted('get_chat', await stage.agent('get_chat', { chat_id: chatOf(customer) })).body

/** The chat as its customer reads it. */
export const readAsCustomer = async (customer: ProbeCustomer): Promise<unknown> =>
  accepted('get_chat', await customer.call('get_chat', { chat_id: chatOf(customer) })).body

/** The event with this custom_id in a chat that was read. */
export const eventIn = (chat: unknown, customId: string): unknown =>
  listAt(chat, 'thread', 'events').find((event) => textAt(event, 'custom_id') === customId)

export const isWithMe = ({ me }: Stage, users: unknown[]): boolean =>
  users.some((user) => textAt(user, 'id') === me.email && at(user, 'present') !== false)

/** Whether the token's owner is in the chat, at the latest after `limitMs`. */
export const comesToMe = async (stage: Stage, customer: ProbeCustomer, limitMs: number): Promise<boolean> => {
  const found = await until(stage, limitMs, async () =>
    isWithMe(stage, listAt(await readAsAgent(stage, customer), 'users')) ? true : undefined,
  )
  return found ?? false
}

/** Opens a thread with the token's owner in it: by routing, else because the owner joins. */
export const openServedThread = async (stage: Stage, customer: ProbeCustomer): Promise<string> => {
  const threadId = await openThread(stage, customer)
  if (await comesToMe(stage, customer, limits.quietMs)) return threadId
  await join(stage, customer)
  return threadId
}

export const join = async (stage: Stage, customer: ProbeCustomer): Promise<void> => {
  const { agent, me } = stage
  const seat = { user_id: me.email, user_type: 'agent', visibility: 'all', ignore_requester_presence: true }
  accepted('add_user_to_chat', await agent('add_user_to_chat', { chat_id: chatOf(customer), ...seat }))
}

/** Sends as the token's owner. Returns the event's id. */
export const sayAsAgent = async (stage: Stage, customer: ProbeCustomer, event: Draft): Promise<string> => {
  const answer = await stage.agent('send_event', { chat_id: chatOf(customer), event })
  return textAt(accepted('send_event', answer).body, 'event_id') ?? ''
}

export const closeAsAgent = async (stage: Stage, customer: ProbeCustomer): Promise<void> => {
  const body = { id: chatOf(customer), ignore_requester_presence: true }
  accepted('deactivate_chat', await stage.agent('deactivate_chat', body))
}

/**
 * Closes the customer's open thread, and takes the chat out of the agents' list of unassigned chats. It is no failure if
 * nothing is open. It asks LiveChat for the chat, because the answer to a start may be lost.
 */
export const leave = async (livechat: Pick<LiveChat, 'agent'>, customer: ProbeCustomer): Promise<void> => {
  const chats = listAt(accepted('list_chats', await customer.call('list_chats')).body, 'chats_summary')
  for (const id of chats.flatMap((chat) => textAt(chat, 'id') ?? [])) {
    // If the customer closed it, LiveChat might go on to list it as unassigned.
    const byAgent = await livechat.agent('deactivate_chat', { id, ignore_requester_presence: true })
    const answer =
      byAgent.isOk || byAgent.errorType === 'chat_inactive' ? byAgent : await customer.call('deactivate_chat', { id })
    if (answer.errorType !== 'chat_inactive') accepted('deactivate_chat', answer)
    await livechat.agent('update_chat_properties', { id, properties: { routing: { pinned: false } } })
  }
}

/** The status by which routing gives the owner chats, or not. */
export const setStatus = async (stage: Stage, status: 'accepting_chats' | 'not_accepting_chats'): Promise<void> => {
  accepted('set_routing_status', await stage.agent('set_routing_status', { status }))
}

/** LiveChat lists the status with spaces and takes it with underscores. It takes no `offline` for a human. */
export const restoreStatus = async ({ agent }: Pick<LiveChat, 'agent'>, { status }: Me): Promise<void> => {
  const wanted = status === 'accepting chats' ? 'accepting_chats' : 'not_accepting_chats'
  accepted('set_routing_status', await agent('set_routing_status', { status: wanted }))
}

/** A message by the token's owner or a customer. */
export const message = (customId: string, text: string): Draft => ({ type: 'message', custom_id: customId, text })
