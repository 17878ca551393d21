import { ourText } from '../../content/to-end-user/end-user-texts'
import type { LiveChatQueue } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { messageKeys, say } from '../own-words'
import { hasHadAgent, type QueueTold, type Session, type SessionChanges } from '../session'
import { aboutSession, tryEmit } from '../session-events'
import { updateSession } from '../session-store'

type Queue = LiveChatQueue | null | undefined
type Reason = 'noAgentYet' | 'inQueue' | 'transferred'

/** Why a session waits, as far as it is known: LiveChat does not say whether agents are busy or away. */
const waitReason = (session: Session, queue: Queue): Reason => {
  if (hasHadAgent(session)) return 'transferred'
  return queue ? 'inQueue' : 'noAgentYet'
}

/**
 * Tells the bot's flows that a session waits, right at its start. Makes its calls at the same time, because the bot
 * waits for the start.
 */
export const reportWaitingAtStart = async (
  scope: Scope,
  session: Session,
  queue: Queue,
  changes: SessionChanges = {},
): Promise<void> => {
  await Promise.all([emitQueued(scope, session, queue), recordQueueTold(scope, session, queue, changes)])
}

/**
 * Tells the bot's flows that the session waits, and its place in the queue. It does so in three cases: for the first
 * time, after an agent has passed the session back, and when the place has changed, at most once a minute. The flows
 * decide what the bot writes.
 */
export const reportWaiting = async (scope: Scope, session: Session, queue: Queue): Promise<void> => {
  const { holder, ended } = session
  if (ended) return
  const isPassedBack = holder.kind === 'agent' || holder.kind === 'left'
  if (!isPassedBack && session.queueTold && !isWorthTelling(scope, session.queueTold, queue)) return
  await emitQueued(scope, session, queue)
  await recordQueueTold(scope, session, queue)
}

/** Tells the bot's flows the place in the queue, if it has changed and nobody has the session. */
export const reportPlace = async (scope: Scope, session: Session, queue: LiveChatQueue): Promise<void> => {
  const { holder, ended, queueTold } = session
  if (ended || holder.kind === 'agent') return
  // If the flows were told nothing yet, the session does not wait, or the start is about to tell them.
  if (!queueTold || !isWorthTelling(scope, queueTold, queue)) return
  await emitQueued(scope, session, queue)
  await recordQueueTold(scope, session, queue)
}

/** A busy queue moves every few seconds, and each event may run a flow. */
const placeEveryMs = 60_000

const isWorthTelling = (scope: Scope, told: QueueTold, queue: Queue): boolean =>
  told.place !== placeOf(queue) && vendorNowMs(scope) - told.atMs >= placeEveryMs

/** Records what the bot was told about the queue, and other changes in the same call. */
export const recordQueueTold = async (
  scope: Scope,
  session: Session,
  queue: Queue,
  changes: SessionChanges = {},
): Promise<void> => {
  await updateSession(scope, session, { ...changes, queueTold: { place: placeOf(queue), atMs: vendorNowMs(scope) } })
}

const placeOf = (queue: Queue): string => (queue?.position === undefined ? 'none' : String(queue.position))

const emitQueued = async (scope: Scope, session: Session, queue: Queue): Promise<void> => {
  const { position, wait_time: waitTimeSeconds } = queue ?? {}
  const payload = aboutSession(scope, session, {
    reason: waitReason(session, queue),
    ...(position === undefined ? {} : { position }),
    ...(waitTimeSeconds === undefined ? {} : { waitTimeSeconds }),
  })
  await tryEmit(scope, session, { type: 'hitlSessionQueued', payload })
}

/**
 * Says to the end user that they wait again, because the agent no longer has the session. The plugin does not write
 * this. Says it once per `occasion`. With a time from LiveChat, a redelivery has the same `occasion`.
 */
export const sayWaitingAgain = (scope: Scope, session: Session, occasion: string): Promise<void> => {
  const text = ourText('waitingAgain', session.language, scope.settings.texts)
  return say(scope, session, messageKeys.waiting(session.livechatThreadId, occasion), text)
}
