import { NotYetError } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import type { Session } from './session'
import { refreshSession } from './session-store'

const waitMs = 500
const maxWaits = 5

/**
 * Waits until the process that has a claim has recorded in the session what it claimed to do.
 * @throws NotYetError if it does not, because it may have failed or been killed. LiveChat then delivers again
 */
export const waitForRecord = async (scope: Scope, session: Session, isRecorded: () => boolean): Promise<void> => {
  for (let waits = 0; waits < maxWaits; waits += 1) {
    await scope.runtime.sleep(waitMs, scope.deadline.signal)
    await refreshSession(scope, session)
    if (isRecorded()) return
  }
  throw new NotYetError('Another process has not recorded what it claimed to do')
}
