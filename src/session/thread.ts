import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import type { EndReason, Session } from './session'

export type ThreadIds = { livechatChatId: string; livechatThreadId: string }

/**
 * What this process knows of one LiveChat thread, beyond a single delivery. All of it may be lost: the truth is in the
 * conversation's tags and in the thread itself.
 */
export type Thread = {
  /** As last looked up or written. */
  session: Session | undefined
  /** When a look-up first found no conversation for the thread. */
  firstMissedAtMs: number | undefined
  /** The thread never gets a conversation of this bot: it belongs to another bot, or to agents alone. */
  isForeign: boolean
  /** A delivery failed, and LiveChat may have given it up. The next event or message of the thread catches up. */
  missedDelivery: { triedAtMs?: number } | undefined
  /** LiveChat's id of the user who closed the thread, from a webhook or our own stop. */
  closedBy: string | undefined
  /** Why LiveChat closed the thread, from a system message that a webhook brought. */
  closingRemark: EndReason | undefined
  /** When the last scheduled message or event is due. A later one must not overtake it. */
  lastDueAtMs: number
  /** When the last message of an agent was created. */
  lastMessageAtMs: number | undefined
  /** The event of the choices that this process relayed last. */
  shownChoiceEventId: string | undefined
  /** Events that were deleted. If their messages arrive later, they are not relayed. */
  deletedEventIds: Set<string> | undefined
  /** Number of agents' messages that arrived after the session had ended. */
  messagesAfterEnd: number
}

/** Holds at least the last 20,000 threads: 10,000 live sessions, and as many other chats, need no repeated look-up. */
const threads = declareCache<Thread>(40_000)

const keyOf = (scope: Scope, { livechatChatId, livechatThreadId }: ThreadIds): string =>
  scope.key('thread', livechatChatId, livechatThreadId)

/** The one record of a thread in this process. Created at first use. */
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
    deletedEventIds: undefined,
    messagesAfterEnd: 0,
  }
  cache.set(key, thread)
  return thread
}

/**
 * Runs `work` in the thread's turn. Deliveries and reads of one thread run one after another, so that the end user sees
 * first what an agent did first. Work whose deadline is over no longer holds up the next.
 */
export const inThreadTurn = <T>(scope: Scope, ids: ThreadIds, work: () => Promise<T>): Promise<T> =>
  scope.memory.inTurn(keyOf(scope, ids), work, scope.deadline.signal)

/** Notes that a delivery of this thread failed. */
export const noteMissedDelivery = (thread: Thread): void => {
  thread.missedDelivery ??= {}
}

/** A limit, so that an agent who deletes thousands of messages does not fill the memory. */
const maxDeletedEventIds = 100

/** Notes that an event was deleted: if its message arrives later, it is not relayed. */
export const noteDeletedEvent = (thread: Thread, eventId: string): void => {
  const eventIds = (thread.deletedEventIds ??= new Set())
  eventIds.add(eventId)
  const [oldest] = eventIds
  if (eventIds.size > maxDeletedEventIds && oldest !== undefined) eventIds.delete(oldest)
}
