import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { requireCreated } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { vendorNowMs } from '../../operation/vendor-time'
import { advance, isSameHolder, lastAgentOf, type Holder, type News } from '../holder'
import { readingOnce } from '../read-thread'
import { atCreation, nextSchedule } from '../schedule'
import { hasHadAgent, nextAnnouncement, type Session, type SessionChanges } from '../session'
import { refreshSession, updateSession } from '../session-store'
import { threadOf } from '../thread'
import { claimOrWait } from './claim-announcement'
import { isOutdatedTransfer } from './outdated-transfer'
import { isKnownSameAgent, isSameAgent, isStandInFor } from './same-agent'
import { sayWaitingAgain } from './queue'

/** If the last look-up of the session is older than this, another process may have recorded another holder. */
const staleAfterMs = 1_000

/**
 * LiveChat gives no time for some returns to the queue. If two of them are further apart than this, they count as
 * different.
 */
const occasionLastsMs = 120_000

/**
 * `reason`: LiveChat's reason for the change. `occasion`: distinguishes one return to the queue from the next.
 * `isClaimed`: the caller has claimed the announcement. `isLookedUp`: the session was looked up for this news.
 * `isOutdated`: reads whether a later change has undone the news. It is called when another process has changed the
 * holder.
 */
type Options = {
  reason?: string | undefined
  occasion?: string | undefined
  isClaimed?: true
  isLookedUp?: true
  isOutdated?: () => Promise<boolean>
}

/**
 * Applies news about who has the session. Announces a new agent through the plugin, or says to the end user that they
 * wait again, then records it. If another process announces an agent at the same time, waits for its record first. The
 * announcement comes before the record. So if the process stops in between, the agent is announced twice rather than
 * never. If only an earlier step was cut off there, its record is made first.
 */
export const applyNews = async (scope: Scope, session: Session, news: News, options: Options = {}): Promise<void> => {
  // LiveChat keeps no order: news that arrives after the end no longer matters.
  if (session.ended) return
  await recordCutOff(scope, session, {})
  const before = session.holder
  const step = advance(before, await asAnnounced(scope, before, news))
  const applyAgain = async (more: Options = {}): Promise<void> => {
    const isOutdated = !isSameHolder(session.holder, before) && (await options.isOutdated?.()) === true
    if (!isOutdated) await applyNews(scope, session, news, { ...options, ...more })
  }
  if (step.announce !== undefined) {
    if (!options.isLookedUp && isStale(scope, session)) {
      await refreshSession(scope, session)
      return applyAgain({ isLookedUp: true })
    }
    if (!options.isClaimed) {
      // The other process may have announced another agent.
      if (!(await claimOrWait(scope, session))) return applyAgain()
      if (isStale(scope, session)) await refreshSession(scope, session)
    }
    // Meanwhile this process may have recorded an announcement that was cut off.
    if (!isSameHolder(session.holder, before)) return applyAgain()
    await announce(scope, session, before, step.announce)
  }
  if (step.sayWaiting) await sayWaitingAgain(scope, session, options.occasion ?? currentOccasion(scope))
  if (!isSameHolder(step.holder, before)) await recordHolder(scope, session, step.holder)
}

const isStale = (scope: Scope, { readAtMs }: Session): boolean => scope.runtime.nowMs() - readAtMs > staleAfterMs

const recordHolder = async (
  scope: Scope,
  session: Session,
  holder: Holder,
  changes?: SessionChanges,
): Promise<void> => {
  await updateSession(scope, session, { ...changes, holder, ...countAssignment(scope, session, holder) })
  const thread = threadOf(scope, session)
  // Words of another agent do not undo an announcement that is under way.
  const isOver = holder.kind === 'queue' || thread.announcement?.userId === lastAgentOf(holder)
  if (isOver) thread.announcement = undefined
}

/**
 * Records an announcement that was cut off before its record, if Botpress has accepted it. Records other changes in the
 * same call.
 * @returns whether it has recorded
 */
export const recordCutOff = async (scope: Scope, session: Session, changes: SessionChanges): Promise<boolean> => {
  const { announcement } = threadOf(scope, session)
  if (!announcement || !(await isMade(scope, announcement.made, recordWaitsMs))) return false
  // A webhook may have changed the holder meanwhile.
  if (session.ended || !isSameHolder(session.holder, announcement.before)) return false
  await recordHolder(scope, session, { kind: 'agent', userId: announcement.userId }, changes)
  return true
}

/** One agent may have two Botpress users. News about the announced agent then names the user that was announced. */
const asAnnounced = async (scope: Scope, holder: Holder, news: News): Promise<News> => {
  const announced = lastAgentOf(holder)
  if (announced === undefined || !('userId' in news)) return news
  const isChange = advance(holder, news).announce !== undefined
  const isSame = isChange
    ? await isSameAgent(scope, announced, news.userId, false)
    : isKnownSameAgent(scope, announced, news.userId)
  return isSame ? { ...news, userId: announced } : news
}

