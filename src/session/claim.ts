import type * as bp from '../bp'
import { budgets } from '../operation/budgets'
import { repeatKeyedWrite } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { vendorNowMs } from '../operation/vendor-time'
import { fieldsOf } from '../shared/fields'

/**
 * A claim is valid for this long. If the process with the claim is killed, LiveChat redelivers the webhook after this
 * time, and another process makes the claim.
 */
const claimLastsMs = 8_000

/** Longer than a call to Botpress usually takes. */
const takeOverLastsMs = 1_000

/** What a webhook does before it makes a claim: above all, it reads the thread. */
const mostBeforeClaimMs = budgets.webhook.lastReadMs

type ClaimName = { [K in keyof bp.States]: bp.States[K] extends { workerId: string } ? K : never }[keyof bp.States]

/**
 * Decides which process tells the bot's flows or the plugin of something, since several processes may learn of it at
 * the same time. The first process that claims the `subject` tells it. It must then record this, because the same
 * process gets its claim again.
 * Botpress forgets a claim when it is no longer valid. A claim for another subject may still be there: then this process
 * writes its own over it, and looks a second later whether another process has done the same.
 * @param subject what the claim is about; a claim for another subject does not count
 * @returns whether this process has the claim
 */
export const claim = async (
  scope: Scope,
  conversationId: string,
  name: ClaimName,
  subject: string,
): Promise<boolean> => {
  const place = { type: 'conversation', id: conversationId, name } as const
  const nowMs = vendorNowMs(scope)
  // The time counts from the beginning of the operation, because LiveChat also counts from there until it redelivers.
  const agedMs = Math.min(scope.runtime.nowMs() - scope.startedAtMs, mostBeforeClaimMs)
  const mine = { workerId: scope.memory.processId, atMs: nowMs - agedMs, subject }
  const write = { ...place, payload: mine, expiry: claimLastsMs - agedMs }
  const heldBy = async (): Promise<'nobody' | 'this process' | 'another'> => {
    const { state } = await repeatKeyedWrite(() => scope.client.getOrSetState(write))
    const held = fieldsOf(state.payload)
    if ((held['subject'] ?? subject) !== subject) return 'nobody'
    if (held['workerId'] === mine.workerId) return 'this process'
    // A claim that cannot be read does not count.
    const isValid = typeof held['atMs'] === 'number' && nowMs - held['atMs'] < claimLastsMs
    return isValid ? 'another' : 'nobody'
  }
  const first = await heldBy()
  if (first !== 'nobody') return first === 'this process'
  await scope.client.setState(write)
  await scope.runtime.sleep(takeOverLastsMs, scope.deadline.signal)
  return (await heldBy()) !== 'another'
}
