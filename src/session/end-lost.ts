import { catchUpAtEnd } from './catch-up'
import { endSession } from './end-session'
import type { Scope } from './scope'
import type { Session } from './session'
import { lookUpSession } from './sessions'
import { inThreadTurn } from './thread-turn'

/** Ends a session whose thread was found closed, without word of it from LiveChat, after what the thread still holds. */
export const endLostSession = (scope: Scope, found: Session): Promise<void> =>
  inThreadTurn(scope, found, async () => {
    // Read afresh: LiveChat's own word of the end may have come in the same moment.
    const session = (await lookUpSession(scope, found.livechatChatId, found.livechatThreadId)) ?? found
    if (session.hasEnded) return
    await endSession(scope, session, { isLost: true, ...(await catchUpAtEnd(scope, session)) })
  })
