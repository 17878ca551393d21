import { repeatKeyedWrite, requireCreated } from '../operation/platform-errors'
import type { Scope } from '../operation/scope'
import { tagValue } from '../operation/tag-value'
import { nextSchedule } from './schedule'
import type { Session } from './session'

/**
 * Each message to the end user in our conversation has a key. For an agent's message, the key is LiveChat's event id.
 * For a text of our own, it is one of these keys. So each text is said only once.
 */
export const messageKeys = {
  place: (livechatThreadId: string, occasion: string, position: number | undefined): string =>
    `place-${livechatThreadId}-${occasion}-${position}`,
  waiting: (livechatThreadId: string, occasion: string): string => `waiting-${livechatThreadId}-${occasion}`,
  correction: (livechatEventId: string, revision: number, digest: string): string =>
    `${livechatEventId}#edit-${revision}-${digest}`,
  deletion: (livechatEventId: string): string => `${livechatEventId}#deleted`,
}

/** Whether a key is one of `messageKeys`. LiveChat's ids consist of letters, digits and `_`. */
export const isOwnKey = (key: string): boolean => /^(place|waiting)-|#/.test(key)

/**
 * Says a text of our own to the end user, once per `key`. The author of the message is a user of our own, so that no
 * agent seems to have written the text. Without a text, says nothing.
 */
export const say = async (scope: Scope, session: Session, key: string, text: string | undefined): Promise<void> => {
  if (text === undefined) return
  const ourselves = await repeatKeyedWrite(() =>
    scope.client.getOrCreateUser({
      tags: { livechatAgentId: 'livechat-hitl' },
      discriminateByTags: ['livechatAgentId'],
      name: 'LiveChat',
    }),
  )
  const { user } = requireCreated(ourselves, 'user')
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateMessage({
      conversationId: session.conversationId,
      userId: user.id,
      type: 'text',
      payload: { text },
      tags: { livechatEventId: tagValue(key) },
      discriminateByTags: ['livechatEventId'],
      ...nextSchedule(scope, session),
    }),
  )
  requireCreated(answer, 'message')
}
