import type { LiveChatChat } from '../livechat/schema'
import type { EndReason } from './end-reason'
import { aboutSession, emitTimeline } from './own-events'
import type { Relayed } from './relayed'
import { expectMade } from './platform-call'
import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { endedTag, type Session } from './session'
import { forgetSession } from './sessions'

export type Ending = {
  reason: EndReason
  chat?: LiveChatChat | undefined
  counts?: Omit<Relayed, 'eventIds'> | undefined
}

/** The plugin needs a moment to give the conversation back: a flow that our event triggers should find it done. */
const detailsAfterMs = 1_000

/**
 * Tells the plugin that the session is over, then the bot's flows how it ended. Safe to repeat until it has once gone
 * through: the plugin ignores a second end, and a noted end is not told again.
 */
export const endSession = async (scope: Scope, session: Session, { reason, chat, counts }: Ending): Promise<void> => {
  if (session.hasEnded) return
  await emitStopped(scope, session)
  const groupId = chat?.thread.access?.group_ids[0]
  const { score, comment } = chat?.thread.properties?.['rating'] ?? {}
  const agentUserId = session.holder.kind === 'agent' ? session.holder.userId : undefined
  const payload = aboutSession(scope, session, {
    reason,
    startedAt: new Date(session.createdAtMs).toISOString(),
    ...(agentUserId === undefined ? {} : { agentUserId }),
    ...(groupId === undefined ? {} : { groupId }),
    ...counts,
    ...(typeof score === 'number' ? { ratingScore: score } : {}),
    ...(typeof comment === 'string' ? { ratingComment: comment } : {}),
  })
  const schedule = { dateTime: afterTheEnd(scope, session) }
  await scope.client.createEvent({ type: 'hitlSessionEnded', payload, schedule })
  await scope.client.updateConversation({
    id: session.conversationId,
    tags: {
      ended: endedTag({ reason, atMs: scope.runtime.nowMs() }),
      ...(groupId === undefined ? {} : { livechatGroupId: String(groupId) }),
    },
  })
  forgetSession(scope, session)
  await emitTimeline(scope, session, { step: 'ended', reason })
}

/** Tells the plugin, which ignores it when it knows. */
export const emitStopped = async (scope: Scope, session: Session): Promise<void> => {
  const answer = await scope.client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...nextSchedule(scope, session),
  })
  expectMade(answer, 'event')
}

const afterTheEnd = (scope: Scope, session: Session): string => {
  const scheduled = nextSchedule(scope, session).schedule?.dateTime
  const endAtMs = scheduled === undefined ? scope.runtime.nowMs() : Date.parse(scheduled)
  return new Date(endAtMs + detailsAfterMs).toISOString()
}
