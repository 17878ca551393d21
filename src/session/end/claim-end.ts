import { repeatKeyedWrite } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import type { Session } from '../session'

/** A process that is killed after its claim leaves the end to LiveChat's redelivery, which comes later than this. */
const claimLastsMs = 8_000

/**
 * Decides which process reports an end to the bot's flows. Several may learn of it at once: LiveChat can deliver it
 * twice, and the end user can write meanwhile. The first to claim it reports it.
 */
export const claimEnd = async (scope: Scope, { conversationId }: Session): Promise<boolean> => {
  const place = { type: 'conversation', id: conversationId, name: 'endClaim' } as const
  const mine = { workerId: scope.memory.processId, atMs: scope.runtime.nowMs() }
  const { state } = await repeatKeyedWrite(() => scope.client.getOrSetState({ ...place, payload: mine }))
  if (state.payload.workerId === mine.workerId) return true
  if (mine.atMs - state.payload.atMs < claimLastsMs) return false
  await scope.client.setState({ ...place, payload: mine })
  return true
}
