import { fingerprint } from '../../content/to-end-user/correction'
import type { IncomingMessage } from '../../content/to-end-user/incoming-message'
import { isReferenceGone, repeatKeyedWrite, requireCreated } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { tagValue } from '../../operation/tag-value'
import { declareCache } from '../../shared/cache'
import { createAgent, forgetAgent, isUnnamed, rememberAgent, type AgentDraft } from '../agents/agent-users'
import { nextSchedule, noteMessageCreated, type Happened } from '../schedule'
import type { Session } from '../session'

/** The author of a message: a known Botpress user, or an agent whose user is created with the message. */
export type Author = { userId: string } | { draft: AgentDraft }

/**
 * `happened`: when the event happened, if this decides the place of its message. `isPresent`: the content is up to
 * date. The event's first webhook may still come, with older content.
 */
export type Circumstances = { happened?: Happened | undefined; isPresent?: boolean }

/** Events that have become messages, with the Botpress user of their author. */
const created = declareCache<{ userId: string }>(10_000)

/** Notes that the message of an event exists, so that this process does not create it again with other content. */
export const noteMessageOf = (scope: Scope, eventId: string, userId: string): void => {
  created(scope.memory).set(scope.key('event', eventId), { userId })
}

/** Whether this process has created the message of an event, or knows it. */
export const wasCreatedHere = (scope: Scope, eventId: string): boolean =>
  created(scope.memory).get(scope.key('event', eventId)) !== undefined

/**
 * Creates at most one message per event id. Calls that come at the same time share one attempt. After a failed attempt,
 * the next call tries again.
 * @param findAuthor finds the author. It is called again if the Botpress user that this process remembers was deleted
 * @returns the Botpress user of the author
 */
export const createMessageOnce = async (
  scope: Scope,
  session: Session,
  eventId: string,
  message: IncomingMessage,
  findAuthor: () => Author | Promise<Author>,
  circumstances: Circumstances = {},
): Promise<string> => {
  const key = scope.key('event', eventId)
  const earlier = created(scope.memory).get(key)
  if (earlier) return earlier.userId
  const attempt = async (): Promise<string> => {
    const author = await findAuthor()
    try {
      return await createMessage(scope, session, eventId, message, author, circumstances)
    } catch (error) {
      if (!('userId' in author && isReferenceGone(error) && forgetAgent(scope, author.userId))) throw error
      return createMessage(scope, session, eventId, message, await findAuthor(), circumstances)
    }
  }
  const userId = await scope.memory.shared(key, attempt, scope.deadline.signal)
  noteMessageOf(scope, eventId, userId)
  noteMessageCreated(scope, session)
  return userId
}

const createMessage = async (
  scope: Scope,
  session: Session,
  eventId: string,
  message: IncomingMessage,
  author: Author,
  { happened, isPresent = false }: Circumstances,
): Promise<string> => {
  const scheduled = nextSchedule(scope, session, happened)
  // A later call with older content may overwrite the message. The tag says what the end user has seen.
  const revision = isPresent ? { livechatRevision: fingerprint(message) } : {}
  const common = {
    ...message,
    tags: { livechatEventId: tagValue(eventId), ...revision },
    discriminateByTags: ['livechatEventId' as const],
  }
  if ('draft' in author && scheduled.schedule === undefined && !isUnnamed(scope, author.draft)) {
    // One call creates both, so that an agent's first message arrives sooner.
    const answer = await repeatKeyedWrite(() =>
      scope.client.initializeIncomingMessage({
        user: author.draft,
        conversationId: session.conversationId,
        message: common,
      }),
    )
    const { user } = requireCreated(answer, 'user')
    rememberAgent(scope, author.draft.tags, user.id)
    return user.id
  }
  const userId = 'draft' in author ? await createAgent(scope, author.draft) : author.userId
  const answer = await repeatKeyedWrite(() =>
    scope.client.getOrCreateMessage({ ...common, conversationId: session.conversationId, userId, ...scheduled }),
  )
  requireCreated(answer, 'message')
  return userId
}
