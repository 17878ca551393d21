import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { notifyStopped } from '../end/end-session'
import { toSession } from '../session'

/** We find a session of another integration that lasts longer than this only when its end user writes. */
const longestMs = 24 * 3_600_000

/**
 * Gives end users back to the bot if another integration of the same name has begun their session and was then replaced
 * by this one. Nobody serves such a session. If the session has ended, the plugin ignores this.
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
