import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { notifyStopped } from '../end/end-session'
import { toSession } from '../session'

/** A session of another integration that lasts longer than this is found when its end user writes. */
const longestMs = 24 * 3_600_000

/**
 * Gives end users back to the bot whose session another integration of the same name has begun, and that was replaced by
 * this one. Nobody serves such a session. The plugin ignores this for a session that has ended.
 */
export const freeUnknownSessions = async (scope: Scope): Promise<void> => {
  const effort = { budgetMs: budgets.register.tidyMs, code: 'unknown_sessions_not_freed' }
  await bestEffort(scope, effort, async (limited) => {
    const { conversations } = await limited.client.listConversations({ channel: 'hitl' })
    const nowMs = vendorNowMs(limited)
    const unknown = conversations.filter(
      (each) => toSession(each, nowMs) === undefined && nowMs - Date.parse(each.createdAt) < longestMs,
    )
    for (const { id: conversationId } of unknown) {
      limited.log.warn('unknown_session_freed', { conversationId })
      await notifyStopped(limited, { conversationId }, nowMs)
    }
  })
}