/** What an agent who gets the session adds to its record. */
const countAssignment = (
  scope: Scope,
  session: Session,
  now: Holder,
): Pick<SessionChanges, 'assignedAtMs' | 'transfers'> => {
  if (now.kind !== 'agent') return {}
  if (!hasHadAgent(session)) return { assignedAtMs: vendorNowMs(scope) }
  return lastAgentOf(session.holder) === now.userId ? {} : { transfers: session.transfers + 1 }
}

const currentOccasion = (scope: Scope): string => `again-${Math.floor(vendorNowMs(scope) / occasionLastsMs)}`

/**
 * Applies the news that an agent has written. Call this after the agent's message was relayed. While the delivery
 * waited for its turn, another delivery or another process may have announced an agent.
 */
export const noteSpeaker = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  if (session.ended) return
  const { holder } = session
  if (holder.kind === 'agent' && isKnownSameAgent(scope, holder.userId, agentUserId)) {
    if (!isStandInFor(scope, holder.userId, agentUserId)) return
    // Another process may have announced another agent.
    await refreshSession(scope, session)
    if (isSameHolder(session.holder, holder))
      await updateSession(scope, session, { holder: { kind: 'agent', userId: agentUserId } })
    return
  }
  // The plugin announces the author of the first message. If this cannot be recorded now, the next step must know it.
  if (holder.kind === 'nobody')
    threadOf(scope, session).announcement ??= {
      ...{ number: nextAnnouncement(session), before: holder, userId: agentUserId },
      made: Promise.resolve(true),
    }
  const news: News = { kind: 'agentSpoke', userId: agentUserId }
  // Another process may have announced the agent already, or have recorded a return to the queue.
  if (isStale(scope, session) || advance(holder, news).announce !== undefined)
    await (holder.kind === 'nobody' ? tryRefresh(scope, session) : refreshSession(scope, session))
  // Late words may come from an agent who has passed on the session.
  const hasPassedOn = (): Promise<boolean> => {
    const readThread = readingOnce(scope, session, budgets.webhook.transferCheckMs, 'speaker_not_checked')
    return isOutdatedTransfer(scope, session, { kind: 'agentHasIt', userId: agentUserId }, readThread)
  }
  const isChange = advance(session.holder, news).announce !== undefined
  if (!isChange || !(await hasPassedOn())) await applyNews(scope, session, news, { isOutdated: hasPassedOn })
}

/** The plugin has announced the author. The record tells other processes so, and must not fail with a look-up. */
const tryRefresh = async (scope: Scope, session: Session): Promise<void> => {
  const { conversationId } = session
  const effort = { budgetMs: budgets.webhook.firstWordsMs, code: 'speaker_not_looked_up', fields: { conversationId } }
  await bestEffort(scope, effort, (limited) => refreshSession(limited, session))
}

/**
 * Notifies the plugin of the agent who has the session. The plugin announces them to the end user. Botpress cannot tell
 * two equal events apart. So if an earlier step was cut off while it made the same announcement, waits for that answer.
 */
const announce = async (scope: Scope, session: Session, before: Holder, agentUserId: string): Promise<void> => {
  const thread = threadOf(scope, session)
  const earlier = thread.announcement
  const number = nextAnnouncement(session)
  const isEqual = earlier?.number === number && (await isSameAgent(scope, earlier.userId, agentUserId, false))
  if (isEqual && (await isMade(scope, earlier.made, repetitionWaitsMs))) return
  const making = createAssignment(scope, session, before, agentUserId)
  const made = making.then(
    () => true,
    () => false,
  )
  thread.announcement = { number, before, userId: agentUserId, made }
  await making
}

/** Whether an earlier announcement has arrived. One that nobody has answered after `waitMs` counts as lost. */
const isMade = (scope: Scope, made: Promise<boolean>, waitMs: number): Promise<boolean> =>
  Promise.race([made, scope.runtime.sleep(waitMs, scope.deadline.signal).then(() => false)])

/** Short, because the start has to return before the drop window ends. */
const recordWaitsMs = 500
/** Nobody waits for an announcement, and the end user must not hear it twice. */
const repetitionWaitsMs = 2_000

const createAssignment = async (scope: Scope, session: Session, before: Holder, userId: string): Promise<void> => {
  const answer = await scope.client.createEvent({
    type: 'hitlAssigned',
    payload: { conversationId: session.conversationId, userId },
    // The first agent is announced before the first message. Otherwise the plugin also announces its author.
    ...nextSchedule(scope, session, before.kind === 'nobody' ? atCreation(session) : undefined),
  })
  requireCreated(answer, 'event')
}
