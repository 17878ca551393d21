import { choicesOf } from '../../content/choices'
import type { LiveChatEvent } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { threadOf } from '../thread'

/**
 * The id of the event whose choices wait for an answer, from a tag of the conversation. The tag comes with each message
 * of the end user. So a message costs a read of the thread only while choices are open.
 */
export const openChoiceOf = ({ tags }: { tags: Record<string, string | undefined> }): string | undefined =>
  tags['openChoiceEventId'] || undefined

/** If an event has choices, records that they are open. The choices of an earlier event are then no longer open. */
export const noteOpenChoice = async (scope: Scope, session: Session, event: LiveChatEvent): Promise<void> => {
  if (choicesOf(event).length === 0) return
  threadOf(scope, session).shownChoiceEventId = event.id
  await updateSession(scope, session, { openChoiceEventId: event.id })
}

/**
 * Records that the choices of `answeredEventId` are no longer open. If this process has relayed other choices since,
 * those stay open.
 */
export const closeChoice = async (scope: Scope, session: Session, answeredEventId: string): Promise<void> => {
  const { shownChoiceEventId = answeredEventId } = threadOf(scope, session)
  if (shownChoiceEventId === answeredEventId) await updateSession(scope, session, { openChoiceEventId: '' })
}
