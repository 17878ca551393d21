import { isGreeting } from '../../content/to-end-user/greeting'
import type { LiveChatChat } from '../../livechat/schema'
import type { Session } from '../session'

/** `firstFromAgentAtMs`: when the first message of an agent was created in the conversation, a greeting included. */
type Seen = { chat: LiveChatChat | undefined; firstFromAgentAtMs: number | undefined; isCounted: boolean }

/**
 * How long the end user waited, and whether an agent ever wrote. `waitSeconds`: until an agent had the session, or until
 * the end. The thread tells answers from automatic greetings; without it, the conversation's messages count.
 * `wasAnswered` is absent if neither could be read. Pure function.
 */
export const answerTimes = (session: Session, endedAtMs: number, { chat, firstFromAgentAtMs, isCounted }: Seen) => {
  const answeredAtMs = chat ? firstAnswerAtMs(session, chat) : firstFromAgentAtMs
  const secondsUntil = (atMs: number): number => Math.max(0, Math.round((atMs - session.createdAtMs) / 1000))
  return {
    ...(chat || isCounted ? { wasAnswered: answeredAtMs !== undefined } : {}),
    waitSeconds: secondsUntil(session.assignedAtMs ?? answeredAtMs ?? endedAtMs),
    ...(answeredAtMs === undefined ? {} : { firstAnswerSeconds: secondsUntil(answeredAtMs) }),
    transfers: session.transfers,
  }
}

const firstAnswerAtMs = ({ livechatCustomerId }: Session, { thread, users }: LiveChatChat): number | undefined => {
  const isAgent = (id: string | undefined): boolean =>
    id !== undefined && id !== livechatCustomerId && users.some((user) => user.id === id && user.type === 'agent')
  const answer = thread.events.find((event) => isAgent(event.author_id) && !isGreeting(event))
  const atMs = Date.parse(answer?.created_at ?? '')
  return Number.isNaN(atMs) ? undefined : atMs
}
