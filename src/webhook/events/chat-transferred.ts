import { createAgent, draftNewAgent, findAgentByEmail } from '../../session/agents'
import { announceAgent, noteBackInQueue } from '../../session/assignment'
import type { Scope } from '../../session/scope'
import type { Session } from '../../session/session'
import { lookUpSession } from '../../session/sessions'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { chatTransferredSchema } from '../schema'

/** A chat changed hands: the end user learns of the agent who has it now, and of none when it waits in a queue. */
export const handleChatTransferred = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = chatTransferredSchema.safeParse(payload)
  if (!parsed.success) return unusable('chat_transferred_unreadable')
  const { chat_id, thread_id, transferred_to, queue } = parsed.data
  if (thread_id === undefined) return ignored('no_active_thread')

  return scope.memory.inTurn(
    scope.key('turn', chat_id, thread_id),
    async () => {
      // Read afresh: announcing twice because another worker was first would be heard by the end user.
      const session = await lookUpSession(scope, chat_id, thread_id)
      if (!session) return ignored('foreign_chat')
      const agentEmail = transferred_to?.agent_ids?.[0]
      if (agentEmail === undefined || (queue !== undefined && queue !== null)) {
        await noteBackInQueue(scope, session)
        return done('waiting_in_queue')
      }
      await announceAgent(scope, session, await agentUserId(scope, session, agentEmail))
      return done('agent_assigned')
    },
    scope.deadline.signal,
  )
}

const agentUserId = async (scope: Scope, session: Session, email: string): Promise<string> =>
  (await findAgentByEmail(scope, email)) ??
  (await createAgent(scope, await draftNewAgent(scope, session, email, undefined)))
