import { emitTimeline } from './own-events'
import { advance, isSameHolder, lastAgentOf, type Holder, type News } from './lifecycle'
import { expectMade } from './platform-call'
import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { holderTag, type Session } from './session'
import { findSession, lookUpSession, rememberSession } from './sessions'
import { tellWaiting } from './waiting'

/** Who was announced last is read again when what this process remembers is older than this. */
const staleAfterMs = 60_000

/** LiveChat names no occasion for some returns to a queue: those this far apart are two for certain. */
const occasionLastsMs = 120_000

/** LiveChat's word for why, and what tells one occasion from the next. */
type Cause = { reason?: string | undefined; occasion?: string | undefined }

/**
 * Takes in who has the session now and does what follows: tells the plugin of a change of agent, which tells the end
 * user; tells the end user when they wait again; notes it in the conversation. Emits before it notes: a failure in
 * between announces twice rather than never.
 */
export const takeIn = async (scope: Scope, session: Session, news: News, cause: Cause = {}): Promise<void> => {
  // LiveChat keeps no order: what is told after the end concerns nobody any more.
  if (session.hasEnded) return
  const step = advance(session.holder, news)
  if (step.announce !== undefined) await emitAssigned(scope, session, step.announce)
  if (step.tellWaiting)
    await tellWaiting(scope, session, cause.occasion ?? `again-${Math.floor(scope.runtime.nowMs() / occasionLastsMs)}`)
  if (isSameHolder(step.holder, session.holder)) return
  await note(scope, session, step.holder)
  // Who has left, or is back, says nothing yet: what comes of it is the next step.
  if (lastAgentOf(step.holder) !== lastAgentOf(session.holder))
    await emitTimeline(scope, session, timelineOf(session.holder, step.holder, cause.reason))
}

/** The first agent of a session that is being started: side by side, since a start that fails is closed as a whole. */
export const takeInFirstAgent = async (scope: Scope, asked: Session, agentUserId: string): Promise<void> => {
  const session = (await findSession(scope, asked.livechatChatId, asked.livechatThreadId)) ?? asked
  if (session.holder.kind !== 'nobody') return
  const holder: Holder = { kind: 'agent', userId: agentUserId }
  await Promise.all([emitAssigned(scope, session, agentUserId), note(scope, session, holder)])
  await emitTimeline(scope, session, timelineOf(session.holder, holder, undefined))
}

/**
 * After an agent's message was relayed. What was known when the delivery came in may have changed while it waited for its
 * turn, or in another worker.
 */
export const takeInSpeaker = async (scope: Scope, asked: Session, agentUserId: string): Promise<void> => {
  if (asked.hasEnded) return
  const ids = [asked.livechatChatId, asked.livechatThreadId] as const
  const remembered = (await findSession(scope, ...ids)) ?? asked
  if (remembered.holder.kind !== 'agent' || remembered.holder.userId !== agentUserId) {
    const news: News = { kind: 'agentSpoke', userId: agentUserId }
    const isStale = scope.runtime.nowMs() - remembered.readAtMs > staleAfterMs
    // Another worker may have announced them, which the end user should not hear twice.
    const mayBeTold = isStale || advance(remembered.holder, news).announce !== undefined
    const session = mayBeTold ? ((await lookUpSession(scope, ...ids)) ?? remembered) : remembered
    await takeIn(scope, session, news)
  }
  if (scope.settings.timeline)
    await tellFirstAnswer(scope, (await findSession(scope, ...ids)) ?? remembered, agentUserId)
}

const tellFirstAnswer = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  if (session.hasAnswer) return
  await emitTimeline(scope, session, { step: 'firstAnswer', agentUserId })
  const answered = new Date(scope.runtime.nowMs()).toISOString()
  await scope.client.updateConversation({ id: session.conversationId, tags: { answered } })
  rememberSession(scope, { ...session, hasAnswer: true })
}

const emitAssigned = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  const answer = await scope.client.createEvent({
    type: 'hitlAssigned',
    payload: { conversationId: session.conversationId, userId: agentUserId },
    ...nextSchedule(scope, session),
  })
  expectMade(answer, 'event')
}

const note = async (scope: Scope, session: Session, holder: Holder): Promise<void> => {
  await scope.client.updateConversation({
    id: session.conversationId,
    tags: { assignedAgentUserId: holderTag(holder) },
  })
  rememberSession(scope, { ...session, holder, readAtMs: scope.runtime.nowMs() })
}

const timelineOf = (before: Holder, now: Holder, reason: string | undefined) => {
  const why = reason === undefined ? {} : { reason }
  if (now.kind !== 'agent') return { step: 'queued' as const, ...why }
  const step = lastAgentOf(before) === undefined ? ('assigned' as const) : ('transferred' as const)
  return { step, agentUserId: now.userId, ...why }
}
