import { isHumanAgentId } from '../livechat/schema'
import type { Scope } from '../operation/scope'
import { agentByEmail } from '../session/agents/agent-users'
import { applyNews } from '../session/agents/announce-agent'
import type { Session } from '../session/session'
import { done, ignored, type Outcome } from './outcome'
import type { WebhookUser } from './schema'

/**
 * Two webhooks tell of an agent who joined, sooner than the three base ones, for those who configured them. They only
 * ever add to what `chat_transferred`, reads and messages tell.
 */

/** A supervisor watches with visibility `agents`. */
export const isVisibleAgent = ({ id, type, visibility }: WebhookUser): boolean =>
  type === 'agent' && visibility !== 'agents' && isHumanAgentId(id)

export const applyJoined = async (scope: Scope, session: Session, email: string): Promise<Outcome> => {
  // Beside an announced agent nobody needs to hear of a helper: not worth looking up who it is.
  if (session.holder.kind === 'agent') return ignored('has_agent')
  await applyNews(scope, session, { kind: 'agentJoined', userId: await agentByEmail(scope, session, email) })
  return done
}
