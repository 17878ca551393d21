import { agentByEmail } from '../../session/agents'
import { takeIn } from '../../session/assignment'
import { isOutdated } from '../../session/outdated'
import { readingOnce } from '../../session/read-thread'
import type { Scope } from '../../session/scope'
import { lookUpSession } from '../../session/sessions'
import { reportWaiting } from '../../session/waiting'
import { inThreadTurn } from '../../session/thread-turn'
import { done, ignored, unusable, type Outcome } from '../outcome'
import { isPerson } from '../../content/people'
import { chatTransferredSchema } from '../schema'

/** How long the news of a transfer may wait to be checked. */
const checkBudgetMs = 2_000

/** A chat changed hands: the end user learns of the agent who has it now, and of none when it waits in a queue. */
export const handleChatTransferred = async (scope: Scope, payload: unknown): Promise<Outcome> => {
  const parsed = chatTransferredSchema.safeParse(payload)
  if (!parsed.success) return unusable('chat_transferred_unreadable')
  const { chat_id, thread_id, transferred_to, queue, reason } = parsed.data
  if (!thread_id) return ignored('no_active_thread')

  const transfer = async (): Promise<Outcome> => {
    // Read afresh: announcing twice because another worker was first would be heard by the end user.
    const session = await lookUpSession(scope, chat_id, thread_id)
    if (!session) return ignored('foreign_chat')
    if (session.hasEnded) return ignored('session_over')
    const readThread = readingOnce(scope, session, checkBudgetMs, 'transfer_not_checked')
    const agentIds = transferred_to?.agent_ids ?? []
    const agentEmail = agentIds.find(isPerson)
    if (agentEmail === undefined && agentIds.length > 0 && !queue) return ignored('bot')
    if (agentEmail === undefined || queue) {
      if (await isOutdated(scope, session, { kind: 'backInQueue' }, readThread)) return ignored('outdated_transfer')
      const waits = session.holder.kind === 'nobody' ? 'noAgentYet' : 'transferred'
      await reportWaiting(scope, session, waits, queue)
      await takeIn(
        scope,
        session,
        { kind: 'backInQueue' },
        { reason, occasion: queue?.queued_at ?? queue?.queued_at_us },
      )
      return done('waiting_in_queue')
    }
    const userId = await agentByEmail(scope, session, agentEmail, readThread)
    if (await isOutdated(scope, session, { kind: 'agentHasIt', userId }, readThread))
      return ignored('outdated_transfer')
    await takeIn(scope, session, { kind: 'agentHasIt', userId }, { reason })
    return done('agent_assigned')
  }
  return inThreadTurn(scope, { livechatChatId: chat_id, livechatThreadId: thread_id }, transfer)
}
