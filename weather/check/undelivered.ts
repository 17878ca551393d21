import { ownTexts } from '../world/world'
import { hadAgentBefore, isBetween, textOf, type Facts, type SessionFacts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/** The end user hears of each message that did not arrive, and of no other one that it did not. */
export const undelivered: Rule = (facts) =>
  [...facts.sessions.values()].flatMap((session) => [...toldInVain(facts, session), ...notTold(facts, session)])

/** More messages were said to be lost for certain than have not arrived. */
const toldInVain = (facts: Facts, session: SessionFacts): Verdict[] => {
  const { conversationId, person, startedAtMs, endedAtMs = Infinity } = session
  // Another process does not know what was told, and sends what Botpress hands over again.
  if (facts.world.plan.knobs.botpressKnobs.repeatFailedOperations === true) return []
  // Of two sessions at once, nothing says which one a line belongs to.
  const isOnlyOne = [...facts.sessions.values()].every(
    (other) =>
      other === session ||
      other.person !== person ||
      other.startedAtMs > endedAtMs ||
      (other.endedAtMs ?? Infinity) < startedAtMs,
  )
  if (!isOnlyOne) return []
  const told = facts.shown.filter(
    (line) =>
      line.person === person && line.text === ownTexts.notDelivered && isBetween(line.atMs, startedAtMs, endedAtMs),
  )
  const arrived = new Set(facts.arrived.map(({ token }) => token))
  const missing = facts.taken.filter((each) => each.conversationId === conversationId && !arrived.has(each.token))
  const missingIds = new Set(missing.map(({ messageId }) => messageId))
  return told.length > missingIds.size
    ? [broken('toldLostThoughArrived', `${told.length} of ${missingIds.size} to person ${person}`)]
    : []
}

const KNOWN_MS = 60_000
const TOLD_MS = 60_000

/** Before an agent is announced, only the flows can be told. What Botpress refuses, or a killed process, cannot be said. */
const notTold = (facts: Facts, { threadId, conversationId, person, endedAtMs = Infinity }: SessionFacts): Verdict[] => {
  const { world, closed } = facts
  return world.system.ledger
    .all({ name: 'message_operation_failed' })
    .filter(({ detail }) => textOf(detail, 'conversationId') === conversationId)
    .flatMap(({ atMs, detail }) => {
      const isInSession = atMs + TOLD_MS < Math.min(endedAtMs, closed.get(threadId)?.atMs ?? Infinity)
      const isPossible =
        isInSession && hadAgentBefore(facts, threadId, atMs - KNOWN_MS) && onlyLivechatFails(facts, atMs)
      const isTold = facts.shown.some(
        (line) =>
          line.person === person && isAboutFailure(line.text) && isBetween(line.atMs, atMs - TOLD_MS, atMs + TOLD_MS),
      )
      return isPossible && !isTold
        ? [broken('failureNotTold', `${textOf(detail, 'id').slice(-4)} of person ${person}`)]
        : []
    })
}

/** One of the three texts has no setting in these worlds. */
const isAboutFailure = (text: string): boolean =>
  text === ownTexts.notDelivered || text === ownTexts.chatClosed || text.startsWith('It is not certain')

const onlyLivechatFails = ({ world: { plan, sky } }: Facts, atMs: number): boolean =>
  plan.rates.latency.slowShare === 0 &&
  plan.steps.every(({ does }) => does !== 'upgrade') &&
  sky.happened.every(
    ({ route, effect }, index) =>
      !isBetween(sky.happenedAtMs[index] ?? 0, atMs - KNOWN_MS, atMs + TOLD_MS) ||
      (route.startsWith('customer/') && effect.kind !== 'killed'),
  )
