import { ownTexts } from '../world/world'
import { hearsOfChanges } from './end-user-reads'
import { hadAgentBefore, textOf, type Facts, type SessionFacts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** The end user learns, once each, that a word was removed, which agent has the session now, and that they wait. */
export const changes: Rule = (facts) => [...facts.sessions.values()].flatMap((session) => judge(facts, session))

/** All that follows from a webhook is done within this time, if nothing goes wrong. */
const DONE_MS = 15_000

const judge = (facts: Facts, session: SessionFacts): Verdict[] => {
  const what = `session ${session.conversationId.slice(-4)} of person ${session.person}`
  return [
    ...judgeDeletions(facts, session, what),
    ...judgeAnnouncements(facts, session, what),
    ...judgeTransfers(facts, session, what),
    ...judgeWaiting(facts, session, what),
    ...judgeWaitingAgain(facts, session, what),
  ]
}

const linesOf = ({ shown, sessions }: Facts, { person, startedAtMs }: SessionFacts, wanted: string): number => {
  const nextAtMs = [...sessions.values()].filter((other) => other.person === person && other.startedAtMs > startedAtMs)
  const endMs = Math.min(Infinity, ...nextAtMs.map((other) => other.startedAtMs))
  return shown.filter(
    ({ person: who, text, atMs }) => who === person && text === wanted && atMs >= startedAtMs && atMs < endMs,
  ).length
}

const judgeDeletions = (facts: Facts, session: SessionFacts, what: string): Verdict[] => {
  const deleted = facts.wrote.filter(
    ({ threadId, deletedAtMs }) => threadId === session.threadId && deletedAtMs !== undefined,
  )
  const told = linesOf(facts, session, ownTexts.messageDeleted)
  if (told > deleted.length) return [broken('deletionToldTwice', `${what}: ${told} for ${deleted.length}`)]
  const mustBeHidden = deleted.filter(({ token, eventId, isPrivate }) => {
    const shownAtMs = facts.shown.find(({ text }) => text.includes(`${token}v`))?.atMs ?? -Infinity
    return !isPrivate && removalKnownAtMs(facts, session, eventId) < shownAtMs - KNOWN_MS
  })
  if (mustBeHidden.length > 0) return [broken('removedWordShown', `${what}: ${mustBeHidden[0]?.token}`)]
  const mustBeTold = deleted.filter(({ token, deletedAtMs = 0, isPrivate }) => {
    const shownAtMs = facts.shown.find(({ text }) => text.includes(`${token}v`))?.atMs ?? Infinity
    const isInTime = (session.endedAtMs ?? Infinity) > deletedAtMs + DONE_MS
    const isQuiet = facts.isCalm(shownAtMs, deletedAtMs + DONE_MS) && hearsOfChanges(facts.world, session.person)
    return !isPrivate && shownAtMs + DONE_MS < deletedAtMs && isInTime && isQuiet
  })
  return told < mustBeTold.length ? [broken('deletionNotTold', `${what}: ${told} for ${mustBeTold.length}`)] : []
}

/** All processes know of a removal after this time, also if reads lag a little. */
const KNOWN_MS = 7_000

/** When the webhook of a removal was accepted. */
const removalKnownAtMs = ({ deliveriesTo }: Facts, { person, startedAtMs }: SessionFacts, eventId: string): number =>
  deliveriesTo(person).find(
    ({ name, status, detail, startedMs = 0 }) =>
      name === 'webhook/event_deleted' &&
      status === 200 &&
      startedMs > startedAtMs &&
      textOf(detail, 'eventId') === eventId,
  )?.endedMs ?? Infinity

/** An agent who has the chat from the beginning is announced. */
const judgeAnnouncements = (facts: Facts, session: SessionFacts, what: string): Verdict[] => {
  const { threadId, startedAtMs, endedAtMs = Infinity, announced } = session
  const isThere = hadAgentBefore(facts, threadId, startedAtMs)
  const isSoon = endedAtMs > startedAtMs + DONE_MS && facts.isCalm(startedAtMs - DONE_MS, startedAtMs + DONE_MS)
  const mustBe = isThere && (isSoon || isHealed(facts, session))
  return mustBe && announced.length === 0 ? [broken('agentNotAnnounced', what)] : []
}

/** What a start could not read, the next message brings, if nothing goes wrong. */
const HEALS_AFTER_MS = 20_000

const isHealed = (
  { world, isQuiet }: Facts,
  { conversationId, chatId, startedAtMs, endedAtMs = Infinity }: SessionFacts,
): boolean =>
  !world.deeds.lost.has(chatId) &&
  world.system.ledger
    .all({ kind: 'delivery', name: 'operation/message_created' })
    .some(
      ({ status, detail, startedMs = 0, endedMs = 0 }) =>
        status === 200 &&
        textOf(detail, 'conversationId') === conversationId &&
        startedMs > startedAtMs + HEALS_AFTER_MS &&
        endedMs < endedAtMs - DONE_MS &&
        isQuiet(startedMs - HEALS_AFTER_MS, endedMs),
    )

/** After the last transfer, the end user knows the agent who has the session now. */
const judgeTransfers = (facts: Facts, session: SessionFacts, what: string): Verdict[] => {
  const { threadId, endedAtMs = Infinity, announced } = session
  const last = facts.world.deeds.transferred.findLast((transferred) => transferred.threadId === threadId)
  if (!last) return []
  // A start may join the thread of an agent, and then finds what happened in it before.
  const fromMs = Math.max(last.atMs, session.startedAtMs)
  const isAtOnce =
    facts.isCalm(fromMs, fromMs + DONE_MS) && facts.world.plan.knobs.livechatKnobs.webhookDelayMs === undefined
  const knownAtMs = isAtOnce ? fromMs : acceptedAtMs(facts, session, fromMs)
  const closedAtMs = facts.closed.get(threadId)?.atMs ?? Infinity
  if (Math.min(endedAtMs, closedAtMs) < knownAtMs + DONE_MS) return []
  const isUndone = facts.world.system.ledger
    .all({ side: 'livechat', kind: 'effect' })
    .some(
      ({ name, atMs, detail }) =>
        (name === 'chat_transferred' || name === 'agent_assigned' || name === 'chat_queued') &&
        textOf(detail, 'threadId') === threadId &&
        atMs > last.atMs,
    )
  if (isUndone) return []
  const known = announced.filter(({ atMs }) => atMs < knownAtMs + 4 * DONE_MS).at(-1)
  if (known?.name === last.toName) return []
  return [
    known?.name === 'Agent'
      ? excused('nameUnknown', what)
      : broken('transferNotAnnounced', `${what} to ${last.toName}`),
  ]
}

/** Longest time by which a webhook of an earlier transfer comes late. */
const LATEST_MS = 90_000

/** When a webhook of this transfer was accepted. `Infinity` if none was, or if it may be about an earlier transfer. */
const acceptedAtMs = (
  { deliveriesTo, transferred, world }: Facts,
  { threadId, chatId, person }: SessionFacts,
  transferAtMs: number,
): number => {
  const isAmbiguous = transferred.some(
    (other) => other.threadId === threadId && other.atMs < transferAtMs && other.atMs > transferAtMs - LATEST_MS,
  )
  if (isAmbiguous || world.deeds.lost.has(chatId)) return Infinity
  const accepted = deliveriesTo(person).filter(
    ({ name, status, detail, startedMs = 0 }) =>
      name === 'webhook/chat_transferred' &&
      status === 200 &&
      textOf(detail, 'threadId') === threadId &&
      startedMs >= transferAtMs,
  )
  return Math.min(Infinity, ...accepted.map(({ endedMs = Infinity }) => endedMs))
}

/** The flows hear that nobody has the session yet. */
const judgeWaiting = (facts: Facts, session: SessionFacts, what: string): Verdict[] => {
  const { threadId, startedAtMs, endedAtMs = Infinity, waitsTold } = session
  const isTaken = hadAgentBefore(facts, threadId, startedAtMs + DONE_MS)
  const mustBe =
    !isTaken && endedAtMs > startedAtMs + DONE_MS && facts.isCalm(startedAtMs - DONE_MS, startedAtMs + DONE_MS)
  return mustBe && waitsTold === 0 ? [broken('waitNotTold', what)] : []
}

/** So long before a word or an announcement is shown, its process has read the thread. */
const READ_MS = 3_000

/** Who hears that they wait again does wait, hears of no agent until one comes, and then hears which agent answers. */
const judgeWaitingAgain = (
  facts: Facts,
  { threadId, person, startedAtMs, announced, endedAtMs = Infinity }: SessionFacts,
  what: string,
): Verdict[] => {
  const taken = facts.world.system.ledger
    .all({ name: 'agent_assigned' })
    .filter(({ detail }) => textOf(detail, 'threadId') === threadId)
  const wrote = facts.wrote.filter((each) => each.threadId === threadId && !each.isPrivate)
  return facts.shown
    .filter(
      ({ person: who, text, atMs }) =>
        who === person && text === ownTexts.waitingAgain && isIn(atMs, startedAtMs, endedAtMs),
    )
    .flatMap(({ atMs }) => {
      const takenAtMs = taken.findLast((each) => each.atMs < atMs)?.atMs ?? -Infinity
      const queuedAtMs = queuedIn(facts, threadId).findLast((each) => each < atMs) ?? -Infinity
      const isAnswered = queuedAtMs < takenAtMs && takenAtMs < atMs - READ_MS
      const isLate = isAnswered && onlyWebhooksAreLate(facts, atMs, atMs)
      const words = facts.shown.find(
        (line) =>
          line.person === person &&
          line.atMs > atMs &&
          // What was written before may come late, and answers nothing.
          wrote.some((each) => each.atMs > queuedAtMs && line.text.includes(`${each.token}v`)),
      )
      const mustBeAnnounced =
        words && endedAtMs > words.atMs + DONE_MS && onlyWebhooksAreLate(facts, atMs, words.atMs + READ_MS)
      const isAnnounced = announced.some((each) => isIn(each.atMs, atMs, (words?.atMs ?? 0) + READ_MS))
      const answeredAtMs = taken.find((each) => each.atMs > queuedAtMs)?.atMs ?? Infinity
      const isAnnouncedInVain = announced.some(
        (each) => isIn(each.atMs, atMs, answeredAtMs) && facts.isQuiet(each.atMs - READ_MS, each.atMs),
      )
      return [
        ...(isLate ? [broken('toldToWaitThoughAnswered', what)] : []),
        ...(isAnnouncedInVain ? [broken('announcedThoughWaiting', what)] : []),
        ...(mustBeAnnounced && !isAnnounced ? [broken('answerNotAnnounced', what)] : []),
      ]
    })
}

const isIn = (atMs: number, fromMs: number, toMs: number): boolean => fromMs < atMs && atMs < toMs

const queuedIn = ({ world }: Facts, threadId: string): number[] =>
  world.system.ledger
    .all({ name: 'chat_queued' })
    .flatMap(({ atMs, detail }) => (textOf(detail, 'threadId') === threadId ? [atMs] : []))

/** A late webhook is no reason to tell what is no longer true, or nothing, because words come and the thread can be read. */
const onlyWebhooksAreLate = ({ world }: Facts, fromMs: number, toMs: number): boolean =>
  world.plan.rates.latency.slowShare === 0 &&
  world.sky.happened.every(({ route }, index) => {
    const atMs = world.sky.happenedAtMs[index] ?? 0
    return route === 'webhook/receive' || !isIn(atMs, fromMs - DONE_MS, toMs + DONE_MS)
  })
