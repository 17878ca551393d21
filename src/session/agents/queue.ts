import { ourText } from '../../content/to-end-user/end-user-texts'
import type { LiveChatQueue } from '../../livechat/schema'
import type { Scope } from '../../operation/scope'
import { lastAgentOf, type Holder } from '../holder'
import { messageKeys, say } from '../own-words'
import type { QueueTold, Session } from '../session'
import { aboutSession, emitTimeline, tryEmit } from '../session-events'
import { updateSession } from '../session-store'

type Reason = 'noAgentYet' | 'allAgentsBusy' | 'transferred'
type Queue = LiveChatQueue | null | undefined

/** Tells the bot at once that the session it has started waits. All at the same time, since the bot waits for the start. */
export const reportWaitingAtStart = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: Queue,
): Promise<void> => {
  await Promise.all([
    emitQueued(scope, session, reason, queue),
    recordQueueTold(scope, session, queue),
    emitTimeline(scope, session, { step: 'queued', reason }),
  ])
}

/**
 * Tells the bot that the session waits, and its place in the queue: when that is first known, when an agent has passed
 * it back, and when the place has changed and the last news is old enough. The bot decides what to say; with
 * `relayQueue` the end user also gets a message.
 */
export const reportWaiting = async (scope: Scope, session: Session, reason: Reason, queue: Queue): Promise<void> => {
  if (session.ended) return
  const hadAgent = lastAgentOf(session.holder) !== undefined
  if (!hadAgent && session.queueTold && !isNews(scope, session.queueTold, queue)) return
  await emitQueued(scope, session, reason, queue)
  await recordQueueTold(scope, session, queue)
}

const isNews = (scope: Scope, told: QueueTold, queue: Queue): boolean =>
  told.place !== placeOf(queue) && scope.runtime.nowMs() - told.atMs >= scope.settings.queueEventsEverySeconds * 1000

const recordQueueTold = async (scope: Scope, session: Session, queue: Queue): Promise<void> => {
  const queueTold = { place: placeOf(queue), atMs: scope.runtime.nowMs() }
  // The plugin took the sender of the place for the agent: the first real agent must be announced like a later one.
  const isTakenForAgent = session.holder.kind === 'nobody' && placeText(scope, session, queue) !== undefined
  const holder: Holder = { kind: 'queue' }
  await updateSession(scope, session, { queueTold, ...(isTakenForAgent ? { holder } : {}) })
}

const placeOf = (queue: Queue): string => (queue?.position === undefined ? 'none' : String(queue.position))

const emitQueued = async (scope: Scope, session: Session, reason: Reason, queue: Queue): Promise<void> => {
  const { position, wait_time: waitTimeSeconds } = queue ?? {}
  const payload = aboutSession(scope, session, {
    reason,
    ...(position === undefined ? {} : { position }),
    ...(waitTimeSeconds === undefined ? {} : { waitTimeSeconds }),
  })
  await tryEmit(scope, session, { type: 'hitlSessionQueued', payload })
  const occasion = queue?.queued_at ?? queue?.queued_at_us ?? 'first'
  const key = messageKeys.place(session.livechatThreadId, occasion, position)
  await say(scope, session, key, placeText(scope, session, queue))
}

/** The place in the queue as the end user is told it: only where that is wanted. */
const placeText = (scope: Scope, session: Session, queue: Queue): string | undefined => {
  const position = queue?.position
  if (!scope.settings.relayQueue || position === undefined) return undefined
  return ourText('queuePlace', session.language, scope.settings.texts, { position })
}

/**
 * An agent had the session and now nobody has. The plugin says nothing about that, so we do, once for each `occasion`:
 * it is the same when LiveChat repeats itself.
 */
export const sayWaitingAgain = (scope: Scope, session: Session, occasion: string): Promise<void> => {
  const text = ourText('waitingAgain', session.language, scope.settings.texts)
  return say(scope, session, messageKeys.waiting(session.livechatThreadId, occasion), text)
}
