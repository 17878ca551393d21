import type { Scope } from '../../operation/scope'
import { endSession } from '../end/end-session'
import type { Session } from '../session'
import { lookUpSession } from '../session-store'
import { inThreadTurn } from '../thread'
import { catchUpAtEnd } from './catch-up'

/** Ends a session whose thread was found closed without a webhook, after relaying what is missing. */
export const endUnnoticedSession = (scope: Scope, found: Session): Promise<void> =>
  inThreadTurn(scope, found, async () => {
    // Looked up afresh: LiveChat's own webhook may have ended the session in the same moment.
    const session = (await lookUpSession(scope, found)) ?? found
    if (session.ended) return
    await endSession(scope, session, { isUnnoticed: true, ...(await catchUpAtEnd(scope, session)) })
  })
