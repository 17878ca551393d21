import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { forgetSession, type Session } from './session'

/** Tells the plugin that the session is over. Safe to repeat: the plugin ignores a second one. */
export const emitStopped = async (scope: Scope, session: Session): Promise<void> => {
  await scope.client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...nextSchedule(scope, session),
  })
  forgetSession(scope, session)
}
