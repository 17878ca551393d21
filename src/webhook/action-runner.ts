import type * as z from 'zod/v4-mini'
import type { Scope } from '../operation/scope'
import { catchUpAfterFailure } from '../session/catch-up/catch-up'
import type { Session } from '../session/session'
import { findSession, lookUpSession } from '../session/session-store'
import { inThreadTurn, noteMissedDelivery, threadOf, type Thread, type ThreadIds } from '../session/thread'
import { ignored, unusable, type Outcome } from './outcome'

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
  /** `fresh`: looked up in Botpress, for decisions that depend on what another process may have done. */
  session: 'remembered' | 'fresh'
  /** What to do if the session has ended. `handled`: call `handle` all the same. */
  afterEnd: 'ignored' | 'handled'
  /** Whether to catch up first if an earlier delivery failed. */
  catchesUp: boolean
  handle: (scope: Scope, session: Session, work: Work) => Promise<Outcome>
}

export type WebhookAction = {
  /** The thread that a payload names. `undefined` if it names none or cannot be read. */
  threadOf: (payload: unknown) => ThreadIds | undefined
  /** @throws the error because of which the webhook had no effect. The thread then has a missed delivery */
  handle: (scope: Scope, payload: unknown) => Promise<Outcome>
}

/** Parses the payload, waits for the thread's turn, finds the session, and handles the webhook. */
export const webhookAction = <Payload, Work>(spec: ActionSpec<Payload, Work>): WebhookAction => ({
  threadOf: (payload) => {
    const parsed = spec.schema.safeParse(payload)
    return parsed.success ? spec.threadOf(parsed.data) : undefined
  },
  handle: async (scope, payload) => {
    const parsed = spec.schema.safeParse(payload)
    if (!parsed.success) return unusable('payload_unreadable')
    const ids = spec.threadOf(parsed.data)
    if (!ids) return ignored('no_open_thread')
    const thread = threadOf(scope, ids)
    const prepared = spec.prepare(scope, parsed.data, thread)
    if ('ignored' in prepared) return ignored(prepared.ignored)
    return inThreadTurn(scope, ids, async () => {
      try {
        return await handleInTurn(spec, scope, ids, prepared)
      } catch (error) {
        // This runs within the turn, because the next delivery may already wait and must catch up first.
        noteMissedDelivery(thread)
        throw error
      }
    })
  },
})

const handleInTurn = async <Payload, Work>(
  spec: ActionSpec<Payload, Work>,
  scope: Scope,
  ids: ThreadIds,
  { work, isLate = false }: { work: Work; isLate?: boolean },
): Promise<Outcome> => {
  const mustRead = spec.session === 'fresh' || (isLate && isStale(scope, ids))
  const session = await (mustRead ? lookUpSession(scope, ids) : findSession(scope, ids))
  if (!session) return ignored('no_session')
  const isIgnored = (): boolean => session.ended !== undefined && spec.afterEnd === 'ignored'
  if (isIgnored()) return ignored('session_ended')
  if (spec.catchesUp && threadOf(scope, ids).missedDelivery) await catchUpAfterFailure(scope, session)
  // The catch-up may have found the end.
  if (isIgnored()) return ignored('session_ended')
  return spec.handle(scope, session, work)
}

/** For a late delivery, a session that was looked up within this time is not looked up again. */
const staleAfterMs = 10_000

/** Another process may have ended the session since we looked it up. */
const isStale = (scope: Scope, ids: ThreadIds): boolean => {
  const { session } = threadOf(scope, ids)
  return session !== undefined && scope.runtime.nowMs() - session.readAtMs > staleAfterMs
}
