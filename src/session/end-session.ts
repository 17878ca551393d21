import type { LiveChatChat } from '../livechat/schema'
import { closingRemark } from './closing-remark'
import { endReason, remarkedReason, type EndReason } from './end-reason'
import { lastAgentOf } from './lifecycle'
import { aboutSession, emitTimeline } from './own-events'
import { ratingOf } from './rating'
import type { Relayed } from './relayed'
import { expectMade } from './platform-call'
import { scheduleOfEnd } from './schedule'
import type { Scope } from './scope'
import { endedTag, type Session } from './session'
import { findSession, forgetSession } from './sessions'
import { tagsOfThread } from './thread-tags'

export type Ending = {
  /** Whom LiveChat names as the one who closed the thread. */
  closedByUserId?: string | undefined
  /** Nobody told us of the end: we found the chat gone. */
  isLost?: true
  chat?: LiveChatChat | undefined
  counts?: Omit<Relayed, 'eventIds'> | undefined
}

/** The plugin needs a moment to give the conversation back: a flow that our event triggers should find it done. */
const detailsAfterMs = 1_000

/**
 * Tells the plugin that the session is over, then the bot's flows how it ended. Safe to repeat until it has once gone
 * through: the plugin ignores a second end, and a noted end is not told again.
 */
export const endSession = async (scope: Scope, asked: Session, ending: Ending): Promise<void> => {
  if (asked.hasEnded) return
  const [tags] = await Promise.all([tagsOfThread(scope, asked), emitStopped(scope, asked)])
  // A read at the end may have shown an agent of whom no webhook told.
  const session = (await findSession(scope, asked.livechatChatId, asked.livechatThreadId)) ?? asked
  const { chat, counts } = ending
  const reason = reasonOf(scope, session, ending)
  const groupId = chat?.thread.access?.group_ids[0]
  const agentUserId = lastAgentOf(session.holder)
  const payload = aboutSession(scope, session, {
    reason,
    startedAt: new Date(session.createdAtMs).toISOString(),
    ...(agentUserId === undefined ? {} : { agentUserId }),
    ...(groupId === undefined ? {} : { groupId }),
    ...counts,
    ...ratingOf(chat?.thread.properties),
    ...(tags === undefined ? {} : { tags }),
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

const reasonOf = (scope: Scope, session: Session, { isLost, ...clues }: Ending): EndReason => {
  const remark = closingRemark(scope, session)
  return isLost ? (remarkedReason({ ...clues, remark }) ?? 'failure') : endReason(session, { ...clues, remark })
}

/** Tells the plugin, which ignores it when it knows. */
export const emitStopped = async (scope: Scope, session: Session): Promise<void> => {
  const answer = await scope.client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...scheduleOfEnd(scope, session),
  })
  expectMade(answer, 'event')
}

const afterTheEnd = (scope: Scope, session: Session): string => {
  const scheduled = scheduleOfEnd(scope, session).schedule?.dateTime
  const endAtMs = scheduled === undefined ? scope.runtime.nowMs() : Date.parse(scheduled)
  return new Date(endAtMs + detailsAfterMs).toISOString()
}
