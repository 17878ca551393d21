import { LiveChatError } from '../../livechat/errors'
import type { LiveChatChat } from '../../livechat/schema'
import { bestEffort, type Effort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { errorCode } from '../../operation/failures/explain'
import { isPlatformError, mayLaterSucceed, NotYetError } from '../../operation/failures/platform-errors'
import { withBudget, type Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { dropWindowFrom, firstReadBudgetMs, leastReadMs } from '../drop-window'
import { isSameHolder } from '../holder'
import { hasStopped } from '../schedule'
import { recordCutOff } from '../agents/announce-agent'
import { presentAgents } from '../agents/present-agents'
import { recordQueueTold, reportWaitingAtStart } from '../agents/queue'
import { endSession, type Ending } from '../end/end-session'
import { readThread, tryReadThread } from '../read-thread'
import { countsOf, listDelivered, missingEvents } from '../relay/delivered-messages'
import type { Session, SessionChanges } from '../session'
import { refreshSession, updateSession } from '../session-store'
import { inThreadTurn, noteMissedDelivery, threadOf } from '../thread'
import { applyFirstRead, applyRead, applyThread, type ThreadRead } from './apply-thread'

/** We read a thread on four occasions to get what webhooks did not bring. */

/**
 * Reads the thread of a session that is being started, and applies what happened before its conversation existed: an
 * agent who is present already, messages, even the end. If the read fails or takes too long, the start goes on. The
 * next event or message of the thread then catches up.
 */
export const catchUpAtStart = async (scope: Scope, session: Session): Promise<void> => {
  const callMs = scope.memory.platformCall.ms()
  const ageMs = vendorNowMs(scope) - session.createdAtMs
  const effort = {
    budgetMs: firstReadBudgetMs(callMs, ageMs),
    code: 'catch_up_failed_at_start',
    fields: { conversationId: session.conversationId },
  }
  let chat: LiveChatChat | undefined
  // A webhook may have the thread's turn. The wait for it counts, too.
  const [isApplied] = await Promise.all([
    bestEffort(scope, effort, (limited) =>
      inThreadTurn(limited, session, async () => {
        chat = await readThread(limited, session)
        await applyFirstRead(limited, session, chat)
        return true
      }),
    ),
    lengthenDropWindow(scope, session, dropWindowFrom(callMs, ageMs)),
  ])
  if (isApplied) return
  noteMissedDelivery(threadOf(scope, session))
  await recordUnread(scope, session, callMs, chat)
}

/** If the answer to the conversation's creation came late, the start returns late, and the plugin drops for longer. */
const lengthenDropWindow = async (scope: Scope, session: Session, dropWindowMs: number): Promise<void> => {
  if (dropWindowMs <= session.dropWindowMs) return
  session.dropWindowMs = dropWindowMs
  const effort = { budgetMs: leastReadMs, code: 'drop_window_not_recorded' }
  await bestEffort(scope, effort, (limited) => updateSession(limited, session, { dropWindowMs }))
}

/**
 * Another process that gets the next message must read the thread first. And a start that was cut off returns later than
 * others.
 */
const recordUnread = async (
  scope: Scope,
  session: Session,
  callMs: number,
  chat: LiveChatChat | undefined,
): Promise<void> => {
  const windowMs = dropWindowFrom(callMs, vendorNowMs(scope) - session.createdAtMs)
  session.dropWindowMs = Math.max(session.dropWindowMs, windowMs)
  const changes = { isUnread: true, dropWindowMs: session.dropWindowMs }
  if ((await recordCutOff(scope, session, changes)) || session.ended) return
  if (session.holder.kind === 'agent') return noteUnread(scope, session, changes)
  // An agent in the read may have been announced already. So we record a wait, but do not tell the flows.
  if (chat && presentAgents(chat).length > 0) await recordQueueTold(scope, session, undefined, changes)
  else await reportWaitingAtStart(scope, session, undefined, changes)
}

const noteUnread = async (scope: Scope, session: Session, changes: SessionChanges): Promise<void> => {
  const effort = { budgetMs: budgets.start.niceToKnowMs, code: 'unread_not_recorded' }
  await bestEffort(scope, effort, (limited) => updateSession(limited, session, changes))
}

/**
 * Reads a closed thread and relays what is missing. If this fails, and LiveChat delivers the end again, the end waits for
 * that delivery once: nobody else may bring the agent's last words. After that, the plugin must be notified of the end.
 * Otherwise the end user never gets back to the bot.
 * @param comesAgain whether LiveChat repeats the present delivery
 * @throws NotYetError if the end waits
 */
export const catchUpAtEnd = async (
  scope: Scope,
  session: Session,
  { comesAgain = false } = {},
): Promise<Omit<Ending, 'isUnnoticed'>> => {
  try {
    return await withBudget(scope, budgets.webhook.lastReadMs, (limited) => applyThread(limited, session))
  } catch (error) {
    scope.deadline.signal.throwIfAborted()
    if (comesAgain && !session.isEndDelayed && mayPass(error)) {
      await updateSession(scope, session, { isEndDelayed: true })
      throw new NotYetError('The closed thread cannot be read yet')
    }
    scope.log.error('catch_up_failed_at_end', { conversationId: session.conversationId, error: errorCode(error) })
    await scope.report(error)
    // If Botpress refused a message here, or an earlier delivery failed, LiveChat may still redeliver that message.
    return { isIncomplete: isPlatformError(error) || threadOf(scope, session).missedDelivery !== undefined }
  }
}

/** Whether the same read may succeed later. The thread of a lost or banned customer can never be read again. */
const mayPass = (error: unknown): boolean => (error instanceof LiveChatError ? error.retryable : mayLaterSucceed(error))

/**
 * Counts the messages of a session that the bot has stopped. The plugin takes no more messages. So agents' messages
 * that are not in the conversation by now have not arrived. If a look-up or a read fails, its counts are missing.
 */
export const countAfterStop = async (scope: Scope, session: Session): Promise<Ending> => {
  const effort = { budgetMs: budgets.webhook.countMs, code: 'messages_not_counted' }
  const [delivered, chat] = await Promise.all([
    bestEffort(scope, effort, (limited) => listDelivered(limited, session)),
    tryReadThread(scope, session, budgets.webhook.countMs, 'thread_not_read_at_stop'),
  ])
  if (!delivered) return { chat }
  const counts = countsOf(delivered, chat)
  const missing = chat ? missingEvents(session, chat, delivered.eventIds).length : 0
  return {
    chat,
    counts: { ...counts, undelivered: counts.undelivered + missing },
    firstFromAgentAtMs: delivered.firstFromAgentAtMs,
  }
}

/** Younger messages may still come by webhook. */
const youngForMs = 10_000

/**
 * A read that runs beside other work. Call `apply` after that work, in the thread's turn. Or call `drop`: then the next
 * event or message catches up.
 */
export type FirstRead = { apply: (scope: Scope) => Promise<void>; drop: () => void }

/** If the read is older than this, it may be wrong about who has the session. Then `apply` reads again. */
const freshForMs = 2_000

/**
 * Begins to read the thread, once, if this process did not start the session. Deliveries may have failed in a process
 * that no longer runs, and only that process knew of them. The present delivery or message does not wait for the read.
 * What the read shows is applied afterwards, unless this process has learnt something newer meanwhile. If the read
 * fails, the next event or message catches up.
 * @returns `undefined` if there is nothing to read
 */
export const beginFirstRead = (scope: Scope, session: Session): FirstRead | undefined => {
  const thread = threadOf(scope, session)
  if (thread.isRead || thread.missedDelivery || session.ended || session.isLeftOpen) return undefined
  if (scope.deadline.remainingMs() < budgets.webhook.catchUpMs) return undefined
  thread.isRead = true
  let { writes } = thread
  let { holder } = session
  const begunAtMs = scope.runtime.nowMs()
  const reading = bestEffort(scope, effortOf(session), (limited) => readBeside(limited, session))
  // If the time of the operation ends, perhaps nobody waits for the read any more.
  reading.catch(() => undefined)
  const readAgainIfOld = async (limited: Scope): Promise<ThreadRead | undefined> => {
    if (limited.runtime.nowMs() - begunAtMs <= budgets.webhook.catchUpMs + freshForMs) return reading
    writes = thread.writes
    // Meanwhile another process may have announced an agent.
    const [read] = await Promise.all([readBeside(limited, session), refreshSession(limited, session)])
    holder = session.holder
    return read
  }
  const apply = async (later: Scope): Promise<void> => {
    if (session.ended) return
    let isDone = false
    try {
      const applied = await bestEffort(later, effortOf(session), async (limited) => {
        const read = await readAgainIfOld(limited)
        if (!read) return false
        // LiveChat's time may be known only now, from the answer to the read.
        const createdBeforeMs = vendorNowMs(limited) - (limited.runtime.nowMs() - begunAtMs) - youngForMs
        // A webhook may have brought news meanwhile, here or, as a look-up has shown, in another process.
        const isOvertaken = thread.writes !== writes || !isSameHolder(session.holder, holder)
        await applyRead(limited, session, read, { createdBeforeMs, isOvertaken })
        return true
      })
      isDone = applied === true
    } finally {
      // This must also happen if the time of the operation is over.
      if (!isDone) thread.missedDelivery = { triedAtMs: later.runtime.nowMs() }
    }
  }
  return { apply, drop: () => noteMissedDelivery(thread) }
}

/** The author of a message that is being relayed may be found in the same read. */
const readBeside = async (scope: Scope, session: Session): Promise<ThreadRead> => {
  const thread = threadOf(scope, session)
  const reading = readThread(scope, session)
  thread.firstRead = reading
  const forget = (): void => {
    if (thread.firstRead === reading) thread.firstRead = undefined
  }
  reading.then(forget, forget)
  const [chat, delivered] = await Promise.all([reading, listDelivered(scope, session)])
  return { chat, delivered }
}

const effortOf = ({ conversationId }: Session): Effort => ({
  budgetMs: budgets.webhook.catchUpMs,
  code: 'catch_up_failed',
  fields: { conversationId },
})

/** If it fails, the next event or message catches up. */
const tryCatchUp = async (scope: Scope, session: Session, run: (limited: Scope) => Promise<void>): Promise<void> => {
  const thread = threadOf(scope, session)
  thread.isRead = true
  const isDone = await bestEffort(scope, effortOf(session), async (limited) => {
    await run(limited)
    return true
  })
  if (!isDone) thread.missedDelivery = { triedAtMs: scope.runtime.nowMs() }
}

/** After a failed read, we try no other read for this long. So not every delivery waits for a read. */
const pauseAfterFailureMs = 15_000

/**
 * Catches up if an earlier delivery of this thread failed in this process, because LiveChat may have given up that
 * delivery. If the read fails, the current delivery goes on, and a later delivery tries again.
 * @param ownEventId the event of the current delivery
 */
export const catchUpAfterFailure = async (scope: Scope, session: Session, ownEventId?: string): Promise<void> => {
  const thread = threadOf(scope, session)
  const { missedDelivery } = thread
  if (!missedDelivery || scope.runtime.nowMs() - (missedDelivery.triedAtMs ?? -Infinity) < pauseAfterFailureMs) return
  thread.missedDelivery = undefined
  await tryCatchUp(scope, session, async (limited) => {
    // Looks up the session again, because another process may have announced an agent. That agent must not be announced
    // twice.
    await refreshSession(limited, session)
    if (session.isLeftOpen || hasStopped(limited, session)) return
    const last = await applyThread(limited, session, ownEventId)
    // Without an event of its own, the catch-up does not know whose webhook has failed. It may be that of a young message.
    if (ownEventId === undefined && !last.isComplete) noteMissedDelivery(thread)
    if (!last.chat.thread.active) await endSession(limited, session, last)
    else if (session.isUnread) await updateSession(limited, session, { isUnread: false })
  })
}
