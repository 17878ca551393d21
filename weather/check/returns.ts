import { textOf, type Facts, type SessionFacts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/** If an agent opens a chat again and writes, the flows hear of it once. */
export const returns: Rule = (facts) =>
  [...facts.world.deeds.reopened].flatMap((threadId) => {
    const first = facts.wrote.find((wrote) => wrote.threadId === threadId && !wrote.isPrivate)
    // A later start has joined this thread.
    if (!first || facts.sessionOfThread.has(threadId) || facts.world.deeds.lost.has(first.chatId)) return []
    const earlier = [...facts.sessions.values()].find(
      ({ chatId, endedAtMs = Infinity }) => chatId === first.chatId && endedAtMs < first.atMs - ENDED_MS,
    )
    return earlier && facts.isCalm(first.atMs - ENDED_MS, first.atMs + TOLD_MS)
      ? judge(facts, earlier, threadId, first.eventId)
      : []
  })

/** The end of the earlier session is known everywhere after this time. */
const ENDED_MS = 10_000
const TOLD_MS = 60_000

const judge = (
  { deliveriesTo, world }: Facts,
  { person }: SessionFacts,
  threadId: string,
  eventId: string,
): Verdict[] => {
  const isAccepted = deliveriesTo(person).some(
    ({ name, status, detail }) =>
      name === 'webhook/incoming_event' && status === 200 && textOf(detail, 'eventId') === eventId,
  )
  const told = world.bots
    .flatMap((bot) => bot.botEvents())
    .filter(({ type, payload }) => type === 'hitlAgentReturned' && payload['livechatThreadId'] === threadId)
  if (isAccepted && told.length === 0) return [broken('returnNotTold', `${threadId} to the bot of person ${person}`)]
  return told.length > 1 ? [broken('returnToldTwice', `${threadId} to the bot of person ${person}`)] : []
}
