import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { claim } from '../claim'
import { isSameHolder } from '../holder'
import { nextAnnouncement, type Session } from '../session'
import { waitForRecord } from '../wait-for-record'

/**
 * Decides which process announces the next agent of a session. LiveChat reports one arrival by several webhooks, and
 * each may reach another process. The claim is for the next announcement, whichever agent it names.
 * Announcements use two states by turns. Otherwise two processes could both take over the claim of the change before.
 * @returns whether this process may announce
 */
export const claimAnnouncement = (scope: Scope, session: Session): Promise<boolean> => {
  const number = nextAnnouncement(session)
  const name = number % 2 === 0 ? 'announceClaim' : 'announceClaim2'
  return claim(scope, session.conversationId, name, String(number))
}

/**
 * Claims the announcement. If another process has the claim, waits until that process has recorded who has the session
 * now.
 * @returns whether this process may announce
 * @throws NotYetError if the other process records nothing, because it may have been killed
 */
export const claimOrWait = async (scope: Scope, session: Session): Promise<boolean> => {
  // While this process asks for the claim, it may learn who has the session.
  const before = session.holder
  if (await claimAnnouncement(scope, session)) return true
  await waitForRecord(scope, session, () => session.ended !== undefined || !isSameHolder(session.holder, before))
  return false
}

/**
 * Makes sure that no other process announces an agent while this one creates the first agent's message, because the
 * plugin announces the author of that message by itself. If another process has the claim, waits until that process has
 * recorded its announcement. The message does not wait longer than the budget.
 */
export const claimFirstWords = async (scope: Scope, session: Session): Promise<void> => {
  const { conversationId } = session
  const effort = {
    budgetMs: budgets.webhook.firstWordsMs,
    code: 'first_words_not_claimed',
    fields: { conversationId },
  }
  await bestEffort(scope, effort, async (limited) => {
    await claimOrWait(limited, session)
  })
}
