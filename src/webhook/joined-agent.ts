import { isHumanAgentId } from '../livechat/schema'
import { budgets } from '../operation/budgets'
import type { Scope } from '../operation/scope'
import { agentByEmail } from '../session/agents/agent-users'
import { applyNews } from '../session/agents/announce-agent'
import { isOutdatedTransfer } from '../session/agents/outdated-transfer'
import { readingOnce, type ReadOnce } from '../session/read-thread'
import type { Session } from '../session/session'
import { done, ignored, type Outcome } from './outcome'
import type { WebhookUser } from './schema'

/**
 * The webhooks `incoming_chat` and `user_added_to_chat` show an agent who joined. These webhooks are optional. Without
 * them, we learn of the agent later, from `chat_transferred`, a read or a message.
 */

/**
 * Whether a user is a human agent whom the end user can see, and who is in the chat. A supervisor watches with visibility
 * `agents`. Agents of earlier threads, and those who write without joining, are listed as not present.
 */
export const isVisibleAgent = ({ id, type, visibility, present }: WebhookUser): boolean =>
  type === 'agent' && visibility !== 'agents' && present !== false && isHumanAgentId(id)

export const applyJoined = async (scope: Scope, session: Session, email: string): Promise<Outcome> => {
  // If an agent is announced already, the new one is a helper. We do not announce helpers, so we do not look up who it
  // is.
  if (session.holder.kind === 'agent') return ignored('session_has_agent')
  const threadReader = (): ReadOnce =>
    readingOnce(scope, session, budgets.webhook.transferCheckMs, 'arrival_not_checked')
  const readThread = threadReader()
  const userId = await agentByEmail(scope, session, email, readThread)
  const isOutdated = (read = threadReader()): Promise<boolean> =>
    isOutdatedTransfer(scope, session, { kind: 'agentHasIt', userId }, read)
  // A late webhook may report somebody who has left again.
  if (await isOutdated(readThread)) return ignored('outdated_arrival')
  await applyNews(scope, session, { kind: 'agentJoined', userId }, { isOutdated })
  return done
}
