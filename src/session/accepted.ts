import { withDeadline } from '../shared/deadline'
import { isNotFound } from './platform-call'
import type { Scope } from './scope'

const intervalMs = 60 * 60_000
const budgetMs = 1_500

/**
 * A webhook only shows by its arrival that LiveChat has the right address and secret, so the times are kept for whoever
 * looks for a mistake. They are written once an hour and process, and not in its first half minute: neither the first
 * message of a new process nor the ones right after it may wait for a call that serves nobody in the chat.
 */
const quietAtFirstMs = 30_000

/** Notes that a webhook was accepted. Comes after its work, ends before its answer, and never changes that. */
export const noteAccepted = async (scope: Scope, action: string): Promise<void> => {
  const nowMs = scope.runtime.nowMs()
  const key = scope.key('accepted')
  const noted = scope.memory.acceptance.get(key) ?? { firstAtMs: nowMs, atMsByAction: {} }
  noted.atMsByAction[action] = nowMs
  scope.memory.acceptance.set(key, noted)
  const { firstAtMs, writtenAtMs = -Infinity } = noted
  if (nowMs - firstAtMs < quietAtFirstMs || nowMs - writtenAtMs < intervalMs) return
  if (scope.deadline.remainingMs() <= budgetMs) return
  // Before the attempt: one that fails is not repeated by every webhook of the next hour.
  noted.writtenAtMs = nowMs
  try {
    await withDeadline(scope.runtime, budgetMs, () => write(scope, noted.atMsByAction))
  } catch (error) {
    scope.log.debug('acceptance_not_noted', { error: error instanceof Error ? error.name : 'unknown' })
  }
}

/** Other processes note other actions: what they wrote is kept. */
const write = async (scope: Scope, atMsByAction: Record<string, number>): Promise<void> => {
  const before = await readAccepted(scope)
  await scope.client.setState({ ...placeOf(scope), payload: { atMsByAction: { ...before, ...atMsByAction } } })
}

/** When a webhook of each action was last accepted, as far as it was noted. */
export const readAccepted = async (scope: Scope): Promise<Record<string, number>> => {
  try {
    return (await scope.client.getState(placeOf(scope))).state.payload.atMsByAction
  } catch (error) {
    if (isNotFound(error)) return {}
    throw error
  }
}

const placeOf = (scope: Scope) => ({ type: 'integration', id: scope.integrationId, name: 'webhooksAccepted' }) as const
