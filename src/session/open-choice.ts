import { choicesOf } from '../content/rich-message'
import type { LiveChatEvent } from '../livechat/schema'
import type { Scope } from './scope'
import type { Session } from './session'

/**
 * Choices that an agent has shown and that may still be answered are found again by a tag of the conversation, which
 * comes with each of the end user's messages: only while one is open does such a message cost a read of the thread.
 */
export const openChoiceOf = ({ tags }: { tags: Record<string, string | undefined> }): string | undefined =>
  tags['openChoiceEventId'] || undefined

/** Notes that choices were shown, if the event has some; those shown before are no longer open. */
export const noteOpenChoice = async (scope: Scope, session: Session, event: LiveChatEvent): Promise<void> => {
  if (choicesOf(event).length === 0) return
  scope.memory.shownChoices.set(scope.key('choice', session.conversationId), { eventId: event.id })
  await note(scope, session, event.id)
}

/** Those of `answeredEventId` are no longer open. Others that were shown while they were being answered stay. */
export const closeChoice = async (scope: Scope, session: Session, answeredEventId: string): Promise<void> => {
  const last = scope.memory.shownChoices.get(scope.key('choice', session.conversationId))
  if (last === undefined || last.eventId === answeredEventId) await note(scope, session, '')
}

const note = async (scope: Scope, session: Session, openChoiceEventId: string): Promise<void> => {
  await scope.client.updateConversation({ id: session.conversationId, tags: { openChoiceEventId } })
}
