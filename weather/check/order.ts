import type { Wrote } from '../world/acts/deeds'
import { isAtStart, isBetween, mayCountAsForeign, textOf, type Facts, type Taken } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** Words keep the order of their author. */
export const order: Rule = (facts) => [...orderForEndUsers(facts), ...orderForAgents(facts)]

/**
 * LiveChat delivers its webhooks in any order. So an agent's word must come before a later one only if its webhook was
 * accepted before that of the later one arrived for the first time. A webhook of a change brings the word, too.
 */
const orderForEndUsers = (facts: Facts): Verdict[] => {
  const shownAt = new Map<string, number>()
  for (const { text, position } of facts.shown) {
    const token = /\ba\d+(?=v\d)/.exec(text)?.[0]
    if (token !== undefined && !shownAt.has(token)) shownAt.set(token, position)
  }
  const verdicts: Verdict[] = []
  for (const words of groups(facts.wrote, ({ threadId }) => threadId)) {
    const delivery = deliveriesOf(facts, words[0]?.person ?? 0)
    for (const [index, earlier] of words.entries()) {
      for (const later of words.slice(index + 1)) {
        const [first, second] = [shownAt.get(earlier.token), shownAt.get(later.token)]
        if (first === undefined || second === undefined || first < second) continue
        // A read no longer shows what was deleted.
        if (earlier.deletedAtMs !== undefined) continue
        if (isBeforeSession(facts, earlier)) continue
        const mustKeep =
          mustPrecede(delivery, earlier, later) ||
          isUnderWay(facts, delivery, earlier, later) ||
          mustBeCaughtUp(facts, delivery, earlier, later)
        if (!mustKeep) continue
        const text = `${later.token} before ${earlier.token}`
        verdicts.push(
          isForeignAtFirst(facts, delivery, earlier)
            ? excused('listsLag', text)
            : broken('endUserReadsInWrongOrder', text, isAtStart(facts, earlier)),
        )
      }
    }
  }
  return verdicts
}

/** An agent wrote this into a chat that the agent had opened again. A later start joined the chat, and read it. */
const isBeforeSession = ({ world, sessionOfThread }: Facts, { threadId, atMs }: Wrote): boolean => {
  const { startedAtMs = Infinity } = sessionOfThread.get(threadId) ?? {}
  return world.deeds.reopened.has(threadId) && atMs < startedAtMs
}

/** The webhook of these words counted as that of a foreign chat. The next one to that process brings them. */
const isForeignAtFirst = (
  { world, sessionOfThread }: Facts,
  delivery: Map<string, Times>,
  { threadId, eventId }: Wrote,
): boolean => {
  const [session, times] = [sessionOfThread.get(threadId), delivery.get(eventId)]
  return session !== undefined && times !== undefined && mayCountAsForeign(world, session, times.firstAtMs)
}

type Times = { firstAtMs: number; refusedAtMs: number; acceptedAtMs: number; hasFailed: boolean }

const never: Times = { firstAtMs: Infinity, refusedAtMs: Infinity, acceptedAtMs: Infinity, hasFailed: false }

const deliveriesOf = ({ deliveriesTo, world: { sky } }: Facts, person: number): Map<string, Times> => {
  const times = new Map<string, Times>()
  // Then a host on the way answered, and no process got the webhook.
  const isRefusedOnTheWay = (fromMs: number, toMs: number): boolean =>
    sky.happened.some(({ route, effect }, index) => {
      const isOfWebhook = route === 'webhook/receive' && effect.kind === 'status'
      return isOfWebhook && isBetween(sky.happenedAtMs[index] ?? 0, fromMs, toMs)
    })
  for (const { name, detail, status, startedMs = 0, endedMs = 0 } of deliveriesTo(person)) {
    if (name !== 'webhook/incoming_event' && name !== 'webhook/event_updated') continue
    const isNew = name === 'webhook/incoming_event'
    const eventId = textOf(detail, 'eventId')
    const isRefused = isNew && status === 503 && !isRefusedOnTheWay(startedMs, endedMs)
    const known = times.get(eventId) ?? never
    times.set(eventId, {
      firstAtMs: Math.min(known.firstAtMs, startedMs),
      refusedAtMs: Math.min(known.refusedAtMs, isRefused ? endedMs : Infinity),
      acceptedAtMs: Math.min(known.acceptedAtMs, isNew && status === 200 ? endedMs : Infinity),
      hasFailed: known.hasFailed || (isNew && status !== 200),
    })
  }
  return times
}

