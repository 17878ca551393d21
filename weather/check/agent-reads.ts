import type { Said } from '../world/acts/deeds'
import { isBetween, textOf, type Arrived, type Facts, type SessionFacts, type Taken } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** What an end user says in a session reaches its thread once and whole, or the bot's owner sees that it failed. */
export const agentReads: Rule = (facts) => {
  const takenBy = new Map(facts.taken.map((taken) => [taken.token, taken]))
  return facts.said.flatMap((said) => {
    // Only a button that was pressed says that a number has arrived.
    if (said.isNumber) return []
    const taken = takenBy.get(said.token)
    const arrived = facts.arrived.filter(({ token }) => token === said.token)
    if (!taken) return said.isQuestion || arrived.length === 0 ? [] : [broken('wordsOfNoSession', said.token)]
    return [
      ...judge(facts, taken, arrived),
      ...judgeContent(facts, said, arrived),
      ...judgeSpeaker(facts, said, arrived),
    ]
  })
}

/** The words of somebody else are not taken for those of the end user, and if nothing goes wrong, they have a name. */
const judgeSpeaker = ({ isCalm, world }: Facts, { byOther, token, atMs }: Said, [first]: Arrived[]): Verdict[] => {
  if (byOther === undefined || !first) return []
  if (!first.text.startsWith('[')) return [broken('wordsUnderAnotherName', token)]
  if (first.text.startsWith(`[${byOther}]`)) return []
  // Where reads lag, nobody can read the name of somebody who has just come.
  const isReadable = isCalm(atMs, atMs + SENT_MS) && !world.plan.knobs.botpressKnobs.readLagMs
  return [isReadable ? broken('nameMissing', token) : excused('nameUnknown', token)]
}

/** A message has arrived within this time, or has failed. */
const SENT_MS = 60_000

const judge = (facts: Facts, taken: Taken, arrived: Arrived[]): Verdict[] => {
  const { token, messageId, conversationId } = taken
  const session = facts.sessions.get(conversationId)
  const hasFailed = facts.failedMessageIds.has(messageId)
  const what = `${token} of person ${session?.person}`
  if (arrived.length > 1)
    return [
      isHandedOverSoon(facts, taken, arrived)
        ? excused('handedOverSoon', what)
        : { ...broken('agentReadsTwice', what), knowsTheTime: !facts.world.cloud.handedOverBlindly.has(messageId) },
    ]
  const [only] = arrived
  if (only === undefined) {
    if (!hasFailed) return [broken('endUserWordLost', what)]
    const mayFail = !facts.isCalm(taken.atMs, taken.atMs + SENT_MS) || isNearEnd(facts, taken)
    return [mayFail ? excused('failedVisibly', what) : broken('failedForNothing', what)]
  }
  if (only.threadId !== session?.threadId)
    return [
      isReopenedUnnoticed(facts, session, only)
        ? excused('reopenedUnnoticed', what)
        : broken('wordsInAnotherThread', what),
    ]
  if (!hasFailed) return []
  const mayFail = !facts.isCalm(taken.atMs, taken.atMs + SENT_MS) || isNearEnd(facts, taken)
  return [mayFail ? excused('arrivedThoughFailed', what) : broken('failedThoughArrived', what)]
}

/** A call may be on its way for this long. */
const ON_ITS_WAY_MS = 6_000

/** Whether an agent has opened the chat again before the integration could know that it had been closed. */
export const isReopenedUnnoticed = (
  facts: Facts,
  session: SessionFacts | undefined,
  { threadId, atMs }: Pick<Arrived, 'threadId' | 'atMs'>,
): boolean => {
  if (!session || !facts.world.deeds.reopened.has(threadId)) return false
  const knownFromMs = facts
    .deliveriesTo(session.person)
    .filter(
      ({ name, status, detail }) =>
        name === 'webhook/chat_deactivated' && status === 200 && textOf(detail, 'threadId') === session.threadId,
    )
    .map(({ endedMs = 0 }) => endedMs)
  return Math.min(Infinity, ...knownFromMs) > atMs - ON_ITS_WAY_MS
}

/** So young, a message counts as new. */
const NEW_FOR_MS = 6_000

/** Whether Botpress handed over a message again, to another process, before it was old. */
const isHandedOverSoon = ({ world }: Facts, { atMs }: Taken, arrived: Arrived[]): boolean =>
  world.plan.knobs.botpressKnobs.repeatFailedOperations === true &&
  world.sky.happened.some(
    ({ effect }, index) =>
      effect.kind === 'killed' &&
      isBetween(world.sky.happenedAtMs[index] ?? 0, (arrived[0]?.atMs ?? 0) - ON_ITS_WAY_MS, arrived[1]?.atMs ?? 0),
  ) &&
  arrived.every((each) => each.atMs < atMs + NEW_FOR_MS)

/** If nothing goes wrong, a message is sent within this time, also behind others. */
const SOON_SENT_MS = 15_000

/** Whether the thread was closed before all messages of the conversation were sent. */
const isNearEnd = ({ sessions, closed }: Facts, { conversationId, atMs }: Taken): boolean =>
  (closed.get(sessions.get(conversationId)?.threadId ?? '')?.atMs ?? Infinity) < atMs + SOON_SENT_MS

/** A file has all its bytes, and a long text its end. A link may stand in for a file that could not be copied. */
const judgeContent = (
  { events, isCalm }: Facts,
  { token, atMs, fileBytes, lastToken }: Said,
  arrived: Arrived[],
): Verdict[] => {
  const [first] = arrived
  if (!first) return []
  if (fileBytes !== undefined) {
    if (first.fileBytes === undefined)
      return [isCalm(atMs, atMs + SENT_MS) ? broken('fileNotCopied', token) : excused('linkInstead', token)]
    return first.fileBytes === fileBytes ? [] : [broken('fileChanged', token)]
  }
  if (lastToken === undefined) return []
  const isWhole = events.some(
    ({ detail }) => textOf(detail, 'threadId') === first.threadId && textOf(detail, 'text').endsWith(lastToken),
  )
  if (isWhole) return []
  return [isCalm(atMs, atMs + SENT_MS) ? broken('textCut', token) : excused('failedVisibly', token)]
}
