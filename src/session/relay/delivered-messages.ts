import { visibility } from '../../content/to-end-user/visibility'
import type { LiveChatChat } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import { isOwnKey } from '../own-words'
import type { Session } from '../session'
import type { Relayable } from './relay-event'

/** What a session's conversation already holds. */
export type DeliveredMessages = {
  /** LiveChat's ids of the events for which there is a message, in either direction. */
  eventIds: Set<string>
  messagesFromEndUser: number
  messagesFromAgents: number
  /** When the first message of an agent was created. */
  firstFromAgentAtMs: number | undefined
  /** Ids of the end user's messages for which we know no LiveChat event. */
  unacknowledgedIds: string[]
}

/** How many messages of a session arrived. `undelivered`: those that did not, or not certainly, in both directions. */
export type MessageCounts = { messagesFromEndUser: number; messagesFromAgents: number; undelivered: number }

/** Looks up all messages of the conversation, page by page. */
export const listDelivered = async (scope: Scope, session: Session): Promise<DeliveredMessages> => {
  const delivered: DeliveredMessages = {
    eventIds: new Set(),
    messagesFromEndUser: 0,
    messagesFromAgents: 0,
    firstFromAgentAtMs: undefined,
    unacknowledgedIds: [],
  }
  let nextToken: string | undefined
  do {
    const { messages, meta } = await scope.client.listMessages({
      conversationId: session.conversationId,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    for (const message of messages) note(delivered, message)
    nextToken = meta.nextToken
  } while (nextToken !== undefined)
  return delivered
}

type Message = Awaited<ReturnType<Scope['client']['listMessages']>>['messages'][number]

const note = (delivered: DeliveredMessages, { id, tags, direction, payload, createdAt }: Message): void => {
  const eventId = tags['livechatEventId']
  // The bot's own words have no `userId`.
  const isFromEndUser = direction === 'outgoing' && payload['userId'] !== undefined
  if (!eventId) {
    if (isFromEndUser) delivered.unacknowledgedIds.push(id)
    return
  }
  delivered.eventIds.add(eventId)
  if (isOwnKey(eventId)) return
  if (isFromEndUser) delivered.messagesFromEndUser += 1
  if (direction !== 'incoming') return
  delivered.messagesFromAgents += 1
  const atMs = Date.parse(createdAt)
  if (!Number.isNaN(atMs)) delivered.firstFromAgentAtMs = Math.min(atMs, delivered.firstFromAgentAtMs ?? atMs)
}

/** The agents' events that the end user may see, but for which the conversation has no message. */
export const missingEvents = (
  session: Session,
  { thread, users }: LiveChatChat,
  alreadyRelayed: ReadonlySet<string>,
): Relayable[] =>
  thread.events.flatMap((event) => {
    if (alreadyRelayed.has(event.id) || event.author_id === session.livechatCustomerId) return []
    if (users.some(({ id, type }) => id === event.author_id && type === 'customer')) return []
    const verdict = visibility(event, 'customer-read')
    return verdict.relay ? [{ event, ...verdict }] : []
  })

/** Counts the messages of a conversation. The thread shows which unacknowledged messages arrived all the same. */
export const countsOf = (delivered: DeliveredMessages, chat: LiveChatChat | undefined): MessageCounts => {
  const { unacknowledgedIds, messagesFromEndUser, messagesFromAgents } = delivered
  const customIds = chat?.thread.events.flatMap(({ custom_id }) => custom_id ?? []) ?? []
  const arrived = unacknowledgedIds.filter((id) => customIds.some((customId) => isOfMessage(customId, id)))
  return {
    messagesFromEndUser: messagesFromEndUser + arrived.length,
    messagesFromAgents,
    undelivered: unacknowledgedIds.length - arrived.length,
  }
}

/** The custom ids of a message's parts and pieces begin with the message's id. */
const isOfMessage = (customId: string, messageId: string): boolean =>
  customId === messageId || customId.startsWith(`${messageId}-`) || customId.startsWith(`${messageId}.`)
