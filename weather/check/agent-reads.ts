import type { Facts, Taken } from './facts'
import { broken, excused, type Rule, type Verdict } from './verdict'

/** What an end user says in a session reaches its thread once, or the bot's owner sees that it failed. */
export const agentReads: Rule = (facts) => {
  const takenBy = new Map(facts.taken.map((taken) => [taken.token, taken]))
  return facts.said.flatMap(({ token, isQuestion }) => {
    const taken = takenBy.get(token)
    const arrived = facts.arrived.filter(({ text }) => text.startsWith(`${token} `))
    if (!taken) return isQuestion || arrived.length === 0 ? [] : [broken('wordsOfNoSession', token)]
    return judge(
      facts,
      taken,
      arrived.map(({ threadId }) => threadId),
    )
  })
}

const judge = (facts: Facts, { token, messageId, conversationId }: Taken, threads: string[]): Verdict[] => {
  const session = facts.sessions.get(conversationId)
  const hasFailed = facts.failedMessageIds.has(messageId)
  const what = `${token} of person ${session?.person}`
  if (threads.length > 1) return [broken('agentReadsTwice', what)]
  const [thread] = threads
  if (thread === undefined) return [hasFailed ? excused('failedVisibly', what) : broken('endUserWordLost', what)]
  if (thread !== session?.threadId) return [broken('wordsInAnotherThread', what)]
  return hasFailed ? [excused('arrivedThoughFailed', what)] : []
}
