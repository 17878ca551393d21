import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { errorCode } from '../../operation/explain'
import { isPlatformError } from '../../operation/platform-errors'
import { withBudget, type Scope } from '../../operation/scope'
import { reportWaitingAtStart } from '../agents/queue'
import { endSession, type Ending } from '../end/end-session'
import { readThread } from '../read-thread'
import type { Session } from '../session'
import { lookUpSession } from '../session-store'
import { inThreadTurn, noteMissedDelivery, threadOf } from '../thread'
import { applyFirstRead, applyThread } from './apply-thread'

/** When a thread is read for what webhooks did not bring. */

/**
 * Reads the thread of a session that is being started, and applies what happened before our conversation existed: an
 * agent who is there already, messages, even the end. A read that fails or takes too long does not hold up the start: the
 * next touch brings what it would have brought.
 */
export const catchUpAtStart = (scope: Scope, session: Session): Promise<void> =>
  inThreadTurn(scope, session, async () => {
    const effort = {
      budgetMs: budgets.start.firstReadMs,
      code: 'thread_not_read_at_start',
      fields: { conversationId: session.conversationId },
    }
    const isApplied = await bestEffort(scope, effort, async (limited) => {
      await applyFirstRead(limited, session, await readThread(limited, session))
      return true
    })
    if (isApplied) return
    noteMissedDelivery(threadOf(scope, session))
    await reportWaitingAtStart(scope, session, 'noAgentYet', undefined)
  })

/**
 * What the thread still holds when it has been closed. The end must reach the plugin even when LiveChat or Botpress
 * cannot be read: a session without an end is stuck for ever.
 */
export const catchUpAtEnd = async (scope: Scope, session: Session): Promise<Omit<Ending, 'isUnnoticed'>> => {
  try {
    return await withBudget(scope, budgets.webhook.lastReadMs, (limited) => applyThread(limited, session))
  } catch (error) {
    scope.deadline.signal.throwIfAborted()
    scope.log.error('thread_not_read_at_end', { conversationId: session.conversationId, error: errorCode(error) })
    await scope.report(error)
    // LiveChat is still delivering what Botpress refused here, and what an earlier delivery could not bring.
    return { isIncomplete: isPlatformError(error) || threadOf(scope, session).missedDelivery !== undefined }
  }
}

/** After a read that failed, deliveries go on without one for this long, instead of waiting for each. */
const restMs = 15_000

/**
 * After a webhook of this session failed in this process: brings back what LiveChat may have given up delivering. When it
 * fails, the delivery at hand goes first, and a later touch tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, session: Session): Promise<void> => {
  const thread = threadOf(scope, session)
  const { missedDelivery } = thread
  if (!missedDelivery || scope.runtime.nowMs() - (missedDelivery.triedAtMs ?? -Infinity) < restMs) return
  thread.missedDelivery = undefined
  const effort = {
    budgetMs: budgets.webhook.catchUpMs,
    code: 'catch_up_failed',
    fields: { conversationId: session.conversationId },
  }
  const isDone = await bestEffort(scope, effort, async (limited) => {
    // Read afresh: an agent whom another process announced must not be announced again.
    await lookUpSession(limited, session)
    const last = await applyThread(limited, session)
    if (!last.chat.thread.active) await endSession(limited, session, last)
    return true
  })
  if (!isDone) thread.missedDelivery = { triedAtMs: scope.runtime.nowMs() }
}
