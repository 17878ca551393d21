import type { LedgerEntry } from '../../sandbox/ledger'
import { isListLate, mayCountAsForeign, mayReplaceSecretTwice, textOf, type Facts, type SessionFacts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/**
 * An answer is true. LiveChat delivers an accepted webhook never again, so by then the integration has done what the
 * webhook says: the agent's words are in the conversation, and the plugin has the notice of the end.
 */
export const truth: Rule = (facts) => {
  const made = madeIn(facts)
  return [...facts.sessions.values()].flatMap((session) =>
    facts
      .deliveriesTo(session.person)
      .filter(({ status, detail }) => status === 200 && textOf(detail, 'threadId') === session.threadId)
      .flatMap((delivery) => judge(facts, made, session, delivery))
      .concat(refusals(facts, session), lateWords(facts, made, session), wordsAfterEnd(facts, made, session)),
  )
}

/** Within this time after a trouble, a claim of a killed process may still count. LiveChat delivers again after 10 s. */
const TROUBLE_LASTS_MS = 20_000

/**
 * A webhook is refused only if something went wrong, or if LiveChat sends a secret that was replaced twice. The one
 * before the present one is still accepted.
 */
const refusals = (facts: Facts, { threadId, person, startedAtMs }: SessionFacts): Verdict[] => {
  const { deliveriesTo, isQuiet, world } = facts
  return deliveriesTo(person)
    .filter(({ status, detail }) => status !== 200 && textOf(detail, 'threadId') === threadId)
    .filter(({ status }) => status !== 401 || !mayReplaceSecretTwice(world))
    .filter(
      ({ startedMs = 0, endedMs = 0 }) => startedMs > startedAtMs && isQuiet(startedMs - TROUBLE_LASTS_MS, endedMs),
    )
    .filter(() => world.deeds.lost.size === 0)
    .map(({ name, startedMs = 0 }) => {
      const text = `${name} of person ${person}`
      // The list of a conversation's messages lags, too, so a quick change finds no message to correct.
      const isQuickChange = name === 'webhook/event_updated' && (world.plan.knobs.botpressKnobs.listLagMs ?? 0) > 0
      const mayBeUnseen = isQuickChange || isListLate(world, startedAtMs, startedMs)
      return mayBeUnseen ? excused('listsLag', text) : broken('refusedForNothing', text)
    })
}

/** If LiveChat refuses an end user's words because the thread is closed, the plugin learns that the session is over. */
const lateWords = ({ world, closed, isQuiet }: Facts, made: Made, session: SessionFacts): Verdict[] => {
  const { conversationId, threadId, person, startedAtMs } = session
  const closedAtMs = closed.get(threadId)?.atMs ?? Infinity
  // Nobody can read the thread of a customer whom LiveChat has forgotten or banned.
  if (world.deeds.lost.has(session.chatId)) return []
  return (
    world.system.ledger
      .all({ kind: 'delivery', name: 'operation/message_created' })
      .filter(({ detail, status }) => status !== 200 && textOf(detail, 'conversationId') === conversationId)
      // Botpress hands over again what has failed for another reason.
      .filter(
        ({ startedMs = 0, endedMs = 0 }) =>
          startedMs > Math.max(closedAtMs, startedAtMs) && isQuiet(startedMs - TROUBLE_LASTS_MS, endedMs),
      )
      .filter(
        ({ endedMs = 0 }) =>
          (made.endAtMs.get(conversationId) ?? Infinity) > endedMs && (session.endedAtMs ?? Infinity) > endedMs,
      )
      .map(() => broken('refusedWithoutEnd', `session ${conversationId.slice(-4)} of person ${person}`))
  )
}

/** After this time, a process looks up again whether a session has ended, before it relays what comes late. */
const ENDED_MS = 20_000

/** What comes long after a known end would reach the bot as if the end user had written it. */
const wordsAfterEnd = (
  { deliveriesTo, wrote, isQuiet }: Facts,
  made: Made,
  { conversationId, threadId, person, firstEndedAtMs = Infinity }: SessionFacts,
): Verdict[] => {
  const told = deliveriesTo(person).find(
    ({ name, status, detail }) =>
      name === 'webhook/chat_deactivated' && status === 200 && textOf(detail, 'threadId') === threadId,
  )
  const overAtMs = Math.max(firstEndedAtMs, told?.endedMs ?? Infinity) + ENDED_MS
  return wrote
    .filter((each) => each.threadId === threadId)
    .filter(({ eventId }) => {
      const madeAtMs = made.wordsAtMs.get(`${conversationId} ${eventId}`) ?? -Infinity
      return madeAtMs > overAtMs && isQuiet(madeAtMs - ENDED_MS, madeAtMs)
    })
    .map(({ token }) => broken('wordsAfterEnd', `${token} to person ${person}`))
}

/** When each message and each end first reached Botpress. */
type Made = { wordsAtMs: Map<string, number>; endAtMs: Map<string, number> }

const madeIn = ({ world }: Facts): Made => {
  const made: Made = { wordsAtMs: new Map(), endAtMs: new Map() }
  for (const { name, detail, atMs } of world.system.ledger.all({ side: 'botpress', kind: 'effect' })) {
    if (name === 'message_created')
      keepFirst(made.wordsAtMs, `${textOf(detail, 'conversationId')} ${eventIdOf(detail)}`, atMs)
    if (name === 'event_created' && textOf(detail, 'type') === 'hitlStopped')
      keepFirst(made.endAtMs, textOf(detail, 'session'), atMs)
  }
  return made
}

const keepFirst = (times: Map<string, number>, key: string, atMs: number): void => {
  if (!times.has(key)) times.set(key, atMs)
}

const eventIdOf = (detail: LedgerEntry['detail']): string => {
  const tags: unknown = detail?.['tags']
  return typeof tags === 'object' && tags !== null && 'livechatEventId' in tags ? String(tags.livechatEventId) : ''
}

/** So long before the plugin is notified of an end, no more messages are relayed; with room for the way there. */
const ENDS_MS = 3_000

const judge = (
  facts: Facts,
  made: Made,
  { conversationId, threadId, chatId, person, startedAtMs, endedAtMs = Infinity }: SessionFacts,
  { name, detail, startedMs = 0, endedMs = 0 }: LedgerEntry,
): Verdict[] => {
  if (startedMs <= startedAtMs || endedMs >= endedAtMs) return []
  const closed = facts.closed.get(threadId)
  // The plugin itself has begun the stop that closes a thread in the name of the customer.
  const isStopped = closed?.reason === 'manual_archived_customer' && closed.atMs <= endedMs
  // The notice of the end may be due later. Until shortly before, the plugin takes messages.
  const isNotified = (made.endAtMs.get(conversationId) ?? Infinity) <= endedMs
  const takesWords = name === 'webhook/incoming_event' && endedMs < endedAtMs - ENDS_MS
  if (isStopped || (isNotified && !takesWords)) return []
  if (mayCountAsForeign(facts.world, { person, startedAtMs, chatId, threadId }, startedMs))
    return [excused('listsLag', `${name} of person ${person}`)]
  if (name === 'webhook/chat_deactivated')
    return [broken('acceptedWithoutEnd', `session ${conversationId.slice(-4)} of person ${person}`)]
  const eventId = textOf(detail, 'eventId')
  const wrote = facts.wrote.find((each) => each.eventId === eventId)
  if (name !== 'webhook/incoming_event' || !wrote || wrote.isPrivate) return []
  if ((wrote.deletedAtMs ?? Infinity) <= endedMs) return []
  const isMade = (made.wordsAtMs.get(`${conversationId} ${eventId}`) ?? Infinity) <= endedMs
  return isMade ? [] : [broken('acceptedWithoutWords', `${wrote.token} for person ${person}`)]
}
