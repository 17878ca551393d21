import { customerOf } from '../../customers/customer-store'
import { closeThreadOnce } from '../../livechat/close-thread-once'
import type { CustomerApi } from '../../livechat/customer-api'
import { findOwnThread, type OpenedThread, type OpeningTrace } from '../../livechat/open-thread'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { lookUpSession, updateSession } from '../session-store'
import { threadOf } from '../thread'
import type { Opened } from './start-thread'

/**
 * Closes the thread that a failed start opened, even if LiveChat's answer to the opening was lost. If closing fails,
 * the user's next start closes the thread.
 */
export const undoStart = async (scope: Scope, botpressUserId: string, { attempt, thread }: Opened): Promise<void> => {
  // An agent has opened this thread, and goes on with it.
  if (thread?.isJoined) return recordFailedStart(scope, thread)
  if (!attempt) return
  const effort = {
    budgetMs: budgets.start.undoMs,
    code: 'failed_start_not_undone',
    fields: { livechatCustomerId: attempt.livechatCustomerId },
    level: 'error' as const,
  }
  await bestEffort(scope, effort, async (limited) => {
    const api = await customerOf(limited, { botpressUserId, livechatCustomerId: attempt.livechatCustomerId })
    const known = thread ?? attempt.trace.thread
    const opened = known ?? (await findLostThread(limited, api, attempt.trace))
    if (!opened) return
    if (known) await recordFailedStart(limited, known)
    if (!(await isClosed(limited, api, opened))) await closeThreadOnce(api, opened.chatId, opened.threadId)
    const closed = threadOf(limited, { livechatChatId: opened.chatId, livechatThreadId: opened.threadId })
    // Webhooks about this thread need not look for a conversation any more.
    closed.isForeign = closed.session === undefined
  })
}

/**
 * Whether an agent has closed the thread already. LiveChat closes whichever thread of a chat is open, and that may be a
 * new one of the agent. If LiveChat does not answer, we close: a thread that stays open wastes an agent's time.
 */
const isClosed = async (scope: Scope, api: CustomerApi, { chatId, threadId }: OpenedThread): Promise<boolean> => {
  const effort = { budgetMs: budgets.start.undoMs / 4, code: 'failed_start_not_compared' }
  const chat = await bestEffort(scope, effort, () => api.getChat(chatId, threadId))
  return chat?.thread.active === false
}

/**
 * Finds the thread that this start opened if LiveChat's answer was lost. Such a start has made no conversation. So if a
 * conversation stands for the thread, the thread belongs to another start.
 */
const findLostThread = async (
  scope: Scope,
  api: CustomerApi,
  trace: OpeningTrace,
): Promise<OpenedThread | undefined> => {
  const found = await findOwnThread(api, await api.findChat(), trace)
  if (!found) return undefined
  const session = await lookUpSession(scope, { livechatChatId: found.chatId, livechatThreadId: found.threadId })
  return session ? undefined : found
}

/**
 * Records that the start failed, if the conversation exists already. Without this record, we would tell the bot's flows
 * of the end of a session that never began, because LiveChat sends a webhook when the thread is closed.
 */
const recordFailedStart = async (scope: Scope, { chatId, threadId }: OpenedThread): Promise<void> => {
  const effort = { budgetMs: budgets.start.undoMs / 2, code: 'failed_start_not_recorded' }
  await bestEffort(scope, effort, async (limited) => {
    const session = await lookUpSession(limited, { livechatChatId: chatId, livechatThreadId: threadId })
    const nowMs = vendorNowMs(limited)
    if (session)
      await updateSession(limited, session, { ended: { reason: 'startFailed', atMs: nowMs, stopsAtMs: nowMs } })
  })
}
