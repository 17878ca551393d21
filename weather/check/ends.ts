import type { World } from '../world/world'
import { textOf, type Facts, type SessionFacts } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** An hour after the last word every session has ended, its details were told once, and no thread is open. */
export const ends: Rule = (facts) => [
  ...[...facts.sessions.values()].flatMap((session) => judge(facts, session)),
  ...openThreads(facts),
]

const judge = (facts: Facts, { conversationId, person, threadId, endedAtMs, detailsTold }: SessionFacts): Verdict[] => {
  const what = `session ${conversationId.slice(-4)} of person ${person}`
  if (endedAtMs === undefined) return [broken('nobodyEndedIt', what)]
  if (detailsTold === 0)
    return [isDelivered(facts, threadId) ? broken('endNotTold', what) : excused('endNeverDelivered', what)]
  if (detailsTold === 1) return []
  return [mayTellAgain(facts.world) ? excused('endToldAgain', what) : broken('endToldTwice', what)]
}

/** Whether any delivery of the thread's end was accepted. */
const isDelivered = ({ deliveries }: Facts, threadId: string): boolean =>
  deliveries.some(
    ({ name, status, detail }) =>
      name === 'webhook/chat_deactivated' && status === 200 && textOf(detail, 'threadId') === threadId,
  )

/** Whether a call of an end may have taken effect without its process knowing it. */
const mayTellAgain = ({ sky, plan }: World): boolean =>
  plan.rates.latency.slowShare > 0 ||
  sky.happened.some(({ route }) =>
    /POST \/v1\/chat\/events|PUT \/v1\/chat\/conversations|chat_deactivated|message_created/.test(route),
  )

const openThreads = (facts: Facts): Verdict[] =>
  [...facts.opened.keys()].flatMap((threadId) => {
    if (facts.world.deeds.reopened.has(threadId)) return []
    const end = facts.closed.get(threadId)
    if (!end) return [broken('openChatOfNobody', threadId)]
    return end.reason === 'routing.archived_inactive' ? [judgeInactive(facts, threadId)] : []
  })

const judgeInactive = ({ sessionOfThread, failedStops }: Facts, threadId: string): Verdict => {
  const session = sessionOfThread.get(threadId)
  if (!session) return excused('closedForInactivity', threadId)
  return failedStops.has(session.conversationId) ? excused('stopFailed', threadId) : broken('sessionLeftOpen', threadId)
}
