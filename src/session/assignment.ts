import { nextSchedule } from './schedule'
import type { Scope } from './scope'
import { inQueue, type Session } from './session'
import { findSession, lookUpSession, rememberSession } from './sessions'

/** Who was announced last is read again when what this process remembers is older than this. */
const staleAfterMs = 60_000

/**
 * Tells the plugin that an agent has the session now, unless that agent was the last one announced. The plugin announces
 * each of these to the end user. Emits before it notes: a failure in between announces twice rather than never.
 */
export const announceAgent = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  if (session.assignedAgentUserId === agentUserId) return
  await emitAssigned(scope, session, agentUserId)
  await note(scope, session, agentUserId)
}

/** The same for a session that is being started: side by side, since a start that fails is closed as a whole. */
export const announceFirstAgent = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  await Promise.all([emitAssigned(scope, session, agentUserId), note(scope, session, agentUserId)])
}

const emitAssigned = async (scope: Scope, session: Session, agentUserId: string): Promise<void> => {
  await scope.client.createEvent({
    type: 'hitlAssigned',
    payload: { conversationId: session.conversationId, userId: agentUserId },
    ...nextSchedule(scope, session),
  })
}

/** The chat waits in a queue again: whoever comes next is a change of agent. Before any agent there is nothing to note. */
export const noteBackInQueue = async (scope: Scope, session: Session): Promise<void> => {
  if (session.assignedAgentUserId !== undefined && session.assignedAgentUserId !== inQueue)
    await note(scope, session, inQueue)
}

/**
 * After an agent's message was relayed: the plugin itself announces the author of the first one, which is only noted
 * here; after a return to the queue it does not, so we do. A second agent who helps out is not announced.
 */
export const noteSpeaker = async (scope: Scope, asked: Session, agentUserId: string): Promise<void> => {
  // What was known when the delivery came in may have changed while it waited for its turn.
  const remembered = (await findSession(scope, asked.livechatChatId, asked.livechatThreadId)) ?? asked
  if (remembered.assignedAgentUserId === agentUserId) return
  const isStale = scope.runtime.nowMs() - remembered.readAtMs > staleAfterMs
  const session = isStale
    ? ((await lookUpSession(scope, remembered.livechatChatId, remembered.livechatThreadId)) ?? remembered)
    : remembered
  if (session.assignedAgentUserId === undefined) await note(scope, session, agentUserId)
  if (session.assignedAgentUserId === inQueue) await announceAgent(scope, session, agentUserId)
}

const note = async (scope: Scope, session: Session, assignedAgentUserId: string): Promise<void> => {
  await scope.client.updateConversation({ id: session.conversationId, tags: { assignedAgentUserId } })
  rememberSession(scope, { ...session, assignedAgentUserId, readAtMs: scope.runtime.nowMs() })
}
