import { isReopenedUnnoticed } from './agent-reads'
import { isBetween, textOf, type Facts, type SessionFacts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** What an agent has opened again without a session: the flows hear of it, and it stays the agent's. */
export const returns: Rule = (facts) => [...told(facts), ...closedByUs(facts), ...wordsToNobody(facts)]

/**
 * The integration closes only threads of its own. An end user who has a session in an agent's thread may end it. If the
 * process of a start was killed, the next start takes what it left for such a session.
 */
const closedByUs = (facts: Facts): Verdict[] => {
  const { world, closed, opened, sessions, sessionOfThread } = facts
  if (world.sky.happened.some(({ effect }) => effect.kind === 'killed')) return []
  return [...world.deeds.reopened].flatMap((threadId) => {
    const { reason, atMs = 0 } = closed.get(threadId) ?? {}
    if (reason !== 'manual_archived_customer' || sessionOfThread.has(threadId)) return []
    const isUnnoticed = [...sessions.values()].some(
      (session) =>
        session.chatId === opened.get(threadId)?.chatId &&
        session.threadId !== threadId &&
        isReopenedUnnoticed(facts, session, { threadId, atMs }),
    )
    return [isUnnoticed ? excused('reopenedUnnoticed', threadId) : broken('agentsThreadClosed', threadId)]
  })
}

/** A process learns within this time that a start has failed. */
const KNOWN_MS = 15_000
/** A start takes less than this. */
const START_MS = 30_000

/**
 * After a start has failed, no word goes into its conversation, which the plugin does not know. Nobody can record the
 * failure of a start whose process was killed, or while Botpress takes no records: two calls of a start may fail, then that
 * of the failure.
 */
const wordsToNobody = ({ world, sessions, opened }: Facts): Verdict[] => {
  const { sky, system, plan, bots } = world
  const isKilled = sky.happened.some(({ effect }) => effect.kind === 'killed')
  const areRecordsRefused = (fromMs: number, toMs: number): boolean =>
    sky.happened.filter(
      ({ route }, index) =>
        route === 'PUT /v1/chat/conversations/:id' && isBetween(sky.happenedAtMs[index] ?? 0, fromMs, toMs),
    ).length > 2
  if (isKilled || plan.rates.latency.slowShare > 0) return []
  const failures = system.ledger.all({ name: 'session_start_failed' })
  const messages = bots.flatMap((bot) => bot.messages())
  return bots
    .flatMap((bot) => bot.conversations())
    .filter(({ id, tags }) => tags['livechatThreadId'] !== undefined && !sessions.has(id))
    .flatMap(({ id, tags }) => {
      const openedAtMs = opened.get(tags['livechatThreadId'] ?? '')?.atMs ?? Infinity
      const failedAtMs = failures.find(({ atMs }) => atMs > openedAtMs)?.atMs ?? Infinity
      if (areRecordsRefused(failedAtMs - START_MS, failedAtMs)) return []
      return messages.some(
        ({ conversationId, createdAtMs }) => conversationId === id && createdAtMs > failedAtMs + KNOWN_MS,
      )
        ? [broken('wordsToNobody', id)]
        : []
    })
}

/** If an agent opens a chat again and writes, the flows hear of it once. */
const told = (facts: Facts): Verdict[] =>
  [...facts.world.deeds.reopened].flatMap((threadId) => {
    const first = facts.wrote.find((wrote) => wrote.threadId === threadId && !wrote.isPrivate)
    // A later start has joined this thread.
    if (!first || facts.sessionOfThread.has(threadId) || facts.world.deeds.lost.has(first.chatId)) return []
    const earlier = [...facts.sessions.values()].find(
      ({ chatId, endedAtMs = Infinity }) => chatId === first.chatId && endedAtMs < first.atMs - ENDED_MS,
    )
    return earlier && facts.isCalm(first.atMs - ENDED_MS, first.atMs + TOLD_MS)
      ? judge(facts, earlier, threadId, first.eventId)
      : []
  })

/** The end of the earlier session is known everywhere after this time. */
const ENDED_MS = 10_000
const TOLD_MS = 60_000

const judge = (
  { deliveriesTo, world }: Facts,
  { person }: SessionFacts,
  threadId: string,
  eventId: string,
): Verdict[] => {
  const isAccepted = deliveriesTo(person).some(
    ({ name, status, detail }) =>
      name === 'webhook/incoming_event' && status === 200 && textOf(detail, 'eventId') === eventId,
  )
  const told = world.bots
    .flatMap((bot) => bot.botEvents())
    .filter(({ type, payload }) => type === 'hitlAgentReturned' && payload['livechatThreadId'] === threadId)
  if (isAccepted && told.length === 0) return [broken('returnNotTold', `${threadId} to the bot of person ${person}`)]
  return told.length > 1 ? [broken('returnToldTwice', `${threadId} to the bot of person ${person}`)] : []
}
