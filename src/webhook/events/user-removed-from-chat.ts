import { findAgentByEmail } from '../../session/agents/agent-users'
import { applyNews } from '../../session/agents/announce-agent'
import { done, ignored } from '../outcome'
import { threadIdsOf, userRemovedSchema } from '../schema'
import { webhookAction } from '../action-runner'

/** A user left a chat: perhaps the agent who had it. */
export const userRemoved = webhookAction({
  schema: userRemovedSchema,
  threadOf: threadIdsOf,
  // At the end everybody leaves. That does not show who had the chat.
  prepare: (_scope, { user_id, reason }) =>
    reason === 'chat_deactivated' ? { ignored: 'chat_closed' } : { work: user_id },
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: true,
  handle: async (scope, session, userId) => {
    // Finds only agents who were announced or have written: no supervisors, bots or end users.
    const found = await findAgentByEmail(scope, userId)
    if (!found) return ignored('agent_not_known')
    await applyNews(scope, session, { kind: 'agentLeft', userId: found.userId })
    return done
  },
})
