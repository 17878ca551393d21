import { ourText } from '../content/texts'
import type { LiveChatQueue } from '../livechat/schema'
import { aboutSession, emitTimeline, quietly } from './own-events'
import { repeatKeyedWrite } from './platform-call'
import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { queueToldTag, type Session } from './session'
import { rememberSession } from './sessions'

type Reason = 'noAgentYet' | 'allAgentsBusy' | 'transferred'

/** Tells the bot at once that the session it has started waits. Side by side, since the bot waits for the start. */
export const reportWaitingAtStart = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: LiveChatQueue | null | undefined,
): Promise<void> => {
  const queueTold = { place: placeOf(queue), atMs: scope.runtime.nowMs() }
  await Promise.all([
    emitQueued(scope, session, reason, queue),
    noteTold(scope, session, queueTold),
    emitTimeline(scope, session, { step: 'queued', reason }),
  ])
}

/**
 * Tells the bot that the session waits, and where in the queue: when that is first known, and when the place has changed
 * and the last news is old enough. The bot decides what to say; with `relayQueue` the end user also gets a message.
 */
export const reportWaiting = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: LiveChatQueue | null | undefined,
): Promise<void> => {
  const place = placeOf(queue)
  const isNewReason = reason === 'transferred' && session.holder.kind === 'agent'
  if (!isNewReason && session.queueTold) {
    const sinceLastMs = scope.runtime.nowMs() - session.queueTold.atMs
    if (session.queueTold.place === place || sinceLastMs < scope.settings.queueEventsEverySeconds * 1000) return
  }
  await emitQueued(scope, session, reason, queue)
  await noteTold(scope, session, { place, atMs: scope.runtime.nowMs() })
}

const noteTold = async (scope: Scope, session: Session, queueTold: { place: string; atMs: number }): Promise<void> => {
  await scope.client.updateConversation({ id: session.conversationId, tags: { queueTold: queueToldTag(queueTold) } })
  rememberSession(scope, { ...session, queueTold })
}

const placeOf = (queue: LiveChatQueue | null | undefined): string =>
  queue?.position === undefined ? 'none' : String(queue.position)

const emitQueued = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: LiveChatQueue | null | undefined,
): Promise<void> => {
  const { position, wait_time: waitTimeSeconds } = queue ?? {}
  const payload = aboutSession(scope, session, {
    reason,
    ...(position === undefined ? {} : { position }),
    ...(waitTimeSeconds === undefined ? {} : { waitTimeSeconds }),
  })
  await quietly(scope, session, () => scope.client.createEvent({ type: 'hitlSessionQueued', payload }))
  if (!scope.settings.relayQueue || position === undefined) return
  const text = ourText('queuePlace', session.language, scope.settings.texts, { position })
  await say(scope, session, `place-${session.livechatThreadId}-${position}`, text)
}

/**
 * An agent had the session and now nobody has: the plugin says nothing about that, so we do, once for each `occasion`,
 * which is the same when LiveChat repeats itself.
 */
export const tellWaiting = (scope: Scope, session: Session, occasion: string): Promise<void> => {
  const text = ourText('waitingAgain', session.language, scope.settings.texts)
  return say(scope, session, `waiting-${session.livechatThreadId}-${occasion}`, text)
}

/** Words of ours to the end user, as a user of our own so that no agent seems to have said them. `key` makes them once. */
const say = async (scope: Scope, session: Session, key: string, text: string | undefined): Promise<void> => {
  if (text === undefined) return
  const { user } = await scope.client.getOrCreateUser({
    tags: { livechatAgentId: 'livechat-hitl' },
    discriminateByTags: ['livechatAgentId'],
    name: 'LiveChat',
  })
  await repeatKeyedWrite(() =>
    scope.client.getOrCreateMessage({
      conversationId: session.conversationId,
      userId: user.id,
      type: 'text',
      payload: { text },
      tags: { livechatEventId: key },
      discriminateByTags: ['livechatEventId'],
      ...nextSchedule(scope, session),
    }),
  )
}
