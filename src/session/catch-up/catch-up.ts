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

/** The three occasions on which a thread is read for what webhooks did not bring. */

/**
 * Reads the thread of a session that is being started, and applies what happened before its conversation existed: an
 * agent who is present already, messages, even the end. A read that fails or takes too long does not fail the start:
 * the next event or message of the thread catches up.
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
 * Reads a closed thread and relays what is missing. Even if LiveChat or Botpress cannot be read, the end must reach the
 * plugin: without an end the session is stuck.
 */
export const catchUpAtEnd = async (scope: Scope, session: Session): Promise<Omit<Ending, 'isUnnoticed'>> => {
  try {
    return await withBudget(scope, budgets.webhook.lastReadMs, (limited) => applyThread(limited, session))
  } catch (error) {
    scope.deadline.signal.throwIfAborted()
    scope.log.error('thread_not_read_at_end', { conversationId: session.conversationId, error: errorCode(error) })
    await scope.report(error)
    // LiveChat redelivers what Botpress refused here, and what an earlier delivery could not bring.
    return { isIncomplete: isPlatformError(error) || threadOf(scope, session).missedDelivery !== undefined }
  }
}

/** After a read that failed, deliveries go on without another one for this long, so that not each of them waits. */
const pauseAfterFailureMs = 15_000

/**
 * Catches up after a delivery of this thread failed in this process, since LiveChat may have given it up. If the read
 * fails, the current delivery goes on, and a later one tries again.
 */
export const catchUpAfterFailure = async (scope: Scope, session: Session): Promise<void> => {
  const thread = threadOf(scope, session)
  const { missedDelivery } = thread
  if (!missedDelivery || scope.runtime.nowMs() - (missedDelivery.triedAtMs ?? -Infinity) < pauseAfterFailureMs) return
  thread.missedDelivery = undefined
  const effort = {
    budgetMs: budgets.webhook.catchUpMs,
    code: 'catch_up_failed',
    fields: { conversationId: session.conversationId },
  }
  const isDone = await bestEffort(scope, effort, async (limited) => {
    // Looked up afresh: an agent whom another process announced must not be announced again.
    await lookUpSession(limited, session)
    const last = await applyThread(limited, session)
    if (!last.chat.thread.active) await endSession(limited, session, last)
    return true
  })
  if (!isDone) thread.missedDelivery = { triedAtMs: scope.runtime.nowMs() }
}
