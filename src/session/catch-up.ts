import { isApiError } from '@botpress/sdk'
import { LiveChatError } from '../livechat/errors'
import { DeadlineExceededError } from '../shared/deadline'
import { endSession, type Ending } from './end-session'
import { readThread } from './read-thread'
import { withBudget, type Scope } from './scope'
import type { Session } from './session'
import { lookUpSession } from './sessions'
import { takeInFirstRead, takeInThread } from './take-in-thread'
import { inThreadTurn } from './thread-turn'
import { reportWaitingAtStart } from './waiting'

/** When a thread is read for what webhooks did not bring, and how long that may take. */

/** With what comes before it well within the plugin's drop window, which ends 5 s after the conversation's creation. */
const firstReadBudgetMs = 2_500

/**
 * Reads the thread of a session that is being started, and takes in what happened before our conversation existed: an
 * agent who is there already, words, even the end. A read that fails or takes too long does not hold up the start: the
 * next touch brings what it would have brought.
 */
export const catchUpAtStart = (scope: Scope, session: Session): Promise<void> =>
  inThreadTurn(scope, session, async () => {
    try {
      await withBudget(scope, firstReadBudgetMs, async (limited) =>
        takeInFirstRead(limited, session, await readThread(limited, session)),
      )
    } catch (error) {
      if (!(error instanceof LiveChatError || error instanceof DeadlineExceededError)) throw error
      scope.log.warn('thread_not_read_at_start', { conversationId: session.conversationId, error: error.name })
      noteMissedDelivery(scope, session)
      await reportWaitingAtStart(scope, session, 'noAgentYet', undefined)
    }
  })

/** Leaves time for the end itself within a webhook's 8 s. */
const lastReadBudgetMs = 4_000

/**
 * What the thread still holds when it has been closed. The end must reach the plugin even when LiveChat or the platform
 * cannot be read: a session without an end is stuck for ever.
 */
export const catchUpAtEnd = async (scope: Scope, session: Session): Promise<Omit<Ending, 'isLost'>> => {
  try {
    return await withBudget(scope, lastReadBudgetMs, (limited) => takeInThread(limited, session))
  } catch (error) {
    scope.log.error('thread_not_read_at_end', {
      conversationId: session.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
    // Words that the platform has refused here, or that another delivery could not bring, LiveChat is still delivering.
    return { isIncomplete: isApiError(error) || scope.memory.missedDeliveries.has(missedKey(scope, session)) }
  }
}

/** Leaves time for the delivery that is at hand. */
const missedBudgetMs = 3_000

/** After a read that failed, what is at hand goes on without one for this long, instead of waiting for each. */
const restMs = 15_000

type Thread = Pick<Session, 'livechatChatId' | 'livechatThreadId'>

const missedKey = (scope: Scope, { livechatChatId, livechatThreadId }: Thread): string =>
  scope.key('missed', livechatChatId, livechatThreadId)

/** A webhook of this thread failed, and LiveChat may have given it up since. */
export const noteMissedDelivery = (scope: Scope, thread: Thread): void => {
  const key = missedKey(scope, thread)
  scope.memory.missedDeliveries.set(key, scope.memory.missedDeliveries.get(key) ?? {})
}

/**
 * After a webhook of this session failed in this process: brings back what LiveChat may have given up delivering. It
 * never decides about what is at hand: when it fails, that goes first, and the next touch tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, remembered: Session): Promise<void> => {
  const { livechatChatId, livechatThreadId } = remembered
  const key = missedKey(scope, remembered)
  const missed = scope.memory.missedDeliveries.get(key)
  if (!missed || scope.runtime.nowMs() - (missed.triedAtMs ?? -Infinity) < restMs) return
  scope.memory.missedDeliveries.delete(key)
  try {
    // Read afresh: an agent whom another worker announced must not be announced again.
    const session = (await lookUpSession(scope, livechatChatId, livechatThreadId)) ?? remembered
    const { chat, counts } = await withBudget(scope, missedBudgetMs, (limited) => takeInThread(limited, session))
    if (chat?.thread.active === false) await endSession(scope, session, { chat, counts })
  } catch (error) {
    scope.memory.missedDeliveries.set(key, { triedAtMs: scope.runtime.nowMs() })
    scope.log.warn('catch_up_failed', {
      conversationId: remembered.conversationId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
