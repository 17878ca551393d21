import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { claim } from '../claim'
import { isSameHolder, lastAgentOf } from '../holder'
import type { Session } from '../session'
import { waitForRecord } from '../wait-for-record'

const claimExpiresAfterMs = 30_000

/**
 * Decides which process announces the next agent of a session. LiveChat reports one arrival by several webhooks, and
 * each may reach another process. The claim is for the next agent after the last one, whichever agent that is. It is the
 * same whether the process has learnt already that the last one left.
 * @returns whether this process may announce
 */
export const claimAnnouncement = (scope: Scope, { conversationId, holder }: Session): Promise<boolean> =>
  claim(scope, conversationId, 'announceClaim', lastAgentOf(holder) ?? holder.kind, claimExpiresAfterMs)

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
