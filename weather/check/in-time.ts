import { pluginTexts } from '../../sandbox/botpress'
import { hadAgentBefore, mayCountAsForeign, mayReplaceSecretTwice, type Facts, type SessionFacts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/** What nothing holds up reaches the end user within this time, also at the start of a session. */
const IN_TIME_MS = 45_000
/** What went wrong shortly before may still hold things up. */
const BEFORE_MS = 2_000
/** What a start could not read, only the next message brings. */
const START_MS = 30_000

/** Nobody waits for words that were written, for the name of an agent who is there, or for the end of a closed session. */
export const inTime: Rule = (facts) =>
  [...facts.sessions.values()].flatMap((session) => [...judge(facts, session), ...missed(facts, session)])

/** A process that has sent a message has read the thread after this time. */
const READ_MS = 15_000

/** LiveChat's last delivery comes 45 s after the first. */
const DELIVERED_MS = 50_000

/**
 * A new process reads the thread when it sends the first message of a session, and so brings words that webhooks have
 * not brought.
 */
const missed = (facts: Facts, { conversationId, threadId, person, startedAtMs }: SessionFacts): Verdict[] => {
  const { cloud } = facts.world
  const ends = facts.closed.get(threadId)?.atMs ?? Infinity
  return facts.taken
    .filter((taken) => taken.conversationId === conversationId && !facts.failedMessageIds.has(taken.messageId))
    .flatMap(({ messageId, atMs }) => {
      const untilMs = atMs + READ_MS
      if (atMs < startedAtMs + START_MS || untilMs > ends || !facts.isQuiet(atMs - READ_MS, untilMs)) return []
      const [sender = ''] = [...cloud.handedOver].find(([, ids]) => ids.includes(messageId)) ?? []
      const bornAtMs = cloud.bornAtMs.get(sender) ?? Infinity
      return (
        facts.wrote
          .filter((wrote) => wrote.threadId === threadId && !wrote.isPrivate && wrote.deletedAtMs === undefined)
          .filter((wrote) => startedAtMs < wrote.atMs && wrote.atMs < bornAtMs - BEFORE_MS && bornAtMs < atMs)
          // It leaves young words to their webhooks.
          .filter((wrote) => wrote.atMs < atMs - DELIVERED_MS)
          .filter(({ token }) => !facts.shown.some((line) => line.text.includes(`${token}v`) && line.atMs < untilMs))
          .map(({ token }) => broken('neverCaughtUp', `${token} for person ${person}`))
      )
    })
}

const judge = (facts: Facts, session: SessionFacts): Verdict[] => {
  const { world, closed, shown, wrote } = facts
  const { threadId, person, startedAtMs, endedAtMs = Infinity, chatId } = session
  const what = `session ${threadId} of person ${person}`
  const { listLagMs = 0 } = world.plan.knobs.botpressKnobs
  const { webhookDelayMs = 0 } = world.plan.knobs.livechatKnobs
  // Until lists show the session, its webhooks may count as foreign. Nobody can read the thread of a lost customer.
  if (listLagMs > 0 || mayCountAsForeign(world, session, startedAtMs)) return []
  if (world.deeds.lost.has(chatId) || mayReplaceSecretTwice(world)) return []
  const dueMs = IN_TIME_MS + webhookDelayMs
  const isLate = (happenedAtMs: number, atMs: number, beforeMs = BEFORE_MS): boolean => {
    const fromMs = Math.max(happenedAtMs, startedAtMs)
    return atMs > fromMs + dueMs && facts.isQuiet(fromMs - beforeMs, fromMs + dueMs)
  }
  const isThere = hadAgentBefore(facts, threadId, startedAtMs)
  const joined = shown.find(
    ({ text, person: who, atMs }) => who === person && text === pluginTexts.agentAssigned && atMs >= startedAtMs,
  )
  const words = wrote.filter((each) => each.threadId === threadId && !each.isPrivate)
  return [
    ...(isThere && endedAtMs > startedAtMs + dueMs && isLate(startedAtMs, joined?.atMs ?? Infinity, START_MS)
      ? [broken('announcementLate', what)]
      : []),
    ...words.flatMap(({ token, atMs }) => {
      const line = shown.find(({ text, person: who }) => who === person && text.includes(`${token}v`))
      const beforeMs = atMs < startedAtMs ? START_MS : BEFORE_MS
      return line && isLate(atMs, line.atMs, beforeMs) ? [broken('agentWordLate', `${token} for person ${person}`)] : []
    }),
    ...(isLate(closed.get(threadId)?.atMs ?? Infinity, endedAtMs) ? [broken('endLate', what)] : []),
  ]
}
