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

/** A question makes one session. Of the questions that the first message of a thread quotes, the newest is its own. */
const doubles = ({ events, sessionOfThread }: Facts): Verdict[] => {
  const threads = new Map<string, Set<string>>()
  const seen = new Set<string>()
  for (const { detail } of events) {
    const quoted = [...textOf(detail, 'text').matchAll(/\bu(\d+)(?= agent please)/g)].map(([, number]) =>
      Number(number),
    )
    const threadId = textOf(detail, 'threadId')
    if (quoted.length === 0 || seen.has(threadId) || !sessionOfThread.has(threadId)) continue
    seen.add(threadId)
    const token = `u${Math.max(...quoted)}`
    threads.set(token, (threads.get(token) ?? new Set()).add(threadId))
  }
  return [...threads].flatMap(([token, of]) =>
    of.size > 1 ? [broken('startedTwice', `${token}: ${of.size} threads`)] : [],
  )
}

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
