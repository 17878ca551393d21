import type { Scope } from '../../operation/scope'
import { catchUpAtEnd, countAfterStop } from '../catch-up/catch-up'
import { endSession } from '../end/end-session'
import { lookUpSession } from '../session-store'
import { inThreadTurn, threadOf, type ThreadIds } from '../thread'
import { tellWordsSinceStop } from './tell-return'

/**
 * Ends the session of a thread that is closed although no webhook said so. First relays the messages that are missing, or
 * tells them if the bot has stopped the session. Does nothing if the thread has no session, or if its session has ended.
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
