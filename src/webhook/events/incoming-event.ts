import { classify } from '../../content/classify'
import { draftNewAgent, findAgentByEmail } from '../../session/agents'
import { noteSpeaker } from '../../session/assignment'
import { catchUpAfterFailure } from '../../session/catch-up'
import { relayToBotpress, type Author } from '../../session/relay'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { findSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { incomingEventSchema } from '../schema'

/** A new event in some chat of the license: an agent's message reaches the end user, everything else ends here. */
export const handleIncomingEvent = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = incomingEventSchema.safeParse(payload)
  if (!parsed.success) return unusable('incoming_event_unreadable')
  const { chat_id, thread_id, event } = parsed.data

  // Most of what is not for the end user is told apart before any call; only whose echo it is depends on the session.
  const early = classify(event, '', 'webhook')
  if (!early.relay) return ignored(early.reason)

  const session = await findSession(scope, chat_id, thread_id)
  if (!session) return ignored('foreign_chat')
  const verdict = classify(event, session.livechatCustomerId, 'webhook')
  if (!verdict.relay) return ignored(verdict.reason)

  // In the order of arrival: an agent's first message takes longer, and the second must not overtake it.
  const relay = async (): Promise<Outcome> => {
    await catchUpAfterFailure(scope, session)
    const author = await authorOf(scope, session, verdict.authorId, event.id)
    const userId = await relayToBotpress(scope, session, event.id, verdict.message, author)
    await noteSpeaker(scope, session, userId)
    return done('relayed')
  }
  return scope.memory.inTurn(scope.key('turn', chat_id, thread_id), relay, scope.deadline.signal)
}

const authorOf = async (
  scope: Scope,
  session: Session,
  livechatAgentEmail: string,
  eventId: string,
): Promise<Author> => {
  const userId = await findAgentByEmail(scope, livechatAgentEmail)
  return userId === undefined ? { draft: await draftNewAgent(scope, session, livechatAgentEmail, eventId) } : { userId }
}
