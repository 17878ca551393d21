import { textOf, type Facts, type SessionFacts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'
import { salesGroup } from '../../sandbox/start-sandbox'

/** Agents read the end user's question, see who it is, and get it in the right group. */
export const starts: Rule = (facts) => [
  ...[...facts.sessions.values()].flatMap((session) => judge(facts, session)),
  ...failures(facts),
  ...doubles(facts),
]

/** A start takes less than this. */
const START_MS = 30_000

/** A start fails only if something went wrong. */
const failures = ({ world, isCalm }: Facts): Verdict[] =>
  world.system.ledger
    .all({ name: 'session_start_failed' })
    .flatMap(({ atMs, detail }) =>
      isCalm(atMs - START_MS, atMs) ? [broken('startFailed', textOf(detail, 'reason'))] : [],
    )

/**
 * A question makes one session and opens one thread. Of the questions that the first message of a thread quotes, the
 * newest is its own. A start that was killed or too slow may have opened a thread that nobody knows of.
 */
const doubles = ({ events, sessionOfThread, world, opened, closed }: Facts): Verdict[] => {
  const sessions = new Map<string, Set<string>>()
  const threads = new Map<string, Set<string>>()
  const seen = new Set<string>()
  for (const { detail } of events) {
    const quoted = [...textOf(detail, 'text').matchAll(/\bu(\d+)(?= agent please)/g)].map(([, number]) =>
      Number(number),
    )
    const threadId = textOf(detail, 'threadId')
    if (quoted.length === 0 || seen.has(threadId)) continue
    seen.add(threadId)
    const token = `u${Math.max(...quoted)}`
    if (sessionOfThread.has(threadId)) note(sessions, token, threadId)
    // An agent may close a thread before its start knows of it. While a start is slow, the end user may ask again. Two threads of one question quote the same.
    const isClosedByAgent = closed.get(threadId)?.reason === 'manual_archived_agent'
    if (opened.has(threadId) && (sessionOfThread.has(threadId) || !isClosedByAgent))
      note(threads, quoted.map((number) => `u${number}`).join(), threadId)
  }
  const { rates, knobs, repeats } = world.plan
  // Of two questions at once, the later one may start first, and both quote it.
  if (knobs.botpressKnobs.concurrentUpstreamMessages === true) return []
  const isKilled = world.sky.happened.some(({ effect }) => effect.kind === 'killed')
  // If the first attempt fails, it closes its thread, and the second one opens another.
  const isRepeated = repeats !== undefined && world.sky.happened.length > 0
  const isOneAttempt =
    rates.latency.slowShare === 0 && !isKilled && !isRepeated && !knobs.botpressKnobs.repeatFailedOperations
  return [
    ...moreThanOne(sessions).map((text) => broken('startedTwice', text)),
    ...(isOneAttempt ? moreThanOne(threads).map((text) => broken('openedTwice', text)) : []),
  ]
}

const note = (sets: Map<string, Set<string>>, key: string, value: string): void =>
  void sets.set(key, (sets.get(key) ?? new Set()).add(value))

const moreThanOne = (sets: Map<string, Set<string>>): string[] =>
  [...sets].flatMap(([token, { size }]) => (size > 1 ? [`${token}: ${size} threads`] : []))

const judge = (facts: Facts, { threadId, chatId, person, conversationId }: SessionFacts): Verdict[] => {
  const { world, events } = facts
  const what = `session ${conversationId.slice(-4)} of person ${person}`
  const asked = new Set(
    facts.said.flatMap(({ token, isQuestion, person: who }) => (isQuestion && who === person ? token : [])),
  )
  const isAsked = events.some(
    ({ detail }) =>
      textOf(detail, 'threadId') === threadId &&
      asked.has(/\bu\d+(?= agent please)/.exec(textOf(detail, 'text'))?.[0] ?? ''),
  )
  return [
    ...(isAsked ? [] : [broken('questionMissing', what)]),
    ...(facts.isCalm() && !isKnown(facts, chatId, person) ? [broken('customerCardWrong', what)] : []),
    ...(world.plan.usesGroup === true && !isInGroup(facts, threadId) ? [broken('wrongGroup', what)] : []),
  ]
}

/** People with one address may be one customer, with the name of whoever came last. */
const isKnown = ({ world }: Facts, chatId: string, person: number): boolean => {
  const own = world.plan.people[person]
  const customer = world.system.livechat.desk.chats().find((chat) => chat.chatId === chatId)?.customer
  return world.plan.people.some(
    ({ name, email }) =>
      customer?.name === name && (name === own?.name || (email !== undefined && email === own?.email)),
  )
}

const isInGroup = ({ world }: Facts, threadId: string): boolean =>
  world.deeds.reopened.has(threadId) ||
  world.system.ledger.all({ name: 'thread_opened' }).some(({ detail }) => {
    const groupIds: unknown = detail?.['groupIds']
    return textOf(detail, 'threadId') === threadId && Array.isArray(groupIds) && groupIds.includes(salesGroup.id)
  })
