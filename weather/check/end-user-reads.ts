import type { Wrote } from '../world/acts/deeds'
import type { World } from '../world/world'
import {
  isAtStart,
  isBetween,
  isIdentityLost,
  mayReplaceSecretTwice,
  textOf,
  type Facts,
  type SessionFacts,
  type Shown,
} from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** An agent's words reach the end user of their session once, under the agent's name, and nobody else. */
export const endUserReads: Rule = (facts) => facts.wrote.flatMap((wrote) => judge(facts, wrote))

const judge = (facts: Facts, wrote: Wrote): Verdict[] => {
  const lines = facts.shown.filter(({ text }) => text.includes(`${wrote.token}v`))
  const what = `${wrote.token} for person ${wrote.person}`
  if (wrote.isPrivate) return lines.map(() => broken('privateWordShown', what))
  const own = lines.filter(({ person }) => person === wrote.person)
  return [
    ...lines
      .filter(({ person }) => person !== wrote.person)
      .map(({ person }) => broken('wordsInAnothersChat', `${what}, seen by ${person}`)),
    ...twice(facts, wrote, own, what),
    ...own.flatMap((line) => nameOf(facts, wrote, line, what)),
    ...(own.length === 0 ? missing(facts, wrote, what) : outdated(facts, wrote, own, what)),
  ]
}

const versionsIn = (wrote: Wrote, lines: Shown[], version: number): Shown[] =>
  lines.filter(({ text }) => text.includes(`${wrote.token}v${version} `))

/** Whether two processes may work at one message, and one of them for seconds. */
const mayCross = ({ plan }: World): boolean => plan.clocksAheadMs.length > 1 && plan.rates.latency.slowShare > 0

const twice = ({ world }: Facts, wrote: Wrote, own: Shown[], what: string): Verdict[] =>
  Array.from({ length: wrote.versions }, (_, index) => index + 1).flatMap((version) => {
    if (versionsIn(wrote, own, version).length < 2) return []
    const text = `${what}, version ${version}`
    if (version > 1 && world.deeds.lost.has(wrote.chatId)) return [excused('identityLost', text)]
    // One process says the correction, while another one writes the new text into the message that still waits.
    if (version > 1 && mayCross(world)) return [excused('correctionsCrossed', text)]
    // The process that hears of an edit does not find the message that another one has created.
    const isListLate = version > 1 && (world.plan.knobs.botpressKnobs.listLagMs ?? 0) > 1_000
    return [isListLate ? excused('listsLag', text) : broken('endUserReadsTwice', text)]
  })

const nameOf = (facts: Facts, wrote: Wrote, shown: Shown, what: string): Verdict[] => {
  const { world, isQuiet } = facts
  const { agentName, person, atMs } = wrote
  const { from } = shown
  if (from === agentName || world.plan.people[person]?.channel !== 'webchat') return []
  const isReadable =
    world.deeds.lost.size === 0 && isQuiet(atMs - NAME_LATE_MS, shown.atMs) && isOnlyAgent(facts, wrote, shown.atMs)
  if (from === 'Agent') return [isReadable ? broken('nameMissing', what) : excused('nameUnknown', what)]
  return [broken('wordsUnderAnotherName', `${what} of ${agentName}, shown as ${from}`)]
}

/** Of two agents who come at the same moment, only an event says which one has which address. */
const isOnlyAgent = ({ world }: Facts, { threadId }: Wrote, untilMs: number): boolean =>
  new Set(
    world.system.ledger
      .all({ name: 'agent_assigned' })
      .filter(({ atMs, detail }) => atMs <= untilMs && textOf(detail, 'threadId') === threadId)
      .map(({ detail }) => textOf(detail, 'agentId')),
  ).size === 1

/** So long after a trouble, a process may still go without what it could not read. */
const NAME_LATE_MS = 60_000

const missing = (facts: Facts, wrote: Wrote, what: string): Verdict[] => {
  if (wrote.deletedAtMs !== undefined) return []
  const session = facts.sessionOfThread.get(wrote.threadId)
  if (!session) {
    const isReopened = facts.world.deeds.reopened.has(wrote.threadId)
    return [excused(isReopened ? 'writtenInReopenedThread' : 'writtenInFailedStart', what)]
  }
  return [excuseOf(facts, wrote, session, what) ?? broken('agentWordLost', what, isAtStart(facts, wrote))]
}

const LONGEST_DELIVERY_MS = 90_000
/** What was written so shortly before an end may still be under way. */
const ENDING_MS = 5_000

