import type { IncomingMessage } from '../content/incoming-message'
import { createAgent, forgetAgent, rememberAgent, type AgentDraft } from './agents'
import { expectMade, isReferenceGone, repeatKeyedWrite } from './platform-call'
import { nextSchedule, noteWords } from './schedule'
import type { Scope } from './scope'
import type { Session } from './session'

/** Who wrote: a known Botpress user, or an agent who becomes one with this message. */
export type Author = { userId: string } | { draft: AgentDraft }

/**
 * Brings an agent's event to the end user. One message per event id, however often it is called: calls that come
 * together or again share one relay, and one that failed may be tried again.
 * @param findAuthor asked again when the Botpress user that this process remembers has been deleted
 * @returns the Botpress user of the author
 */
export const relayToBotpress = async (
  scope: Scope,
  session: Session,
  eventId: string,
  message: IncomingMessage,
  findAuthor: () => Author | Promise<Author>,
): Promise<string> => {
  const key = scope.key('event', eventId)
  const earlier = scope.memory.relayed.get(key)
  if (earlier) return earlier.userId
  const relay = async (): Promise<string> => {
    const author = await findAuthor()
    try {
      return await createMessage(scope, session, eventId, message, author)
    } catch (error) {
      if (!('userId' in author && isReferenceGone(error) && forgetAgent(scope, author.userId))) throw error
      return createMessage(scope, session, eventId, message, await findAuthor())
    }
  }
  const userId = await scope.memory.relaysUnderWay(key, relay, scope.deadline.signal)
  scope.memory.relayed.set(key, { userId })
  noteWords(scope, session)
  return userId
}

const createMessage = async (
  scope: Scope,
  session: Session,
  eventId: string,
  message: IncomingMessage,
  author: Author,
): Promise<string> => {
  const scheduled = nextSchedule(scope, session)
  const common = {
    ...message,
    tags: { livechatEventId: eventId },
    discriminateByTags: ['livechatEventId' as const],
  }
  if ('draft' in author && scheduled.schedule === undefined) {
    // One call for both, so that an agent's first words wait for no more than they must.
    const answer = await repeatKeyedWrite(() =>
      scope.client.initializeIncomingMessage({
        user: author.draft,
        conversationId: session.conversationId,
        message: common,
      }),
    )
    const { user } = expectMade(answer, 'user')
    rememberAgent(scope, author.draft.tags, user.id)
    return user.id
  }
  const userId = 'draft' in author ? await createAgent(scope, author.draft) : author.userId
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateMessage({ ...common, conversationId: session.conversationId, userId, ...scheduled }),
  )
  expectMade(answer, 'message')
  return userId
}
