import { isHumanAgentId, type LiveChatChat } from '../../livechat/schema'
import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { requireCreated } from '../../operation/failures/platform-errors'
import { raiseIssue } from '../../operation/failures/raise-issue'
import type { Scope } from '../../operation/scope'
import { agentByEmail, findAgentById } from '../agents/agent-users'
import { claim } from '../claim'
import { missingEvents } from '../relay/delivered-messages'
import type { Relayable } from '../relay/relay-event'
import type { Session } from '../session'
import { aboutSession } from '../session-events'
import { updateSession } from '../session-store'
import { threadOf, type ThreadIds } from '../thread'

/** The first words of an agent in a thread that no session stands for. `message` has the words, if they are a text. */
export type AgentWords = Pick<Relayable, 'event' | 'authorId' | 'message'>

/**
 * Tells the bot's flows and the bot's owner that an agent has written in a thread without a session. Tells it once per
 * thread. A repetition has no effect.
 */
export const tellAgentReturned = async (
  scope: Scope,
  earlier: Session,
  ids: ThreadIds,
  words: AgentWords,
  chat?: LiveChatChat,
): Promise<void> => {
  const { livechatThreadId } = ids
  const thread = threadOf(scope, ids)
  if (thread.isReturnTold || earlier.returnTold === livechatThreadId) return
  if (!(await claim(scope, earlier.conversationId, 'returnClaim', livechatThreadId))) return
  const agentUserId = await agentUserIdOf(scope, earlier, words.authorId, chat)
  const fields = {
    livechatThreadId,
    ...(agentUserId === undefined ? {} : { agentUserId }),
    ...(words.message.type === 'text' ? { firstWords: words.message.payload.text } : {}),
  }
  const payload = aboutSession(scope, earlier, fields)
  requireCreated(await scope.client.createEvent({ type: 'hitlAgentReturned', payload }), 'event')
  thread.isReturnTold = true
  const { conversationId, livechatChatId } = earlier
  scope.log.warn('agent_returned', { conversationId, livechatChatId, livechatThreadId })
  raiseIssue(scope, 'agent_returned', { conversationId })
  await updateSession(scope, earlier, { returnTold: livechatThreadId })
}

/** If the agent is not known, we tell the news without the agent. */
const agentUserIdOf = (
  scope: Scope,
  session: Session,
  authorId: string,
  chat: LiveChatChat | undefined,
): Promise<string | undefined> => {
  const effort = { budgetMs: budgets.webhook.agentProfileMs, code: 'returned_agent_not_known' }
  return bestEffort(scope, effort, (limited) =>
    isHumanAgentId(authorId)
      ? agentByEmail(limited, session, authorId, () => Promise.resolve(chat))
      : findAgentById(limited, authorId),
  )
}

/**
 * Tells the flows what an agent has written since the bot stopped a session whose thread was left open. A process that
 * did not know of the stop may have relayed it, but the plugin no longer took it.
 */
export const tellWordsSinceStop = async (
  scope: Scope,
  session: Session,
  chat: LiveChatChat | undefined,
): Promise<void> => {
  const { isLeftOpen, leftOpenAtMs = Infinity } = session
  if (!isLeftOpen || !chat) return
  const words = missingEvents(session, chat, new Set()).find(
    ({ event }) => Date.parse(event.created_at ?? '') > leftOpenAtMs,
  )
  if (!words) return
  // If this fails, the flows must still be told the end.
  const effort = { budgetMs: budgets.webhook.countMs, code: 'words_since_stop_not_told' }
  await bestEffort(scope, effort, (limited) => tellAgentReturned(limited, session, session, words, chat))
}
