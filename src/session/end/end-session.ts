import type { LiveChatChat } from '../../livechat/schema'
import { MustRepeatError, NotYetError, requireCreated } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { chatTagsOf } from '../chat-tags'
import { claim } from '../claim'
import { lastAgentOf } from '../holder'
import type { MessageCounts } from '../relay/delivered-messages'
import { scheduleAt, stopAtMs } from '../schedule'
import type { EndReason, Session } from '../session'
import { aboutSession } from '../session-events'
import { markStale, updateSession } from '../session-store'
import { threadOf } from '../thread'
import { answerTimes } from './answer-times'
import { endReason, remarkedReason } from './end-reason'
import { ratingOf } from '../rating'

export type Ending = {
  /** No webhook brought the end: we found the thread closed. */
  isUnnoticed?: true
  chat?: LiveChatChat | undefined
  counts?: MessageCounts | undefined
  /** When the first message of an agent was created in the conversation. */
  firstFromAgentAtMs?: number | undefined
  /** LiveChat may still deliver some of the agents' messages. */
  isIncomplete?: boolean
}

/**
 * The plugin needs a moment to give the conversation back to the bot. Our event should start a flow only after that.
 */
const detailsAfterMs = 1_000

/** The flows are told, then the end is recorded. If the time ends between the two, the flows are told again later. */
const leastToTellMs = 500

/**
 * Notifies the plugin that the session has ended, then tells the bot's flows why. You can call it again: the plugin
 * ignores a second end, and the flows are not told again once the end is recorded.
 * @returns whether the end is recorded. If not, another process has claimed to tell the flows
 * @throws NotYetError if too little time is left to tell and record
 */
export const endSession = async (scope: Scope, session: Session, ending: Ending): Promise<boolean> => {
  if (session.ended) return true
  const stopsAtMs = stopAtMs(scope, session, ending)
  const stopped = notifyStopped(scope, session, stopsAtMs)
  const others = Promise.all([chatTagsOf(scope, session), claim(scope, session.conversationId, 'endClaim', 'end')])
  // If one of the others is refused, this may be final. It must not hide that the plugin was not notified.
  await Promise.allSettled([stopped, others])
  await stopped
  const [chatTags, isClaimed] = await others
  if (!isClaimed) {
    markStale(scope, session)
    return false
  }
  const { chat, counts } = ending
  const reason = reasonOf(scope, session, ending)
  const groupId = chat?.thread.access?.group_ids[0]
  const agentUserId = lastAgentOf(session.holder)
  const payload = aboutSession(scope, session, {
    reason,
    startedAt: new Date(session.createdAtMs).toISOString(),
    ...answerTimes(session, vendorNowMs(scope), {
      chat,
      firstFromAgentAtMs: ending.firstFromAgentAtMs,
      isCounted: counts !== undefined,
    }),
    ...(agentUserId === undefined ? {} : { agentUserId }),
    ...(groupId === undefined ? {} : { groupId }),
    ...counts,
    ...ratingOf(chat?.thread.properties),
    ...(chatTags === undefined ? {} : { tags: chatTags }),
  })
  if (scope.deadline.remainingMs() < leastToTellMs) throw new NotYetError('Too little time is left to tell of an end')
  const details = { type: 'hitlSessionEnded' as const, payload, ...scheduleAt(scope, stopsAtMs + detailsAfterMs) }
  requireCreated(await scope.client.createEvent(details), 'event')
  await updateSession(scope, session, {
    ended: { reason, atMs: vendorNowMs(scope), stopsAtMs },
    ...(session.isLeftOpen ? { isLeftOpen: false } : {}),
  })
  return true
}

const reasonOf = (scope: Scope, session: Session, { isUnnoticed, chat }: Ending): EndReason => {
  // The bot has stopped the session, whoever closed the thread later.
  if (session.isLeftOpen) return 'endUserOrBot'
  const { closingRemark: remark, closedBy: closedByUserId } = threadOf(scope, session)
  const clues = { chat, remark, closedByUserId }
  const isUnexplained = isUnnoticed && closedByUserId === undefined
  return isUnexplained ? (remarkedReason(clues) ?? 'failure') : endReason(session, clues)
}

/**
 * Notifies the plugin, at `atMs`, that the session has ended. The plugin ignores a repetition.
 * @throws MustRepeatError after any failure. No refusal is final, because without an end the end user never gets back
 * to the bot
 */
export const notifyStopped = async (
  scope: Scope,
  { conversationId }: Pick<Session, 'conversationId'>,
  atMs: number,
): Promise<void> => {
  const event = { type: 'hitlStopped' as const, payload: { conversationId }, ...scheduleAt(scope, atMs) }
  try {
    requireCreated(await scope.client.createEvent(event), 'event')
  } catch (error) {
    throw new MustRepeatError(error)
  }
}