const excuseOf = (facts: Facts, wrote: Wrote, session: SessionFacts, what: string): Verdict | undefined => {
  const { atMs } = wrote
  const { endedAtMs = Infinity, endReason, conversationId, chatId, startedAtMs, told } = session
  // Nobody could close the thread, so agents write on. Only the process that ended the session knows of the end.
  const isUnderWay = endedAtMs < atMs + ENDING_MS || !isAcceptedBefore(facts, wrote, endedAtMs)
  if (isIdentityLost(facts, chatId) && isUnderWay) return excused('identityLost', what)
  const isOwnEnd = endReason === 'user-command' || endReason === 'bot-stopped'
  // What a start has found in the thread of an agent waits for the plugin, too.
  const sinceMs = Math.max(atMs, startedAtMs)
  // The details of the end say how many messages have not arrived.
  const isCounted = Number(told[0]?.['undelivered'] ?? 0) > 0
  if (isOwnEnd && (isCounted || endedAtMs - sinceMs < LONGEST_DELIVERY_MS)) return excused('endUserHadLeft', what)
  const isTold = facts.world.ownerLog.some(
    (line) => line.includes('message_after_end') && line.includes(conversationId),
  )
  if (isTold) return excused('ownerWasTold', what)
  // The bot does not know the secret of the webhooks, so only reads bring the words.
  if (mayReplaceSecretTwice(facts.world) && isOwnEnd) return excused('endUserHadLeft', what)
  return isLastReadLost(facts, session) ? excused('lastReadFailed', what) : undefined
}

/** Whether the integration got these words before then. If nobody may read the thread, nothing else brings them. */
const isAcceptedBefore = ({ deliveriesTo }: Facts, { person, eventId }: Wrote, untilMs: number): boolean =>
  deliveriesTo(person).some(
    ({ name, status, detail, endedMs = Infinity }) =>
      name === 'webhook/incoming_event' && status === 200 && endedMs < untilMs && textOf(detail, 'eventId') === eventId,
  )

/** Whether something went wrong both when the end was delivered and when it was delivered again. */
const isLastReadLost = (
  { world: { sky }, closed }: Facts,
  { threadId, endedAtMs = Infinity }: SessionFacts,
): boolean => {
  const closedAtMs = closed.get(threadId)?.atMs ?? Infinity
  const ofRead = sky.happened.filter(
    ({ route }, index) => route !== 'webhook/receive' && isBetween(sky.happenedAtMs[index] ?? 0, closedAtMs, endedAtMs),
  )
  return ofRead.length > 1 && endedAtMs > closedAtMs + REPEATED_AFTER_MS
}
/** LiveChat delivers again after 10 s. */
const REPEATED_AFTER_MS = 9_000

const outdated = (facts: Facts, wrote: Wrote, own: Shown[], what: string): Verdict[] => {
  const { world } = facts
  if (wrote.deletedAtMs !== undefined || wrote.versions === 1) return []
  const isNewShown = versionsIn(wrote, own, wrote.versions).length > 0
  if (isNewShown) {
    if (own.at(-1)?.text.includes(`${wrote.token}v${wrote.versions} `) === true) return []
    // Which of two versions is the newer one, only the thread can say.
    if (world.deeds.lost.has(wrote.chatId)) return [excused('identityLost', what)]
    return [mayCross(world) ? excused('correctionsCrossed', what) : broken('oldTextLast', what)]
  }
  if (!hearsOfChanges(world, wrote.person)) return []
  // A process that has not created the message itself finds it only when the list shows it.
  if ((world.plan.knobs.botpressKnobs.listLagMs ?? 0) > 1_000) return [excused('listsLag', what)]
  if (!isToldOfAll(facts, wrote)) return [excused('oldTextOnly', what)]
  const isShownMeanwhile = (own[0]?.atMs ?? 0) > toldOfChangeAtMs(facts, wrote)
  return [mayCross(world) && isShownMeanwhile ? excused('correctionsCrossed', what) : broken('newTextLost', what)]
}

/** When the first webhook of an edit came. */
const toldOfChangeAtMs = ({ deliveriesTo }: Facts, { person, eventId }: Wrote): number =>
  Math.min(
    Infinity,
    ...deliveriesTo(person)
      .filter(({ name, detail }) => name === 'webhook/event_updated' && textOf(detail, 'eventId') === eventId)
      .map(({ startedMs = Infinity }) => startedMs),
  )

/** Whether the webhook of each edit was accepted while the session went on. Repeated webhooks cannot be told apart. */
const isToldOfAll = (
  { world, deliveriesTo, sessionOfThread }: Facts,
  { eventId, threadId, person, versions, atMs }: Wrote,
): boolean => {
  const { webhookDuplicates = 1, webhookDelayMs } = world.plan.knobs.livechatKnobs
  const session = sessionOfThread.get(threadId)
  if (webhookDuplicates > 1 || webhookDelayMs !== undefined || !session) return false
  // While the message waits for the plugin, another process that gets the first webhook may write the older text over it.
  if (world.plan.clocksAheadMs.length > 1 && atMs < session.startedAtMs + DROPS_MS) return false
  const accepted = deliveriesTo(person).filter(
    ({ name, status, detail, startedMs = 0, endedMs = 0 }) =>
      name === 'webhook/event_updated' &&
      status === 200 &&
      textOf(detail, 'eventId') === eventId &&
      session.startedAtMs < startedMs &&
      endedMs < (session.endedAtMs ?? Infinity) - ENDS_MS,
  )
  return accepted.length >= versions - 1
}
const DROPS_MS = 20_000
/** The plugin takes no more messages shortly before it is notified of an end. */
const ENDS_MS = 10_000

/** Whether the bot of this end user gets webhooks about edits and deletions. */
export const hearsOfChanges = ({ plan }: World, person: number): boolean =>
  plan.webhooks === 'all' || (plan.hasAgentAccess === true && (plan.people[person]?.bot ?? 0) === 0)
