import { repeatKeyedWrite } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { fieldsOf } from '../../shared/fields'
import type { Session } from '../session'

/** A claim lasts this long. If its process is killed, LiveChat's redelivery comes later and claims the end again. */
const claimLastsMs = 8_000

/**
 * Decides which process tells the bot's flows of an end. Several may learn of it at once: LiveChat can deliver it
 * twice, and the end user can write meanwhile. The first to claim it tells the flows.
 * @returns whether this process has the claim
 */
export const claimEnd = async (scope: Scope, { conversationId }: Session): Promise<boolean> => {
  const place = { type: 'conversation', id: conversationId, name: 'endClaim' } as const
  const mine = { workerId: scope.memory.processId, atMs: scope.runtime.nowMs() }
  const { state } = await repeatKeyedWrite(() => scope.client.getOrSetState({ ...place, payload: mine }))
  const { workerId, atMs } = fieldsOf(state.payload)
  if (workerId === mine.workerId) return true
  // A claim that cannot be read is nobody's.
  if (typeof atMs === 'number' && mine.atMs - atMs < claimLastsMs) return false
  await scope.client.setState({ ...place, payload: mine })
  return true
}
