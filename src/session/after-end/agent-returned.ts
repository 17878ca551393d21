import { LiveChatOpenerUnknownError } from '../../livechat/errors'
import type { LiveChatChat } from '../../livechat/schema'
import { openerOf } from '../../livechat/thread-opener'
import { bestEffort } from '../../operation/best-effort'
import { budgets, startIsOverAfterMs } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { tryReadThread } from '../read-thread'
import type { Session } from '../session'
import { threadOf, type ThreadIds } from '../thread'
import { tellAgentReturned, type AgentWords } from './tell-return'
import { endUnnoticedSession } from './unnoticed-end'

/**
 * `startUnderWay`: a start of ours has opened the thread. `notLater`: the earlier session goes on, and the thread was
 * opened before it, or nothing shows when.
 */
export type Return = 'told' | 'startUnderWay' | 'byCustomer' | 'notLater'

/**
 * Tells the bot's flows and the bot's owner that an agent writes in a thread without a session: the agent has reopened
 * a closed chat. Tells it once per thread, whichever webhook comes first. A repetition has no effect.
 * @param earlier the newest session of the chat
 * @throws LiveChatOpenerUnknownError as long as a start may have opened the thread; LiveChat then delivers again
 */
export const tellIfAgentReturned = async (
  scope: Scope,
  earlier: Session,
  ids: ThreadIds,
  words: AgentWords,
): Promise<Return> => {
  if (words.authorId === earlier.livechatCustomerId) return 'byCustomer'
  const isTold = threadOf(scope, ids).isReturnTold || earlier.returnTold === ids.livechatThreadId
  if (isTold) return 'told'
  const budgetMs = budgets.webhook.openerMs
  const chat = await tryReadThread(scope, { ...earlier, ...ids }, budgetMs, 'reopened_thread_not_read')
  if (chat?.users.some(({ id, type }) => id === words.authorId && type === 'customer')) return 'byCustomer'
  const opener = chat && openerOf(chat.thread, scope.app.clientId)
  if (opener !== 'agent' && isYoung(scope, ids, chat)) {
    if (opener === 'customer') return 'startUnderWay'
    throw new LiveChatOpenerUnknownError()
  }
  if (!earlier.ended && !(openedAtMsOf(chat) > earlier.createdAtMs)) return 'notLater'
  await endForgotten(scope, earlier)
  await tellAgentReturned(scope, earlier, ids, words, chat)
  return 'told'
}

/** Whether a start may still make a conversation for the thread. If unread, its age counts from our first look-up. */
const isYoung = (scope: Scope, ids: ThreadIds, chat: LiveChatChat | undefined): boolean => {
  const openedAtMs = openedAtMsOf(chat)
  const knownAtMs = threadOf(scope, ids).firstMissedAtMs ?? 0
  return vendorNowMs(scope) - (Number.isNaN(openedAtMs) ? knownAtMs : openedAtMs) < startIsOverAfterMs
}

/** `NaN` if the thread was not read, or holds nothing. */
const openedAtMsOf = (chat: LiveChatChat | undefined): number => Date.parse(chat?.thread.events[0]?.created_at ?? '')

/** A new thread shows that the earlier one is closed, even if the webhook that said so was lost. */
const endForgotten = async (scope: Scope, earlier: Session): Promise<void> => {
  if (earlier.ended) return
  const { conversationId } = earlier
  const effort = {
    budgetMs: budgets.webhook.earlierEndMs,
    code: 'earlier_session_not_ended',
    fields: { conversationId },
  }
  await bestEffort(scope, effort, (limited) => endUnnoticedSession(limited, earlier))
}
