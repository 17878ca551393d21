import { repeatKeyedWrite } from './platform-call'
import type { Scope } from './scope'
import type { Session } from './session'

/** A worker that is killed after its claim leaves the end to LiveChat's repetition, which comes later than this. */
const claimLastsMs = 8_000

/**
 * Whether it is for this worker to tell the bot's flows of an end. An end is heard by several at once when LiveChat
 * delivers it twice, or when the end user writes meanwhile; of these the first to claim it tells, and no other.
 */
export const claimEnd = async (scope: Scope, { conversationId }: Session): Promise<boolean> => {
  const place = { type: 'conversation', id: conversationId, name: 'endClaim' } as const
  const mine = { workerId: scope.memory.workerId, atMs: scope.runtime.nowMs() }
  const { state } = await repeatKeyedWrite(() => scope.client.getOrSetState({ ...place, payload: mine }))
  if (state.payload.workerId === mine.workerId) return true
  if (mine.atMs - state.payload.atMs < claimLastsMs) return false
  await scope.client.setState({ ...place, payload: mine })
  return true
}
