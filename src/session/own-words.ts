import { isReferenceGone, repeatKeyedWrite, requireCreated } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import { tagValue } from '../operation/tag-value'
import { afterAllOthers, nextSchedule } from './schedule'
import type { Session } from './session'

/**
 * Each message to the end user in our conversation has a key. For an agent's message, the key is LiveChat's event id.
 * For a text of our own, it is one of these keys. So each text is said only once.
 */
export const messageKeys = {
  waiting: (livechatThreadId: string, occasion: string): string => `waiting-${livechatThreadId}-${occasion}`,
  correction: (livechatEventId: string, digest: string, timesShown: number): string =>
    `${livechatEventId}#edit-${digest}-${timesShown}`,
  undelivered: (messageId: string): string => `undelivered-${messageId}`,
  deletion: (livechatEventId: string): string => `${livechatEventId}#deleted`,
}

/** Whether a key is one of `messageKeys`. LiveChat's ids consist of letters, digits and `_`. */
export const isOwnKey = (key: string): boolean => /^(waiting|undelivered)-|#/.test(key)

/**
 * Says a text of our own to the end user, once per `key`. The author of the message is a user of our own, so that no
 * agent seems to have written the text. Without a text, says nothing.
 */
export const say = async (scope: Scope, session: Session, key: string, text: string | undefined): Promise<void> => {
  if (text === undefined) return
  try {
    await sayAs(await ourUser(scope), scope, session, key, text)
  } catch (error) {
    if (!isReferenceGone(error) || !ourUsers(scope.memory).delete(scope.key('ourselves'))) throw error
    // Our user was deleted.
    await sayAs(await ourUser(scope), scope, session, key, text)
  }
}

/** The Botpress user that stands for us, by installation. */
const ourUsers = declareCache<{ userId: string }>(500)

const ourUser = async (scope: Scope): Promise<string> => {
  const known = ourUsers(scope.memory).get(scope.key('ourselves'))
  if (known) return known.userId
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateUser({
      tags: { livechatAgentId: 'livechat-hitl' },
      discriminateByTags: ['livechatAgentId'],
      name: 'LiveChat',
    }),
  )
  const { id: userId } = requireCreated(answer, 'user').user
  ourUsers(scope.memory).set(scope.key('ourselves'), { userId })
  return userId
}

const sayAs = async (userId: string, scope: Scope, session: Session, key: string, text: string): Promise<void> => {
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateMessage({
      conversationId: session.conversationId,
      userId,
      type: 'text',
      payload: { text },
      tags: { livechatEventId: tagValue(key) },
      discriminateByTags: ['livechatEventId'],
      // If no agent has written yet, the plugin would announce us. So at the start, the agents' words come first.
      ...nextSchedule(scope, session, afterAllOthers(scope)),
    }),
  )
  requireCreated(answer, 'message')
}
