import { customerOf } from '../../customers/customer-store'
import { findOwnThread, type OpenedThread } from '../../livechat/open-thread'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { lookUpSession, updateSession } from '../session-store'
import type { Opened } from './start-thread'

/**
 * Closes what a failed start opened, even if the answer to the opening was lost. If this fails, the user's next start
 * closes it.
 */
export const undoStart = async (scope: Scope, botpressUserId: string, { attempt, thread }: Opened): Promise<void> => {
  if (!attempt) return
  const effort = {
    budgetMs: budgets.start.undoMs,
    code: 'thread_left_open',
    fields: { livechatCustomerId: attempt.livechatCustomerId },
    level: 'error' as const,
  }
  await bestEffort(scope, effort, async (limited) => {
    const api = await customerOf(limited, { botpressUserId, livechatCustomerId: attempt.livechatCustomerId })
    const opened = thread ?? (await findOwnThread(api, await api.findChat(), attempt.startId))
    if (!opened) return
    await recordFailedStart(limited, opened)
    await api.deactivateChat(opened.chatId)
  })
}

/**
 * Records that the start failed, if the conversation exists already. Otherwise LiveChat's webhook would make us tell
 * the bot's flows of the end of a session that never began.
 */
const recordFailedStart = async (scope: Scope, { chatId, threadId }: OpenedThread): Promise<void> => {
  const effort = { budgetMs: budgets.start.undoMs / 2, code: 'failed_start_not_recorded' }
  await bestEffort(scope, effort, async (limited) => {
    const session = await lookUpSession(limited, { livechatChatId: chatId, livechatThreadId: threadId })
    const nowMs = limited.runtime.nowMs()
    if (session)
      await updateSession(limited, session, { ended: { reason: 'startFailed', atMs: nowMs, stopsAtMs: nowMs } })
  })
}
