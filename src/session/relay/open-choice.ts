import { choicesOf } from '../../content/choices'
import type { LiveChatEvent } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { threadOf } from '../thread'

/**
 * The event of the choices that an agent has shown and that wait for an answer, from a tag of the conversation. The tag
 * comes with each message of the end user, so that only messages during an open choice cost a read of the thread.
 */
export const openChoiceOf = ({ tags }: { tags: Record<string, string | undefined> }): string | undefined =>
  tags['openChoiceEventId'] || undefined

/** Records the choices of an event, if it has any. Earlier choices are then no longer open. */
export const noteOpenChoice = async (scope: Scope, session: Session, event: LiveChatEvent): Promise<void> => {
  if (choicesOf(event).length === 0) return
  threadOf(scope, session).shownChoiceEventId = event.id
  await updateSession(scope, session, { openChoiceEventId: event.id })
}

/** Records that the choices of `answeredEventId` are no longer open. Choices that were shown since stay open. */
export const closeChoice = async (scope: Scope, session: Session, answeredEventId: string): Promise<void> => {
  const { shownChoiceEventId = answeredEventId } = threadOf(scope, session)
  if (shownChoiceEventId === answeredEventId) await updateSession(scope, session, { openChoiceEventId: '' })
}
