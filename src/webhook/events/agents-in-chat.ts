import { agentByEmail } from '../../session/agents'
import { takeIn } from '../../session/assignment'
import type { News } from '../../session/lifecycle'
import type { Scope } from '../../session/scope'
import { lookUpSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
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
  return agent ? takeInAgent(scope, id, thread.id, agent.id, 'agentJoined') : ignored('no_agent')
}

export const handleUserAdded = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = userAddedSchema.safeParse(payload)
  if (!parsed.success) return unusable('user_added_unreadable')
  const { chat_id, thread_id, user } = parsed.data
  if (thread_id === undefined || !isVisibleAgent(user)) return ignored('no_agent')
  return takeInAgent(scope, chat_id, thread_id, user.id, 'agentJoined')
}

export const handleUserRemoved = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = userRemovedSchema.safeParse(payload)
  if (!parsed.success) return unusable('user_removed_unreadable')
  const { chat_id, thread_id, user_id } = parsed.data
  if (thread_id === undefined) return ignored('no_active_thread')
  return takeInAgent(scope, chat_id, thread_id, user_id, 'agentLeft')
}

/** A supervisor watches with visibility `agents`; bots have opaque ids where people have addresses. */
const isVisibleAgent = ({ id, type, visibility }: WebhookUser): boolean =>
  type === 'agent' && visibility !== 'agents' && id.includes('@')

const takeInAgent = (
  scope: Scope,
  chatId: string,
  threadId: string,
  email: string,
  kind: Extract<News['kind'], 'agentJoined' | 'agentLeft'>,
): Promise<Outcome> => {
  const work = async (): Promise<Outcome> => {
    const session = await lookUpSession(scope, chatId, threadId)
    if (!session) return ignored('foreign_chat')
    if (email === session.livechatCustomerId) return ignored('no_agent')
    await takeIn(scope, session, { kind, userId: await agentByEmail(scope, session, email) })
    return done(kind)
  }
  return scope.memory.inTurn(scope.key('turn', chatId, threadId), work, scope.deadline.signal)
}
