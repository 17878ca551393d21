import type { Scope } from '../../operation/scope'
import { endSession } from '../end/end-session'
import type { Session } from '../session'
import { lookUpSession } from '../session-store'
import { inThreadTurn } from '../thread'
import { catchUpAtEnd } from './catch-up'

/** Ends a session whose thread is closed although no webhook said so. First relays the messages that are missing. */
export const endUnnoticedSession = (scope: Scope, found: Session): Promise<void> =>
  inThreadTurn(scope, found, async () => {
    // Looks up the session again, because a webhook of LiveChat may have ended it at the same moment.
    const session = (await lookUpSession(scope, found)) ?? found
    if (session.ended) return
    await endSession(scope, session, { isUnnoticed: true, ...(await catchUpAtEnd(scope, session)) })
  })