const mustPrecede = (delivery: Map<string, Times>, earlier: Wrote, later: Wrote): boolean => {
  const [first, second] = [delivery.get(earlier.eventId), delivery.get(later.eventId)]
  return first !== undefined && second !== undefined && first.acceptedAtMs <= second.firstAtMs
}

/** The only process still worked at the earlier words when the later ones came, and accepted them. */
const isUnderWay = (facts: Facts, delivery: Map<string, Times>, earlier: Wrote, later: Wrote): boolean => {
  const [first, second] = [delivery.get(earlier.eventId), delivery.get(later.eventId)]
  if (!first || !second || first.hasFailed || !isOnlyProcess(facts)) return false
  return first.firstAtMs < second.firstAtMs - ON_ITS_WAY_MS && second.firstAtMs <= first.acceptedAtMs
}

/** Of two deliveries that leave within this time, the later one may arrive first. */
const ON_ITS_WAY_MS = 4_000

const isOnlyProcess = ({ world: { plan, sky, deeds } }: Facts): boolean =>
  plan.clocksAheadMs.length === 1 &&
  sky.happened.every(({ effect }) => effect.kind !== 'killed') &&
  deeds.lost.size === 0

/** The only process has refused the earlier words, so the webhook of the later ones brings both. */
const mustBeCaughtUp = (facts: Facts, delivery: Map<string, Times>, earlier: Wrote, later: Wrote): boolean => {
  const [first, second] = [delivery.get(earlier.eventId), delivery.get(later.eventId)]
  if (!first || !second || first.refusedAtMs > second.firstAtMs) return false
  return isOnlyProcess(facts) && facts.isQuiet(second.firstAtMs - PAUSE_MS, second.firstAtMs + CAUGHT_UP_MS)
}

/** The earlier refusal may have just come. */
const PAUSE_MS = 1_000
const CAUGHT_UP_MS = 5_000

/**
 * Messages keep the order in which they were handed over: by Botpress one after another, or to one process at the same
 * time. A message whose process was killed may arrive at any time.
 */
const orderForAgents = (facts: Facts): Verdict[] => {
  const arrivedAt = new Map(facts.arrived.map(({ token, position }) => [token, position]))
  return groups(facts.taken, ({ conversationId }) => conversationId).flatMap((taken) =>
    inOrderOfHandOver(facts, taken).flatMap((handed) => {
      const places = handed
        .filter(({ messageId }) => !facts.failedMessageIds.has(messageId))
        .flatMap(({ token }) => arrivedAt.get(token) ?? [])
      const isInOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))
      return isInOrder ? [] : [broken('agentReadsInWrongOrder', handed.map(({ token }) => token).join(' '))]
    }),
  )
}

/** The messages of a conversation, as far as their order must not change. */
const inOrderOfHandOver = ({ world }: Facts, taken: Taken[]): Taken[][] => {
  if (!world.system.botpress.knobs.concurrentMessageOperations) return [taken]
  const all = [...world.cloud.handedOver.values()]
  const times = (id: string): number => all.flat().filter((each) => each === id).length
  return all.map((ids) =>
    ids.filter((id) => times(id) === 1).flatMap((id) => taken.filter(({ messageId }) => messageId === id)),
  )
}

const groups = <T>(items: T[], keyOf: (item: T) => string | undefined): T[][] => {
  const byKey = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = byKey.get(key)
    if (group) group.push(item)
    else byKey.set(key, [item])
  }
  return [...byKey.values()]
}
