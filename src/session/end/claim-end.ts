import { budgets } from '../../operation/budgets'
import { repeatKeyedWrite } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { fieldsOf } from '../../shared/fields'
import type { Session } from '../session'

/**
 * A claim is valid for this long. If the process with the claim is killed, LiveChat redelivers the end after this time,
 * and another process claims it.
 */
const claimLastsMs = 8_000

/** What a webhook does before it claims an end: above all, it reads the thread. */
const mostBeforeClaimMs = budgets.webhook.lastReadMs

/**
 * Decides which process tells the bot's flows of an end. Several processes may learn of the end at the same time:
 * LiveChat can deliver it twice, and the end user can write meanwhile. The first process that claims the end tells the
 * flows.
 * @returns whether this process has the claim
 */
export const claimEnd = async (scope: Scope, { conversationId }: Session): Promise<boolean> => {
  const place = { type: 'conversation', id: conversationId, name: 'endClaim' } as const
  const nowMs = scope.runtime.nowMs()
  // From the beginning of the operation, and not from the claim: LiveChat counts from there when it redelivers.
  const mine = { workerId: scope.memory.processId, atMs: Math.max(scope.startedAtMs, nowMs - mostBeforeClaimMs) }
  const { state } = await repeatKeyedWrite(() => scope.client.getOrSetState({ ...place, payload: mine }))
  const { workerId, atMs } = fieldsOf(state.payload)
  if (workerId === mine.workerId) return true
  // A claim that cannot be read is nobody's.
  if (typeof atMs === 'number' && nowMs - atMs < claimLastsMs) return false
  await scope.client.setState({ ...place, payload: mine })
  return true
}
