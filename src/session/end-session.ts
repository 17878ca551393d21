import type { LiveChatChat } from '../livechat/schema'
import { claimEnd } from './claim-end'
import { closerOf, closingRemark } from './closing'
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
  /** Nobody told us of the end: we found the chat gone. */
  isLost?: true
  chat?: LiveChatChat | undefined
  counts?: Omit<Relayed, 'eventIds'> | undefined
  /** Words of agents are missing that LiveChat is still delivering. */
  isIncomplete?: boolean
}

/** The plugin needs a moment to give the conversation back: a flow that our event triggers should find it done. */
const detailsAfterMs = 1_000

/**
 * Tells the plugin that the session is over, then the bot's flows how it ended. Safe to repeat until it has once gone
 * through: the plugin ignores a second end, and a noted end is not told again.
 */
export const endSession = async (scope: Scope, asked: Session, ending: Ending): Promise<void> => {
  if (asked.hasEnded) return
  const [tags, isOurs] = await Promise.all([
    tagsOfThread(scope, asked),
    claimEnd(scope, asked),
    emitStopped(scope, asked, ending),
  ])
  if (!isOurs) {
    forgetSession(scope, asked)
    return
  }
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
  const schedule = { dateTime: afterTheEnd(scope, session, ending) }
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

const reasonOf = (scope: Scope, session: Session, { isLost, chat }: Ending): EndReason => {
  const clues = { chat, remark: closingRemark(scope, session), closedByUserId: closerOf(scope, session) }
  const isUnexplained = isLost && clues.closedByUserId === undefined
  return isUnexplained ? (remarkedReason(clues) ?? 'failure') : endReason(session, clues)
}

/** Tells the plugin, which ignores it when it knows. */
export const emitStopped = async (
  scope: Scope,
  session: Session,
  ending: Pick<Ending, 'isIncomplete'> = {},
): Promise<void> => {
  const answer = await scope.client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...scheduleOfEnd(scope, session, ending),
  })
  expectMade(answer, 'event')
}

const afterTheEnd = (scope: Scope, session: Session, ending: Ending): string => {
  const scheduled = scheduleOfEnd(scope, session, ending).schedule?.dateTime
  const endAtMs = scheduled === undefined ? scope.runtime.nowMs() : Date.parse(scheduled)
  return new Date(endAtMs + detailsAfterMs).toISOString()
}
