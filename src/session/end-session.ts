import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import type { Session } from './session'
import { forgetSession } from './sessions'

/** Tells the plugin that the session is over. Safe to repeat: the plugin ignores a second one. */
export const emitStopped = async (scope: Scope, session: Session): Promise<void> => {
  await scope.client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...nextSchedule(scope, session),
  })
  forgetSession(scope, session)
}
