import type { CustomerApi } from '../../livechat/customer-api'
import type { LiveChatChatSummary } from '../../livechat/schema'
import { openerOf } from '../../livechat/thread-opener'
import { startIsOverAfterMs } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { lookUpSession } from '../session-store'

/**
 * `busy`: another session or start uses the thread. `byAgent`: an agent has opened it, and no session stands for it.
 * `leftover`: nobody uses it, so that it may be closed.
 */
export type OpenThreadUse = 'busy' | 'byAgent' | 'leftover'

/**
 * Who uses the open thread of a chat. A thread is left over in four cases: a start of ours has opened it and it has no
 * conversation, its session has ended, the bot has stopped its session, or its conversation has no messages and records
 * neither an agent nor a wait. A thread that is younger than 30 s may belong to a start that is still running. A thread
 * that an agent has opened is never left over, unless a session has joined it.
 */
export const judgeOpenThread = async (
  scope: Scope,
  api: Pick<CustomerApi, 'getChat'>,
  chat: LiveChatChatSummary,
): Promise<OpenThreadUse> => {
  const { id: livechatChatId, last_thread_id: livechatThreadId } = chat
  const isYoung = isYoungThread(scope, chat)
  if (livechatThreadId === undefined) return isYoung ? 'busy' : 'leftover'
  const session = await lookUpSession(scope, { livechatChatId, livechatThreadId })
  if (session?.isLeftOpen) return 'leftover'
  if (!session || session.ended?.reason === 'startFailed') {
    const { thread } = await api.getChat(livechatChatId, livechatThreadId)
    // A session that has ended cannot begin again, even if its start failed.
    if (openerOf(thread, scope.app.clientId) === 'agent') return session ? 'busy' : 'byAgent'
  }
  if (isYoung) return 'busy'
  if (!session || session.ended) return 'leftover'
  if (session.holder.kind !== 'nobody' || session.queueTold) return 'busy'
  const { messages } = await scope.client.listMessages({ conversationId: session.conversationId })
  return messages.length === 0 ? 'leftover' : 'busy'
}

/** Without a time, a thread counts as young. */
const isYoungThread = (scope: Scope, { last_thread_created_at }: LiveChatChatSummary): boolean => {
  const createdAtMs = Date.parse(last_thread_created_at ?? '')
  return Number.isNaN(createdAtMs) || vendorNowMs(scope) - createdAtMs < startIsOverAfterMs
}
