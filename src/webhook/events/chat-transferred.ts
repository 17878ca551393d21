import type * as z from 'zod/v4-mini'
import { isHumanAgentId, queuedAtOf } from '../../livechat/schema'
import { budgets } from '../../operation/budgets'
import type { Scope } from '../../operation/scope'
import { agentByEmail, rememberedAgent } from '../../session/agents/agent-users'
import { applyNews } from '../../session/agents/announce-agent'
import { isOutdatedTransfer } from '../../session/agents/outdated-transfer'
import { reportWaiting } from '../../session/agents/queue'
import { readingOnce, type ReadOnce } from '../../session/read-thread'
import { advance, isSameHolder, lastAgentOf } from '../../session/holder'
import type { Session } from '../../session/session'
import { threadOf } from '../../session/thread'
import { done, ignored, type Outcome } from '../outcome'
import { chatTransferredSchema, threadIdsOf } from '../schema'
import { webhookAction, type Prepared } from '../action-runner'

/** A chat was transferred. The end user learns which agent has it now, or that they wait in the queue. */
export const chatTransferred = webhookAction({
  schema: chatTransferredSchema,
  threadOf: threadIdsOf,
  prepare: (_scope, payload): Prepared<Work> => ({ work: { payload } }),
  lookAhead: (scope, ids, work) => {
    const { session } = threadOf(scope, ids)
    if (!session || session.ended || !isChange(scope, session, work.payload)) return work
    const readThread = threadReader(scope, session)
    void readThread().catch(() => undefined)
    return { ...work, readThread }
  },
  // Another process may have announced the agent already, and the end user must not hear it twice.
  session: 'fresh',
  afterEnd: 'ignored',
  catchesUp: true,
  handle: async (scope, session, { payload, readThread = threadReader(scope, session) }) => {
    const email = agentOf(payload)
    const agentIds = payload.transferred_to?.agent_ids ?? []
    if (email === undefined && agentIds.length > 0 && !payload.queue) return ignored('transferred_to_livechat_bot')
    return email === undefined
      ? applyTransferToQueue(scope, session, payload, readThread)
      : applyTransferToAgent(scope, session, email, payload, readThread)
  },
})

type Payload = z.infer<typeof chatTransferredSchema>
type Work = { payload: Payload; readThread?: ReadOnce }

const threadReader = (scope: Scope, session: Session): ReadOnce =>
  readingOnce(scope, session, budgets.webhook.transferCheckMs, 'transfer_not_checked')

/** The human agent who has the chat now. `undefined` if it waits, or if a bot of LiveChat has it. */
const agentOf = ({ queue, transferred_to }: Payload): string | undefined =>
  queue ? undefined : transferred_to?.agent_ids?.find(isHumanAgentId)

/**
 * Whether the transfer changes what was announced, as far as this process knows. Then the thread must be read, and the
 * read can begin beside the look-up of the session.
 */
const isChange = (scope: Scope, { holder }: Session, payload: Payload): boolean => {
  if (holder.kind === 'nobody') return false
  const email = agentOf(payload)
  if (email === undefined) return payload.queue ? holder.kind !== 'queue' : false
  const userId = rememberedAgent(scope, email)
  return userId !== undefined && !isSameHolder(advance(holder, { kind: 'agentHasIt', userId }).holder, holder)
}

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
  const thread = threadOf(scope, session)
  const transfer = (): string => `${email} ${session.holder.kind} ${lastAgentOf(session.holder) ?? ''}`
  // LiveChat delivers a webhook again if it missed the answer. Nothing has changed since.
  if (thread.lastTransfer === transfer()) return ignored('transfer_known')
  const userId = await agentByEmail(scope, session, email, readThread)
  const news = { kind: 'agentHasIt', userId } as const
  const isOutdated = (read = threadReader(scope, session)): Promise<boolean> =>
    isOutdatedTransfer(scope, session, news, read)
  if (await isOutdated(readThread)) return ignored('outdated_transfer')
  await applyNews(scope, session, news, { reason, isOutdated })
  thread.lastTransfer = transfer()
  return done
}
