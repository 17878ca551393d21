import type { LedgerEntry } from '../../sandbox/ledger'
import { textOf, type Facts, type SessionFacts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

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
      .flatMap((delivery) => judge(facts, made, session, delivery)),
  )
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

const judge = (
  facts: Facts,
  made: Made,
  { conversationId, threadId, person, startedAtMs, endedAtMs = Infinity }: SessionFacts,
  { name, detail, startedMs = 0, endedMs = 0 }: LedgerEntry,
): Verdict[] => {
  if (startedMs <= startedAtMs || endedMs >= endedAtMs) return []
  const closed = facts.closed.get(threadId)
  // The plugin itself has begun the stop that closes a thread in the name of the customer.
  const isStopped = closed?.reason === 'manual_archived_customer' && closed.atMs <= endedMs
  if (isStopped || (made.endAtMs.get(conversationId) ?? Infinity) <= endedMs) return []
  if (name === 'webhook/chat_deactivated')
    return [broken('acceptedWithoutEnd', `session ${conversationId.slice(-4)} of person ${person}`)]
  const eventId = textOf(detail, 'eventId')
  const wrote = facts.wrote.find((each) => each.eventId === eventId)
  if (name !== 'webhook/incoming_event' || !wrote || wrote.isPrivate) return []
  if ((wrote.deletedAtMs ?? Infinity) <= endedMs) return []
  const isMade = (made.wordsAtMs.get(`${conversationId} ${eventId}`) ?? Infinity) <= endedMs
  return isMade ? [] : [broken('acceptedWithoutWords', `${wrote.token} for person ${person}`)]
}
