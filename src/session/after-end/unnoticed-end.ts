import type { Scope } from '../../operation/scope'
import { catchUpAtEnd, countAfterStop } from '../catch-up/catch-up'
import { endSession } from '../end/end-session'
import { lookUpSession } from '../session-store'
import { inThreadTurn, threadOf, type ThreadIds } from '../thread'
import { tellWordsSinceStop } from './tell-return'

/**
 * Ends the session of a thread that is closed although no webhook said so. First relays the messages that are missing.
 * If the bot has stopped the session, tells the flows of them instead. Does nothing without a session that goes on.
 */
export const endUnnoticedSession = (scope: Scope, ids: ThreadIds): Promise<void> =>
  inThreadTurn(scope, ids, async () => {
    // Looks up the session in the turn, because a webhook of LiveChat may have ended it at the same moment.
    const session = (await lookUpSession(scope, ids)) ?? threadOf(scope, ids).session
    if (!session || session.ended) return
    const ending = await (session.isLeftOpen ? countAfterStop : catchUpAtEnd)(scope, session)
    await tellWordsSinceStop(scope, session, ending.chat)
    await endSession(scope, session, { ...ending, isUnnoticed: true })
  })
