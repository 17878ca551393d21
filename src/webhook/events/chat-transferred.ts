import type * as z from 'zod/v4-mini'
import { isHumanAgentId, queuedAtOf } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { agentByEmail } from '../../session/agents/agent-users'
import { applyNews } from '../../session/agents/announce-agent'
import { isOutdatedTransfer } from '../../session/agents/outdated-transfer'
import { reportWaiting } from '../../session/agents/queue'
import { readingOnce, type ReadOnce } from '../../session/read-thread'
import type { Session } from '../../session/session'
import { done, ignored, type Outcome } from '../outcome'
import { chatTransferredSchema, threadIdsOf } from '../schema'
import { webhookAction } from '../action-runner'

/** A chat was transferred. The end user learns which agent has it now, or that they wait in the queue. */
export const chatTransferred = webhookAction({
  schema: chatTransferredSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, payload) => ({ work: payload }),
  // Another process may have announced the agent already, and the end user must not hear it twice.
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: false,
  handle: async (scope, session, payload) => {
    const readThread = readingOnce(scope, session, budgets.webhook.transferCheckMs, 'transfer_not_checked')
    const agentIds = payload.transferred_to?.agent_ids ?? []
    const email = agentIds.find(isHumanAgentId)
    if (email === undefined && agentIds.length > 0 && !payload.queue) return ignored('transferred_to_livechat_bot')
    return email === undefined || payload.queue
      ? applyTransferToQueue(scope, session, payload, readThread)
      : applyTransferToAgent(scope, session, email, payload, readThread)
  },
})

type Payload = z.infer<typeof chatTransferredSchema>

const applyTransferToQueue = async (
  scope: Scope,
  session: Session,
  { queue, reason }: Payload,
  readThread: ReadOnce,
): Promise<Outcome> => {
  if (await isOutdatedTransfer(scope, session, { kind: 'backInQueue' }, readThread)) return ignored('outdated_transfer')
  await reportWaiting(scope, session, queue)
  await applyNews(scope, session, { kind: 'backInQueue' }, { reason, occasion: queuedAtOf(queue) })
  return done
}

const applyTransferToAgent = async (
  scope: Scope,
  session: Session,
  email: string,
  { reason }: Payload,
  readThread: ReadOnce,
): Promise<Outcome> => {
  const userId = await agentByEmail(scope, session, email, readThread)
  if (await isOutdatedTransfer(scope, session, { kind: 'agentHasIt', userId }, readThread))
    return ignored('outdated_transfer')
  await applyNews(scope, session, { kind: 'agentHasIt', userId }, { reason })
  return done
}
