import { agentByEmail, findAgentByEmail } from '../../session/agents'
import { takeIn } from '../../session/assignment'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { lookUpSession } from '../../session/sessions'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { isPerson } from '../../content/people'
import { incomingChatSchema, userAddedSchema, userRemovedSchema, type WebhookUser } from '../schema'

/**
 * Webhooks that tell of agents sooner than the three base ones, for those who configured them. They only ever add to
 * what `chat_transferred`, reads and messages tell.
 */

/** A thread was opened: an agent may be in it already. */
export const handleIncomingChat = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = incomingChatSchema.safeParse(payload)
  if (!parsed.success) return unusable('incoming_chat_unreadable')
  const { id, thread, users } = parsed.data.chat
  const agent = users.find(isVisibleAgent)
  return agent ? takeInJoined(scope, id, thread.id, agent.id) : ignored('no_agent')
}

export const handleUserAdded = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = userAddedSchema.safeParse(payload)
  if (!parsed.success) return unusable('user_added_unreadable')
  const { chat_id, thread_id, user } = parsed.data
  if (thread_id === undefined || !isVisibleAgent(user)) return ignored('no_agent')
  return takeInJoined(scope, chat_id, thread_id, user.id)
}

export const handleUserRemoved = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = userRemovedSchema.safeParse(payload)
  if (!parsed.success) return unusable('user_removed_unreadable')
  const { chat_id, thread_id, user_id } = parsed.data
  if (thread_id === undefined) return ignored('no_active_thread')
  return inTurn(scope, chat_id, thread_id, async (session) => {
    // Whoever never spoke nor was announced has nothing to leave: supervisors, bots, the person.
    const found = await findAgentByEmail(scope, user_id)
    if (!found) return ignored('no_agent')
    await takeIn(scope, session, { kind: 'agentLeft', userId: found.userId })
    return done('agent_left')
  })
}

/** A supervisor watches with visibility `agents`. */
const isVisibleAgent = ({ id, type, visibility }: WebhookUser): boolean =>
  type === 'agent' && visibility !== 'agents' && isPerson(id)

const takeInJoined = (scope: Scope, chatId: string, threadId: string, email: string): Promise<Outcome> =>
  inTurn(scope, chatId, threadId, async (session) => {
    // Beside an announced agent nobody needs to hear of a helper: not worth looking up who it is.
    if (session.holder.kind === 'agent' || session.hasEnded) return ignored('has_agent')
    await takeIn(scope, session, { kind: 'agentJoined', userId: await agentByEmail(scope, session, email) })
    return done('agent_joined')
  })

const inTurn = (
  scope: Scope,
  chatId: string,
  threadId: string,
  takeInNews: (session: Session) => Promise<Outcome>,
): Promise<Outcome> => {
  const work = async (): Promise<Outcome> => {
    const session = await lookUpSession(scope, chatId, threadId)
    return session ? takeInNews(session) : ignored('foreign_chat')
  }
  return inThreadTurn(scope, { livechatChatId: chatId, livechatThreadId: threadId }, work)
}
