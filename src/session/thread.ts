import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import type { EndReason, Session } from './session'

export type ThreadIds = { livechatChatId: string; livechatThreadId: string }

/**
 * What this process knows of one LiveChat thread. All of it may be lost: the conversation's tags and the thread itself
 * hold the truth. It outlives the delivery that brought it.
 */
export type Thread = {
  /** As last read or written. */
  session: Session | undefined
  /** When a look-up first found no conversation for it. */
  firstMissedAtMs: number | undefined
  /** It never gets a conversation: it belongs to another bot, or to agents alone. */
  isForeign: boolean
  /** A webhook of it failed, and LiveChat may have given that up since. The next touch reads the thread. */
  missedDelivery: { triedAtMs?: number } | undefined
  /** LiveChat's id of who closed it, from a webhook or our own stop. */
  closedBy: string | undefined
  /** Why LiveChat closed it, from a remark that a webhook brought. */
  closingRemark: EndReason | undefined
  /** When the last scheduled message or event is due: a later one must not overtake it. */
  lastDueAtMs: number
  /** When an agent's last message was created. */
  lastMessageAtMs: number | undefined
  /** The choices that this process showed last. */
  shownChoiceEventId: string | undefined
  /** Events that were deleted before their message arrived. */
  deletedEventIds: Set<string>
  /** Messages of agents that arrived after the session had ended. */
  messagesAfterEnd: number
}

/** 20,000 threads for certain: 10,000 live sessions cost no look-up, nor do as many chats of others. */
const threads = declareCache<Thread>(40_000)

const keyOf = (scope: Scope, { livechatChatId, livechatThreadId }: ThreadIds): string =>
  scope.key('thread', livechatChatId, livechatThreadId)

/** The one record of a thread in this process. */
export const threadOf = (scope: Scope, ids: ThreadIds): Thread => {
  const key = keyOf(scope, ids)
  const cache = threads(scope.memory)
  const known = cache.get(key)
  if (known) return known
  const thread: Thread = {
    session: undefined,
    firstMissedAtMs: undefined,
    isForeign: false,
    missedDelivery: undefined,
    closedBy: undefined,
    closingRemark: undefined,
    lastDueAtMs: 0,
    lastMessageAtMs: undefined,
    shownChoiceEventId: undefined,
    deletedEventIds: new Set(),
    messagesAfterEnd: 0,
  }
  cache.set(key, thread)
  return thread
}

/**
 * Runs `work` in the thread's turn. Deliveries and reads of one thread go one after another, so that the end user hears
 * first what an agent did first. Work whose time is up, by the scope's deadline, holds up nobody.
 */
export const inThreadTurn = <T>(scope: Scope, ids: ThreadIds, work: () => Promise<T>): Promise<T> =>
  scope.memory.inTurn(keyOf(scope, ids), work, scope.deadline.signal)

/** A webhook of this thread failed. */
export const noteMissedDelivery = (thread: Thread): void => {
  thread.missedDelivery ??= {}
}

/** Bounded: an agent who deletes a thousand messages must not fill the memory. */
const maxDeletedEventIds = 100

/** An event was deleted: if its message arrives later, it must not be shown. */
export const noteDeletedEvent = ({ deletedEventIds }: Thread, eventId: string): void => {
  deletedEventIds.add(eventId)
  const [oldest] = deletedEventIds
  if (deletedEventIds.size > maxDeletedEventIds && oldest !== undefined) deletedEventIds.delete(oldest)
}
