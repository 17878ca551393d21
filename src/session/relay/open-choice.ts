import { choicesOf } from '../../content/choices'
import type { LiveChatEvent } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import type { Session } from '../session'
import { updateSession } from '../session-store'
import { threadOf } from '../thread'

/**
 * The choices that an agent has shown and that may still be answered, from a tag of the conversation. The tag comes with
 * each of the end user's messages: only while a choice is open does such a message cost a read of the thread.
 */
export const openChoiceOf = ({ tags }: { tags: Record<string, string | undefined> }): string | undefined =>
  tags['openChoiceEventId'] || undefined

/** Notes that an event showed choices, if it has some; those shown before are no longer open. */
export const noteOpenChoice = async (scope: Scope, session: Session, event: LiveChatEvent): Promise<void> => {
  if (choicesOf(event).length === 0) return
  threadOf(scope, session).shownChoiceEventId = event.id
  await updateSession(scope, session, { openChoiceEventId: event.id })
}

/** Those of `answeredEventId` are no longer open. Others that were shown meanwhile stay open. */
export const closeChoice = async (scope: Scope, session: Session, answeredEventId: string): Promise<void> => {
  const { shownChoiceEventId = answeredEventId } = threadOf(scope, session)
  if (shownChoiceEventId === answeredEventId) await updateSession(scope, session, { openChoiceEventId: '' })
}
