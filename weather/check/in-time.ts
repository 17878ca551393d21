import type { SessionFacts, Facts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/** What nothing holds up reaches the end user within this time, also at the start of a session. */
const IN_TIME_MS = 45_000
/** What went wrong shortly before may still hold things up. */
const BEFORE_MS = 2_000

/** Nobody waits for words that were written, or for the end of a session that LiveChat has closed. */
export const inTime: Rule = (facts) => [...facts.sessions.values()].flatMap((session) => judge(facts, session))

const judge = (facts: Facts, session: SessionFacts): Verdict[] => {
  const { world, closed, shown, wrote } = facts
  const { threadId, person, startedAtMs, endedAtMs = Infinity, chatId } = session
  const { listLagMs = 0 } = world.plan.knobs.botpressKnobs
  const { webhookDelayMs = 0 } = world.plan.knobs.livechatKnobs
  // Until lists show the session, its webhooks may count as foreign. Nobody can read the thread of a lost customer.
  if (listLagMs > 0 || world.deeds.lost.has(chatId)) return []
  const dueMs = IN_TIME_MS + webhookDelayMs
  const isLate = (happenedAtMs: number, atMs: number): boolean => {
    const fromMs = Math.max(happenedAtMs, startedAtMs)
    return atMs > fromMs + dueMs && facts.isQuiet(fromMs - BEFORE_MS, fromMs + dueMs)
  }
  const words = wrote.filter((each) => each.threadId === threadId && !each.isPrivate)
  return [
    ...words.flatMap(({ token, atMs }) => {
      const line = shown.find(({ text, person: who }) => who === person && text.includes(`${token}v`))
      return line && isLate(atMs, line.atMs) ? [broken('agentWordLate', `${token} for person ${person}`)] : []
    }),
    ...(isLate(closed.get(threadId)?.atMs ?? Infinity, endedAtMs)
      ? [broken('endLate', `${threadId} of person ${person}`)]
      : []),
  ]
}
