import type { Verdict } from '../content/classify'
import type { LiveChatEvent } from '../livechat/schema'
import { completeAgent, draftAuthor, findAgentByEmail, type FoundAgent } from '../session/agents'
import { takeInSpeaker } from '../session/assignment'
import { noteOpenChoice } from '../session/open-choice'
import { relayToBotpress, type Author } from '../session/relay'
import type { Scope } from '../session/scope'
import type { Session } from '../session/session'

/** Brings an agent's event, as a webhook tells it, to the end user, with what follows from who spoke and what was asked. */
export const relayEvent = async (
  scope: Scope,
  session: Session,
  event: LiveChatEvent,
  { authorId, message }: Extract<Verdict, { relay: true }>,
): Promise<void> => {
  let found: FoundAgent | undefined
  const findAuthor = async (): Promise<Author> => {
    found = await findAgentByEmail(scope, authorId)
    return found ?? { draft: await draftAuthor(scope, session, authorId, event.id) }
  }
  const userId = await relayToBotpress(scope, session, event.id, message, findAuthor)
  await takeInSpeaker(scope, session, userId)
  await noteOpenChoice(scope, session, event)
  // After the words are on their way: an agent who is known by e-mail alone may still lack a name.
  if (found && !found.isKnownById) await completeAgent(scope, session, authorId, event.id, userId)
}
