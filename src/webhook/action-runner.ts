import type * as z from 'zod/v4-mini'
import { startIsOverAfterMs } from '../operation/budgets'
import { NotYetError } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import { tellIfAgentReturned } from '../session/after-end/agent-returned'
import { closeLeftOpen } from '../session/after-end/left-open'
import { tellAgentReturned, type AgentWords } from '../session/after-end/tell-return'
import { beginFirstRead, catchUpAfterFailure } from '../session/catch-up/catch-up'
import { mustLookUpAgain } from '../session/foreign-threads'
import type { Session } from '../session/session'
import { findThread, lookUpThread } from '../session/session-store'
import { inThreadTurn, noteMissedDelivery, threadOf, type Thread, type ThreadIds } from '../session/thread'
import type { ChatOwner } from './chat-owner'
import { done, ignored, unusable, type Outcome } from './outcome'

/**
 * The work for the thread's turn, or the reason why there is none. `isLate`: LiveChat has probably tried to deliver the
 * webhook before.
 */
export type Prepared<Work> = { work: Work; isLate?: boolean } | { ignored: string }

/** One action of LiveChat's webhooks as data. `webhookAction` adds what all actions have in common. */
export type ActionSpec<Payload, Work> = {
  schema: z.ZodMiniType<Payload>
  /** `undefined` if the webhook is about no open thread. */
  threadOf: (payload: Payload) => ThreadIds | undefined
  /** Runs at once, before the thread's turn and before any call. May change `thread`. */
  prepare: (scope: Scope, payload: Payload, thread: Thread) => Prepared<Work>
  /** Begins calls for the work, at the same time as the look-up of the session. Returns the work with these calls. */
  lookAhead?: (scope: Scope, ids: ThreadIds, work: Work, owner: ChatOwner) => Work
  /** `fresh`: looked up in Botpress, for decisions that depend on what another process may have done. */
  session: 'remembered' | 'fresh'
  /** What to do if the session has ended. `handled`: call `handle` all the same. */
  afterEnd: 'ignored' | 'handled'
  /**
   * The start itself reads what the webhook says, apart from agents' messages. A look-up would mostly come too early:
   * it would find no conversation, and for half a minute we would not look again.
   */
  isOfStart?: true
  /** Whether to catch up first if an earlier delivery failed. */
  catchesUp: boolean
  /** The event that `handle` relays. The catch-up relays what comes before it. */
  eventIdOf?: (work: Work) => string
  /** What an agent has written, if the webhook brings it. The flows are told even if the thread has no session. */
  wordsOf?: (work: Work) => AgentWords | undefined
  /** The webhook says that the thread is closed. All other webhooks close a thread that was left open. */
  isAboutEnd?: true
  handle: (scope: Scope, session: Session, work: Work) => Promise<Outcome>
}

export type WebhookAction = {
  /** The thread that a payload names. `undefined` if it names none or cannot be read. */
  threadOf: (payload: unknown) => ThreadIds | undefined
  /** @throws the error because of which the webhook had no effect. The thread then has a missed delivery */
  handle: (scope: Scope, payload: unknown, owner: ChatOwner) => Promise<Outcome>
}

/** Parses the payload, waits for the thread's turn, finds the session, and handles the webhook. */
export const webhookAction = <Payload, Work>(spec: ActionSpec<Payload, Work>): WebhookAction => ({
  threadOf: (payload) => {
    const parsed = spec.schema.safeParse(payload)
    return parsed.success ? spec.threadOf(parsed.data) : undefined
  },
  handle: async (scope, payload, owner) => {
    const parsed = spec.schema.safeParse(payload)
    if (!parsed.success) return unusable('payload_unreadable')
    const ids = spec.threadOf(parsed.data)
    if (!ids) return ignored('no_open_thread')
    const thread = threadOf(scope, ids)
    const prepared = spec.prepare(scope, parsed.data, thread)
    if ('ignored' in prepared) return ignored(prepared.ignored)
    const attempt = (): Promise<Outcome | 'notListedYet'> =>
      inThreadTurn(scope, ids, async () => {
        try {
          return await handleInTurn(spec, scope, ids, prepared, owner)
        } catch (error) {
          // This runs within the turn, because the next delivery may already wait and must catch up first.
          noteMissedDelivery(thread)
          throw error
        }
      })
    for (const waitMs of waitsForListMs) {
      const outcome = await attempt()
      if (outcome !== 'notListedYet') return outcome
      // We wait outside the turn, because the start that makes the conversation needs the turn, too.
      await scope.runtime.sleep(waitMs, scope.deadline.signal)
    }
    const outcome = await attempt()
    if (outcome === 'notListedYet') throw new NotYetError('The thread may be ours, but has no conversation')
    return outcome
  },
})

