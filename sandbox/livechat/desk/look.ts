import { displayName, isKnownSystemMessage } from '../chats/system-messages'
import type { Chat, ChatEvent, SessionField, Thread } from '../model'
import { agentEvent } from '../shapes/agent-view'
import { queueShape } from '../shapes/queue'
import { activeThread, lastThread, type World } from '../world'
import { chatById } from './place'

export type DeskChat = {
  chatId: string
  threadId: string
  state: 'assigned' | 'queued' | 'unassigned' | 'closed'
  groupIds: number[]
  queuePosition?: number
  /** It stays in the agents' list of unassigned chats, even when it is closed. */
  isPinned: boolean
  customer: {
    id: string
    name: string
    email?: string
    phoneNumber?: string
    sessionFields: SessionField[]
    sneakPeek?: string
  }
  /** E-mail addresses of the agents in the chat, supervisors included. */
  agentIds: string[]
  tags: string[]
}

export type TranscriptEntry = {
  eventId: string
  threadId: string
  at: string
  type: string
  author: string
  authorKind: 'customer' | 'agent' | 'system'
  /** The event as the agent's app would print it. */
  text: string
  isPrivate: boolean
  isDeleted: boolean
  /** The event in the Agent API's shape. */
  event: Record<string, unknown>
}

/** What an agent can see. */
export const createLooking = (world: World) => ({
  /** Every chat of the license, newest thread last. */
  chats: (): DeskChat[] => [...world.chats.values()].map((chat) => deskChat(world, chat)),
  /** Every event of every thread, as the agent reads it. */
  transcript: (chatId: string): TranscriptEntry[] =>
    chatById(world, chatId).threads.flatMap((thread) =>
      thread.events.filter((event) => isShown(world, event)).map((event) => entry(world, thread, event)),
    ),
})

const isShown = ({ knobs }: World, { type, content }: ChatEvent): boolean =>
  type !== 'system_message' ||
  knobs.unknownSystemMessageTypesShown ||
  isKnownSystemMessage(String(content['system_message_type']))

const deskChat = (world: World, chat: Chat): DeskChat => {
  const thread = lastThread(chat)
  const customer = world.customers.get(chat.customerId)
  const agentIds = chat.users.filter((user) => user.kind === 'agent' && user.present).map((user) => user.id)
  const queue = thread ? queueShape(world, thread) : undefined
  return {
    chatId: chat.id,
    threadId: thread?.id ?? '',
    state: stateOf(chat),
    groupIds: [...chat.groupIds],
    isPinned: chat.properties['routing']?.['pinned'] === true,
    ...(queue ? { queuePosition: queue.position } : {}),
    customer: {
      id: chat.customerId,
      name: displayName(world, chat.customerId),
      ...(customer?.email === undefined ? {} : { email: customer.email }),
      ...(customer?.phoneNumber === undefined ? {} : { phoneNumber: customer.phoneNumber }),
      sessionFields: customer?.sessionFields ?? [],
      ...(customer?.sneakPeek === undefined ? {} : { sneakPeek: customer.sneakPeek }),
    },
    agentIds,
    tags: [...(thread?.tags ?? [])],
  }
}

const stateOf = (chat: Chat): DeskChat['state'] => {
  const thread = activeThread(chat)
  if (!thread) return 'closed'
  if (thread.queuedAt !== undefined) return 'queued'
  const isServed = chat.users.some((user) => user.kind === 'agent' && user.present && user.visibility === 'all')
  return isServed ? 'assigned' : 'unassigned'
}

const entry = (world: World, thread: Thread, event: ChatEvent): TranscriptEntry => ({
  eventId: event.id,
  threadId: thread.id,
  at: event.createdAt,
  type: event.type,
  author: event.author ? displayName(world, event.author.id) : 'LiveChat',
  authorKind: event.author?.kind ?? 'system',
  text: readable(event),
  isPrivate: event.visibility === 'agents',
  isDeleted: event.isDeleted,
  event: agentEvent(event),
})

type Answer = string | { label?: string }
type Readable = {
  text?: string
  name?: string
  url?: string
  fields?: { label: string; answer?: Answer; answers?: Answer[] }[]
  elements?: { title?: string; subtitle?: string; image?: { url: string }; buttons?: { text: string }[] }[]
}

const readable = ({ type, content }: ChatEvent): string => {
  const { text, name, url, fields, elements } = content as Readable
  if (text !== undefined) return text
  if (type === 'file') return `[file] ${name} ${url}`
  if (fields) return fields.map(formLine).join('\n')
  if (elements) return elements.map(cardText).join('\n')
  return `[${type}]`
}

const formLine = (field: NonNullable<Readable['fields']>[number]): string => {
  const answers = field.answers ?? (field.answer === undefined ? [] : [field.answer])
  return `${field.label}: ${answers.map((answer) => (typeof answer === 'string' ? answer : answer.label)).join(', ')}`
}

const cardText = (element: NonNullable<Readable['elements']>[number]): string =>
  [element.title, element.subtitle, element.image?.url, ...(element.buttons ?? []).map((button) => `[${button.text}]`)]
    .filter((line) => line !== undefined)
    .join('\n')
