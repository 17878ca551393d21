import type { LiveChatChat } from '../livechat/schema'
import type { Scope } from '../operation/scope'
import { declareCache } from '../shared/cache'
import type { Holder } from './holder'
import type { EndReason, Session } from './session'

export type ThreadIds = { livechatChatId: string; livechatThreadId: string }

/**
 * `number`: which announcement of the session it is. `before`: who had the session. `made`: whether Botpress has accepted
 * the announcement; never rejects.
 */
export type Announcement = { number: number; before: Holder; userId: string; made: Promise<boolean> }

/**
 * What this process knows of one LiveChat thread, beyond a single delivery. All of it may be lost: the truth is in the
 * conversation's tags and in the thread itself.
 */
export type Thread = {
  /** As last looked up or written. It is always the same object. */
  session: Session | undefined
  /** The session must be looked up before it is used again: another process may have changed it. */
  isSessionStale: boolean
  /** Number of writes to the session. A look-up that began before the last one brings nothing newer. */
  writes: number
  /** When a look-up first found no conversation for the thread. */
  firstMissedAtMs: number | undefined
  /** Other threads of its chat have sessions. */
  isInOurChat: boolean
  /** The thread never gets a conversation of this bot: it belongs to another bot, or to agents alone. */
  isForeign: boolean
  /**
   * A delivery failed, and LiveChat may have given up the webhook. The next event or message of the thread catches up.
   */
  missedDelivery: { triedAtMs?: number } | undefined
  /** This process has started the session, or has read its thread. */
  isRead: boolean
  /** The first read, while it is under way beside the work of a delivery. */
  firstRead: Promise<LiveChatChat> | undefined
  /** An announcement of an agent that is not recorded yet. */
  announcement: Announcement | undefined
  /** The last transfer that this process applied: to whom, and who has had the session since. */
  lastTransfer: string | undefined
  /** LiveChat's id of the user who closed the thread, from a webhook or our own stop. */
  closedBy: string | undefined
  /** Why LiveChat closed the thread, from a system message that a webhook brought. */
  closingRemark: EndReason | undefined
  /** When the last scheduled message or event is due, by this process's clock. A later one must not be due earlier. */
  lastDueAtMs: number
  /** The same for the last one that had no number from LiveChat. */
  lastUnplacedDueAtMs: number
  /** When the last message of an agent was created, by this process's clock. */
  lastMessageAtMs: number | undefined
  /** The event of the choices that this process relayed last. */
  shownChoiceEventId: string | undefined
  /** Ids of deleted events. If such an event arrives later, we do not relay it. */
  deletedEventIds: Set<string> | undefined
  /** Number of agents' messages that arrived after the session had ended. */
  messagesAfterEnd: number
  /** LiveChat has refused a message, because the thread is closed or cannot be used. It takes no more messages. */
  isGone: boolean
  /** The bot's flows know that an agent writes in this thread, which has no session. */
  isReturnTold: boolean
}

/**
 * Holds at least the 20,000 threads that were used last. So 10,000 live sessions and 10,000 foreign threads need no
 * repeated look-up.
 */
const threads = declareCache<Thread>(40_000)

const keyOf = (scope: Scope, { livechatChatId, livechatThreadId }: ThreadIds): string =>
  scope.key('thread', livechatChatId, livechatThreadId)

/** What this process knows of a thread. There is one object per thread, created at first use. */
export const threadOf = (scope: Scope, ids: ThreadIds): Thread => {
  const key = keyOf(scope, ids)
  const cache = threads(scope.memory)
  const known = cache.get(key)
  if (known) return known
  const thread: Thread = {
    session: undefined,
    isSessionStale: false,
    writes: 0,
    firstMissedAtMs: undefined,
    isInOurChat: false,
    isForeign: false,
    missedDelivery: undefined,
    isRead: false,
    firstRead: undefined,
    announcement: undefined,
    lastTransfer: undefined,
    closedBy: undefined,
    closingRemark: undefined,
    lastDueAtMs: 0,
    lastUnplacedDueAtMs: 0,
    lastMessageAtMs: undefined,
    shownChoiceEventId: undefined,
    deletedEventIds: undefined,
    messagesAfterEnd: 0,
    isGone: false,
    isReturnTold: false,
  }
  cache.set(key, thread)
  return thread
}

/**
 * Runs `work` in the thread's turn. Deliveries and reads of one thread run one after another, so that the end user sees
 * first what an agent did first. When the deadline of a piece of work is over, the next piece no longer waits for it.
 */
export const inThreadTurn = <T>(scope: Scope, ids: ThreadIds, work: () => Promise<T>): Promise<T> =>
  scope.memory.inTurn(keyOf(scope, ids), work, scope.deadline.signal)

/** Notes that a delivery of this thread failed. */
export const noteMissedDelivery = (thread: Thread): void => {
  thread.missedDelivery ??= {}
}

/** This limit keeps the memory small, even if an agent deletes thousands of messages. */
const maxDeletedEventIds = 100

/** Notes that an event was deleted. If the event arrives later, we do not relay it. */
export const noteDeletedEvent = (thread: Thread, eventId: string): void => {
  const eventIds = (thread.deletedEventIds ??= new Set())
  eventIds.add(eventId)
  const [oldest] = eventIds
  if (eventIds.size > maxDeletedEventIds && oldest !== undefined) eventIds.delete(oldest)
}
