import type { Scope } from '../../operation/scope'
import { claim } from '../claim'
import { isSameHolder } from '../holder'
import { holderTag, type Session } from '../session'
import { waitForRecord } from '../wait-for-record'

const claimExpiresAfterMs = 30_000

/**
 * Decides which process announces the next agent of a session. LiveChat reports one arrival by several webhooks, and
 * each may reach another process. The claim is for the next change of the present holder, whichever agent it brings.
 * @returns whether this process may announce
 */
export const claimAnnouncement = (scope: Scope, { conversationId, holder }: Session): Promise<boolean> =>
  claim(scope, conversationId, 'announceClaim', holderTag(holder) || 'nobody', claimExpiresAfterMs)

/**
 * Waits until the process with the claim has recorded who has the session now.
 * @throws NotYetError if it does not, because it may have been killed
 */
export const waitForAnnouncement = (scope: Scope, session: Session): Promise<void> => {
  const before = session.holder
  return waitForRecord(scope, session, () => session.ended !== undefined || !isSameHolder(session.holder, before))
}
