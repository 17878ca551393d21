import type { Scope } from '../../operation/scope'
import { isOwnKey } from '../own-words'
import type { Session } from '../session'

/** What a session's conversation already holds. */
export type DeliveredMessages = { eventIds: Set<string>; messagesFromEndUser: number; messagesFromAgents: number }

/** Looks up all messages of the conversation, page by page. */
export const listDelivered = async (scope: Scope, session: Session): Promise<DeliveredMessages> => {
  const delivered: DeliveredMessages = { eventIds: new Set(), messagesFromEndUser: 0, messagesFromAgents: 0 }
  let nextToken: string | undefined
  do {
    const { messages, meta } = await scope.client.listMessages({
      conversationId: session.conversationId,
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    for (const { tags, direction, payload } of messages) {
      const eventId = tags['livechatEventId']
      if (!eventId) continue
      delivered.eventIds.add(eventId)
      if (isOwnKey(eventId)) continue
      if (direction === 'incoming') delivered.messagesFromAgents += 1
      else if (payload['userId'] !== undefined) delivered.messagesFromEndUser += 1
    }
    nextToken = meta.nextToken
  } while (nextToken !== undefined)
  return delivered
}
