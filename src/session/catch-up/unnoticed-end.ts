import type { Scope } from '../../operation/scope'
import { endSession } from '../end/end-session'
import { lookUpSession } from '../session-store'
import { inThreadTurn, threadOf, type ThreadIds } from '../thread'
import { catchUpAtEnd } from './catch-up'

/**
 * Ends the session of a thread that is closed although no webhook said so. First relays the messages that are missing.
 * Does nothing if the thread has no session, or if its session has ended.
 */
export const endUnnoticedSession = (scope: Scope, ids: ThreadIds): Promise<void> =>
  inThreadTurn(scope, ids, async () => {
    // Looks up the session in the turn, because a webhook of LiveChat may have ended it at the same moment.
    const session = (await lookUpSession(scope, ids)) ?? threadOf(scope, ids).session
    if (!session || session.ended) return
    await endSession(scope, session, { isUnnoticed: true, ...(await catchUpAtEnd(scope, session)) })
  })