/** Botpress' lists may lag behind its writes. We look again after these times, within the budget of the webhook. */
const waitsForListMs = [1_000, 2_000]

const handleInTurn = async <Payload, Work>(
  spec: ActionSpec<Payload, Work>,
  scope: Scope,
  ids: ThreadIds,
  { work, isLate = false }: { work: Work; isLate?: boolean },
  owner: ChatOwner,
): Promise<Outcome | 'notListedYet'> => {
  const mustRead = spec.session === 'fresh' || isStale(scope, ids, isLate)
  const words = spec.wordsOf?.(work)
  if (spec.isOfStart && !words && !threadOf(scope, ids).session) {
    if (owner === 'foreign') threadOf(scope, ids).isForeign = true
    return ignored('no_session')
  }
  // If the thread turns out to be ours, the next delivery or message must bring these words.
  const ignoreWords = (): Outcome => {
    if (words) noteMissedDelivery(threadOf(scope, ids))
    return ignored('no_session')
  }
  // The chat names another app, and a look-up has found no session.
  if (owner === 'foreign' && threadOf(scope, ids).isForeign) return ignoreWords()
  if (owner !== 'ours' && !(await mustLookUpAgain(scope, ids, spec.isAboutEnd))) return ignoreWords()
  const ahead = spec.lookAhead?.(scope, ids, work, owner) ?? work
  const { session, earlier } = await (mustRead ? lookUpThread(scope, ids) : findThread(scope, ids))
  if (!session) {
    const isReturn = earlier !== undefined && words !== undefined
    const outcome = isReturn ? await handleReturn(scope, earlier, ids, words) : ignoreWords()
    const mayBeOurs = isReturn ? outcome === startUnderWay : owner === 'ours' && !spec.isOfStart
    // If a start is still under way, it reads that its thread is closed.
    const isOver = spec.isAboutEnd && !mayBeOurs && !earlier
    if (owner === 'foreign' || isOver) threadOf(scope, ids).isForeign = true
    return mayBeOurs && isYoung(scope, ids) ? 'notListedYet' : outcome
  }
  const isIgnored = (): boolean => session.ended !== undefined && spec.afterEnd === 'ignored'
  if (isIgnored()) return ignored('session_ended')
  if (spec.catchesUp && threadOf(scope, ids).missedDelivery)
    await catchUpAfterFailure(scope, session, spec.eventIdOf?.(work))
  // The catch-up may have found the end, or that another process has stopped the session.
  if (isIgnored()) return ignored('session_ended')
  if (session.isLeftOpen && !session.ended && !spec.isAboutEnd) {
    if (words) await tellAgentReturned(scope, session, ids, words)
    await closeLeftOpen(scope, session)
    return done
  }
  // A webhook about the end reads the thread itself.
  const firstRead = spec.isAboutEnd ? undefined : beginFirstRead(scope, session)
  const outcome = await spec.handle(scope, session, ahead)
  await firstRead?.apply(scope)
  return outcome
}

const handleReturn = async (scope: Scope, earlier: Session, ids: ThreadIds, words: AgentWords): Promise<Outcome> => {
  const outcome = await tellIfAgentReturned(scope, earlier, ids, words)
  if (outcome === 'startUnderWay') return startUnderWay
  if (outcome === 'notLater') return ignored('earlier_thread')
  return outcome === 'told' ? done : ignored('event_of_own_customer')
}

const startUnderWay = ignored('start_under_way')

/** Whether a start may still make a conversation for a thread without one. */
const isYoung = (scope: Scope, ids: ThreadIds): boolean => {
  const { firstMissedAtMs, isForeign } = threadOf(scope, ids)
  return !isForeign && firstMissedAtMs !== undefined && vendorNowMs(scope) - firstMissedAtMs < startIsOverAfterMs
}

/** For a late delivery, a session that was looked up within this time is not looked up again. */
const lateStaleAfterMs = 10_000
/** Another process may have stopped the session without being able to close its thread. That is rare. */
const staleAfterMs = 300_000

/** Another process may have ended the session since we looked it up. */
const isStale = (scope: Scope, ids: ThreadIds, isLate: boolean): boolean => {
  const { session } = threadOf(scope, ids)
  if (!session) return false
  return scope.runtime.nowMs() - session.readAtMs > (isLate ? lateStaleAfterMs : staleAfterMs)
}
