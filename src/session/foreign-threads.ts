import { startIsOverAfterMs } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import { declareCache } from '../shared/cache'
import { tagValue } from '../operation/tag-value'
import { threadOf, type ThreadIds } from './thread'

/**
 * Webhooks that were made by hand bring every chat of the license, and do not say whose chat it is. The first webhook
 * of an unknown thread costs a look-up. Afterwards, one list of the newest conversations serves all unknown threads.
 */

type Recent = { listedAtMs: number; threads: ReadonlySet<string>; oldestAtMs: number }
const recent = declareCache<Recent>(500)
const listAgainAfterMs = 60_000

const nameOf = (chatId: string | undefined, threadId: string | undefined): string => JSON.stringify([chatId, threadId])

/** Most starts have made their conversation this long after an agent's first words. */
const soonMs = 3_000

/**
 * Whether a thread that had no conversation at the first look-up must be looked up again. A thread that has none half a
 * minute later counts as foreign, until a list shows that a start has joined it. Makes at most one call a minute, for all
 * threads.
 * @param isAboutEnd if an end is ignored, nobody else ends the session. So without a list that is new enough, the
 *   thread is looked up again
 */
export const mustLookUpAgain = async (scope: Scope, ids: ThreadIds, isAboutEnd = false): Promise<boolean> => {
  const thread = threadOf(scope, ids)
  if (thread.session || thread.firstMissedAtMs === undefined || thread.isInOurChat) return true
  if (thread.isForeign) return isJoinedSince(scope, ids)
  const decidedFromMs = thread.firstMissedAtMs + startIsOverAfterMs
  const soonAtMs = thread.firstMissedAtMs + soonMs
  const list = await newestList(scope, soonAtMs, decidedFromMs)
  if (!list) return isAboutEnd
  if (isListed(list, ids)) return true
  if (list.listedAtMs < decidedFromMs) return isAboutEnd && list.listedAtMs < soonAtMs
  // With very many starts, the list may not reach back far enough.
  if (list.oldestAtMs > thread.firstMissedAtMs - startIsOverAfterMs) return true
  thread.isForeign = true
  return false
}

/**
 * Whether a start has joined a thread that counts as foreign: an agent opened it in the chat of a start that had failed,
 * so nothing showed that the chat is ours.
 */
const isJoinedSince = async (scope: Scope, ids: ThreadIds): Promise<boolean> => {
  const list = await newestList(scope, -Infinity, Infinity)
  if (!list || !isListed(list, ids)) return false
  threadOf(scope, ids).isForeign = false
  return true
}

const isListed = ({ threads }: Recent, { livechatChatId, livechatThreadId }: ThreadIds): boolean =>
  threads.has(nameOf(tagValue(livechatChatId), tagValue(livechatThreadId)))

/**
 * Makes a list if `fromMs` is over, and if the last one is neither as new as `enoughFromMs` nor too new for another.
 * @returns the newest list
 */
const newestList = async (scope: Scope, fromMs: number, enoughFromMs: number): Promise<Recent | undefined> => {
  const newest = (): Recent | undefined => recent(scope.memory).get(scope.key('recent'))
  const nowMs = vendorNowMs(scope)
  const listedAtMs = newest()?.listedAtMs ?? -Infinity
  if (nowMs < fromMs || listedAtMs >= enoughFromMs || nowMs - listedAtMs < listAgainAfterMs) return newest()
  // Webhooks that come at the same time share one list. If the webhook that asked for it runs out of time, another one
  // asks again.
  await scope.memory.shared(scope.key('recent'), () => listRecent(scope, nowMs), scope.deadline.signal)
  return newest()
}

const listRecent = async (scope: Scope, nowMs: number): Promise<string> => {
  const { conversations, meta } = await scope.client.listConversations({ channel: 'hitl' })
  const createdAtMs = conversations.map(({ createdAt }) => Date.parse(createdAt))
  const list = {
    listedAtMs: nowMs,
    threads: new Set(conversations.map(({ tags }) => nameOf(tags['livechatChatId'], tags['livechatThreadId']))),
    oldestAtMs: meta.nextToken === undefined ? -Infinity : Math.min(...createdAtMs),
  }
  recent(scope.memory).set(scope.key('recent'), list)
  return 'listed'
}
