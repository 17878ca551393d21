import type { World } from '../world/world'
import { hasArrived } from './choices'
import { isBetween, isIdentityLost, textOf, type Facts, type SessionFacts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** An hour after the last word every session has ended, its details were told once, and no thread is open. */
export const ends: Rule = (facts) => [
  ...[...facts.sessions.values()].flatMap((session) => judge(facts, session)),
  ...openThreads(facts),
  ...endsOfNothing(facts),
]

/** Whether LiveChat has carried out a call to close the chat long after it was made, for a session before this one. */
const isClosedLate = ({ world: { sky }, closed }: Facts, threadId: string): boolean =>
  sky.happened.some(({ route, effect }, index) => {
    if (route !== 'customer/deactivate_chat' || effect.kind !== 'delay' || effect.when !== 'before') return false
    return closed.get(threadId)?.atMs === (sky.happenedAtMs[index] ?? 0) + effect.delayMs
  })

/** The flows hear of no end of a session that never began. */
const endsOfNothing = ({ world, sessions }: Facts): Verdict[] =>
  world.bots
    .flatMap((bot) => bot.botEvents())
    .filter(({ type, payload }) => type === 'hitlSessionEnded' && !sessions.has(String(payload['hitlConversationId'])))
    .map(({ payload }) => excused('endOfFailedStart', String(payload['hitlConversationId'])))

const judge = (facts: Facts, session: SessionFacts): Verdict[] => {
  const { conversationId, person, threadId, endedAtMs, endReason, told } = session
  const detailsTold = told.length
  const what = `session ${conversationId.slice(-4)} of person ${person}`
  if (endedAtMs === undefined) return [broken('nobodyEndedIt', what)]
  // The integration has closed a session that neither its end user nor the bot has ended.
  if (facts.closed.get(threadId)?.reason === 'manual_archived_customer' && endReason === 'agent-closed')
    return [
      isIdentityLost(facts, session.chatId)
        ? excused('identityLost', what)
        : isClosedLate(facts, threadId)
          ? excused('closedLate', what)
          : broken('closedForNobody', what),
    ]
  if (detailsTold === 0) {
    // What needs agent access is never necessary for an end.
    const isHindered =
      facts.world.plan.rates.latency.slowShare > 0 ||
      facts.world.sky.happened.some(({ route }) => !route.startsWith('agent/'))
    const mayBeLost = !isDelivered(facts, person, threadId) && isHindered && !facts.isCalm(session.startedAtMs)
    return [mayBeLost ? excused('endNeverDelivered', what) : broken('endNotTold', what)]
  }
  // Before that, the plugin still has the conversation: the flows would speak into it.
  if (session.toldAtMs !== undefined && session.toldAtMs < (session.firstEndedAtMs ?? endedAtMs))
    return [broken('flowsToldTooSoon', what)]
  if (isToldLate(facts, session)) return [broken('flowsToldTooLate', what)]
  if (detailsTold === 1) return [...judgeReason(facts, session, what), ...judgeCounts(facts, session, what)]
  return [mayTellAgain(facts.world) ? excused('endToldAgain', what) : broken('endToldTwice', what)]
}

/** After an end, the details wait this long for the plugin, and no longer for what is never necessary. */
const TOLD_MS = 6_000
const TROUBLE_LASTS_MS = 60_000

/** Whether the flows hear late of the end, although nothing went wrong but what needs agent access. */
const isToldLate = (
  { world: { plan, sky } }: Facts,
  { firstEndedAtMs = Infinity, toldAtMs = 0, endReason }: SessionFacts,
): boolean =>
  // After a stop, the webhook of the closed thread comes only when the stop has succeeded.
  endReason === 'agent-closed' &&
  toldAtMs > firstEndedAtMs + TOLD_MS &&
  plan.rates.latency.slowShare === 0 &&
  plan.clocksAheadMs.every((aheadMs) => aheadMs === 0) &&
  plan.steps.every(({ does }) => does !== 'upgrade' && does !== 'isForgotten' && does !== 'ban') &&
  plan.knobs.livechatKnobs.webhookDelayMs === undefined &&
  sky.happened.every(
    ({ route }, index) =>
      route.startsWith('agent/') ||
      !isBetween(sky.happenedAtMs[index] ?? 0, firstEndedAtMs - TROUBLE_LASTS_MS, toldAtMs),
  )

/** What LiveChat gives as the reason for the end of a thread, and what the flows are told then. */
const reasonOf: Record<string, string> = {
  manual_archived_agent: 'agent',
  manual_archived_customer: 'endUserOrBot',
  'routing.archived_inactive': 'inactivity',
  customer_banned: 'banned',
}

/** Who closed the thread is always said. Why LiveChat itself closed it may be a guess: its remark may be for agents only. */
const judgeReason = ({ closed }: Facts, { threadId, told, endReason }: SessionFacts, what: string): Verdict[] => {
  const reason = String(told[0]?.['reason'])
  const expected = reasonOf[closed.get(threadId)?.reason ?? '']
  if (expected === undefined || reason === expected) return []
  // The end user or the bot ended the session as well, while LiveChat could not say that it was closed already.
  const isOwnEnd = endReason === 'user-command' || endReason === 'bot-stopped'
  if (isOwnEnd && reason === 'endUserOrBot') return [excused('reasonUnknown', what)]
  const isByPerson = expected === 'agent' || expected === 'endUserOrBot'
  if (reason === 'failure' || !isByPerson) return [excused('reasonUnknown', what)]
  return [broken('wrongEndReason', `${what}: ${reason}, not ${expected}`)]
}

/** The details say how many messages arrived in each direction, as people saw it. */
const judgeCounts = (facts: Facts, session: SessionFacts, what: string): Verdict[] => {
  const { conversationId, threadId, person, startedAtMs, told } = session
  // If the end user leaves, words that were under way come to the bot, and count.
  const isByAgent = told[0]?.['reason'] === 'agent' && session.endReason === 'agent-closed'
  if (!isByAgent || !facts.isCalm(startedAtMs) || facts.world.plan.cacheEntries !== undefined) return []
  // What was under way near the end may be counted or not.
  const isUnderWay = facts.taken.some(
    (taken) => taken.conversationId === conversationId && taken.atMs > (session.endedAtMs ?? 0) - NEAR_END_MS,
  )
  if (isUnderWay) return []
  const arrived = new Set(facts.arrived.map(({ token }) => token))
  const fromEndUser = new Set(
    facts.taken
      .filter((taken) => taken.conversationId === conversationId && arrived.has(taken.token))
      .map(({ messageId }) => messageId),
  ).size
  const numbers = facts.said.filter(
    (said) => said.isNumber && said.person === person && hasArrived(facts, said, threadId),
  ).length
  const fromAgents = facts.wrote.filter(
    (wrote) =>
      wrote.threadId === threadId &&
      facts.shown.some(({ text, person: who }) => who === person && text.includes(`${wrote.token}v`)),
  ).length
  const { messagesFromEndUser, messagesFromAgents } = told[0] ?? {}
  return [
    ...(messagesFromEndUser === fromEndUser + numbers
      ? []
      : [
          broken('wrongCount', `${what}: ${String(messagesFromEndUser)} of ${fromEndUser + numbers} from the end user`),
        ]),
    ...(messagesFromAgents === fromAgents
      ? []
      : [broken('wrongCount', `${what}: ${String(messagesFromAgents)} of ${fromAgents} from agents`)]),
  ]
}

const NEAR_END_MS = 10_000

/** Whether any delivery of the thread's end was accepted. */
const isDelivered = ({ deliveriesTo }: Facts, person: number, threadId: string): boolean =>
  deliveriesTo(person).some(
    ({ name, status, detail }) =>
      name === 'webhook/chat_deactivated' && status === 200 && textOf(detail, 'threadId') === threadId,
  )

/** Whether a call of an end may have taken effect without its process knowing it. */
const mayTellAgain = ({ sky, plan }: World): boolean =>
  plan.rates.latency.slowShare > 0 ||
  // Botpress then refuses the record of the earlier version.
  plan.steps.some(({ does }) => does === 'upgrade') ||
  sky.happened.some(
    ({ route, effect }) =>
      effect.kind === 'killed' ||
      /POST \/v1\/chat\/events|PUT \/v1\/chat\/conversations|chat_deactivated|message_created/.test(route),
  )

const openThreads = (facts: Facts): Verdict[] =>
  [...facts.opened].flatMap(([threadId, { chatId }]) => {
    if (facts.world.deeds.reopened.has(threadId) || facts.world.deeds.foreignChats.has(chatId)) return []
    const end = facts.closed.get(threadId)
    if (!end) return [broken('openChatOfNobody', threadId)]
    return end.reason === 'routing.archived_inactive' ? [judgeInactive(facts, threadId)] : []
  })

const judgeInactive = (facts: Facts, threadId: string): Verdict => {
  const { sessionOfThread, failedStops, opened, world } = facts
  const session = sessionOfThread.get(threadId)
  if (isIdentityLost(facts, opened.get(threadId)?.chatId ?? '')) return excused('identityLost', threadId)
  if (!session) return judgeFailedStart(facts, threadId)
  // In this world, LiveChat closes chats in which nobody writes for a while.
  if (world.plan.knobs.livechatKnobs.inactivityMs !== undefined) return excused('closedForInactivity', threadId)
  if (wasReplaced(facts, session)) return excused('askedTwiceAtOnce', threadId)
  if (!failedStops.has(session.conversationId)) return broken('sessionLeftOpen', threadId)
  return isToldInQuiet(facts, session) ? broken('leftOpenAlthoughTold', threadId) : excused('stopFailed', threadId)
}

/** So long before it answers, a failed start closes what it has opened. */
const UNDO_MS = 6_000

/** A start that fails closes what it has opened, unless its process was killed or LiveChat did not answer then. */
const judgeFailedStart = ({ world, opened }: Facts, threadId: string): Verdict => {
  const { sky, plan, system } = world
  const fromMs = opened.get(threadId)?.atMs ?? 0
  const failed = system.ledger.all({ name: 'session_start_failed' }).find(({ atMs }) => atMs >= fromMs)
  const failedAtMs = failed?.atMs ?? Infinity
  const isHindered = sky.happened.some(({ route, effect }, index) => {
    const atMs = sky.happenedAtMs[index] ?? 0
    if (effect.kind === 'killed') return isBetween(atMs, fromMs - START_MS, fromMs + START_MS)
    return !route.includes(' /v1/') && isBetween(atMs, failedAtMs - UNDO_MS, failedAtMs)
  })
  const isExcused = isHindered || plan.rates.latency.slowShare > 0
  return isExcused ? excused('closedForInactivity', threadId) : broken('failedStartLeftOpen', threadId)
}

/** A stop takes less than this. */
const STOP_MS = 60_000

/** After this time a process looks up again whether another one has stopped a session. */
const STALE_MS = 300_000

/** A webhook of a thread whose stop failed shows that LiveChat answers again. Then the thread is closed. */
const isToldInQuiet = (
  { deliveriesTo, isQuiet, closed, world }: Facts,
  { conversationId, person, threadId, endedAtMs = Infinity }: SessionFacts,
): boolean => {
  // Nobody else knows of it, if the record has failed, or if the process was killed.
  const isRecordLost = world.sky.happened.some(
    ({ route, effect }, index) =>
      (effect.kind === 'killed' || route.endsWith('PUT /v1/chat/conversations/:id')) &&
      Math.abs((world.sky.happenedAtMs[index] ?? 0) - endedAtMs) < STOP_MS,
  )
  const isLogged = world.ownerLog.some((line) => line.includes('chat_left_open') && line.includes(conversationId))
  if (isRecordLost || !isLogged) return false
  const closedAtMs = closed.get(threadId)?.atMs ?? Infinity
  const staleMs = world.plan.clocksAheadMs.length === 1 ? 0 : STALE_MS
  return deliveriesTo(person).some(
    ({ status, detail, startedMs = 0, endedMs = 0 }) =>
      status === 200 &&
      textOf(detail, 'threadId') === threadId &&
      startedMs > endedAtMs + staleMs &&
      endedMs < closedAtMs &&
      isQuiet(startedMs - 10_000, endedMs + 10_000),
  )
}

/** Botpress handled two questions of one end user at once, so another session of theirs began with this one. */
const wasReplaced = ({ sessions, world }: Facts, { conversationId, person, startedAtMs }: SessionFacts): boolean =>
  world.plan.knobs.botpressKnobs.concurrentUpstreamMessages === true &&
  ([...sessions.values()].some(
    (other) =>
      other.person === person &&
      other.conversationId !== conversationId &&
      Math.abs(other.startedAtMs - startedAtMs) < START_MS,
  ) ||
    // The other start failed, and the plugin gave the end user back to the bot.
    world.system.ledger
      .all({ name: 'session_start_failed' })
      .some(({ atMs }) => Math.abs(atMs - startedAtMs) < START_MS))
const START_MS = 30_000
