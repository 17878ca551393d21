import { ourText } from '../content/texts'
import type { LiveChatQueue } from '../livechat/schema'
import { lastAgentOf, type Holder } from './lifecycle'
import { messageKeys } from './message-keys'
import { aboutSession, emitTimeline, quietly } from './own-events'
import { repeatKeyedWrite } from './platform-call'
import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { holderTag, queueToldTag, type Session } from './session'
import { rememberSession } from './sessions'

type Reason = 'noAgentYet' | 'allAgentsBusy' | 'transferred'

/** Tells the bot at once that the session it has started waits. Side by side, since the bot waits for the start. */
export const reportWaitingAtStart = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: LiveChatQueue | null | undefined,
): Promise<void> => {
  await Promise.all([
    emitQueued(scope, session, reason, queue),
    noteTold(scope, session, queue),
    emitTimeline(scope, session, { step: 'queued', reason }),
  ])
}

/**
 * Tells the bot that the session waits, and where in the queue: when that is first known, when an agent has passed it
 * back, and when the place has changed and the last news is old enough. The bot decides what to say; with `relayQueue` the end user also gets a message.
 */
export const reportWaiting = async (
  scope: Scope,
  session: Session,
  reason: Reason,
  queue: LiveChatQueue | null | undefined,
): Promise<void> => {
  if (session.hasEnded) return
  const hadAgent = lastAgentOf(session.holder) !== undefined
  if (!hadAgent && session.queueTold) {
    const sinceLastMs = scope.runtime.nowMs() - session.queueTold.atMs
    const isTooSoon = sinceLastMs < scope.settings.queueEventsEverySeconds * 1000
    if (session.queueTold.place === placeOf(queue) || isTooSoon) return
  }
  await emitQueued(scope, session, reason, queue)
  await noteTold(scope, session, queue)
}

const noteTold = async (scope: Scope, session: Session, queue: LiveChatQueue | null | undefined): Promise<void> => {
  const queueTold = { place: placeOf(queue), atMs: scope.runtime.nowMs() }
  // The plugin took the sender of the place for the agent: whoever comes first must be announced like a later one.
  const isTakenForAgent = session.holder.kind === 'nobody' && placeText(scope, session, queue) !== undefined
  const holder: Holder = isTakenForAgent ? { kind: 'queue' } : session.holder
  await scope.client.updateConversation({
    id: session.conversationId,
    tags: {
      queueTold: queueToldTag(queueTold),
      ...(isTakenForAgent ? { assignedAgentUserId: holderTag(holder) } : {}),
    },
  })
  rememberSession(scope, { ...session, queueTold, holder })
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
  const occasion = queue?.queued_at ?? queue?.queued_at_us ?? 'first'
  await say(
    scope,
    session,
    messageKeys.place(session.livechatThreadId, occasion, position),
    placeText(scope, session, queue),
  )
}

/** The place in the queue as the end user is told it: only where that is wanted. */
const placeText = (scope: Scope, session: Session, queue: LiveChatQueue | null | undefined): string | undefined => {
  const position = queue?.position
  if (!scope.settings.relayQueue || position === undefined) return undefined
  return ourText('queuePlace', session.language, scope.settings.texts, { position })
}

/**
 * An agent had the session and now nobody has: the plugin says nothing about that, so we do, once for each `occasion`,
 * which is the same when LiveChat repeats itself.
 */
export const tellWaiting = (scope: Scope, session: Session, occasion: string): Promise<void> => {
  const text = ourText('waitingAgain', session.language, scope.settings.texts)
  return say(scope, session, messageKeys.waiting(session.livechatThreadId, occasion), text)
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
