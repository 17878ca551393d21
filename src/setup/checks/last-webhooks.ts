import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { unlessNotFound } from '../../operation/failures/platform-errors'
import type { Scope } from '../../operation/scope'
import { declareCache } from '../../shared/cache'
import { fieldsOf } from '../../shared/fields'

const intervalMs = 60 * 60_000
/**
 * Within this time after the first webhook of a process, we do not store the times: no message should wait for that.
 */
const quietAtFirstMs = 30_000

/** When the first webhook came, when we last stored the times, and when the last webhook of each action came. */
type Arrivals = { firstAtMs: number; writtenAtMs: number; atMsByAction: Record<string, number> }
const arrivals = declareCache<Arrivals>(500)

/**
 * Notes that a webhook arrived with the right secret. Only an arriving webhook proves that LiveChat has the right URL
 * and secret, so Diagnose reports when each action last arrived. A process stores the times at most once an hour, after
 * the webhook's work and before the answer. A delivery never fails because of this.
 */
export const noteWebhook = async (scope: Scope, action: string): Promise<void> => {
  const nowMs = scope.runtime.nowMs()
  const cache = arrivals(scope.memory)
  const key = scope.key('arrivals')
  const noted = cache.get(key) ?? { firstAtMs: nowMs, writtenAtMs: -Infinity, atMsByAction: {} }
  noted.atMsByAction[action] = nowMs
  cache.set(key, noted)
  if (nowMs - noted.firstAtMs < quietAtFirstMs || nowMs - noted.writtenAtMs < intervalMs) return
  const budgetMs = budgets.webhook.lastWebhookMs
  if (scope.deadline.remainingMs() <= budgetMs) return
  // We set this before the attempt. So after a failed attempt, the webhooks of the next hour do not try again.
  noted.writtenAtMs = nowMs
  await bestEffort(scope, { budgetMs, code: 'webhook_times_not_stored', level: 'debug' }, (limited) =>
    write(limited, noted.atMsByAction),
  )
}

/** Other processes may have stored the times of other actions. We keep those. */
const write = async (scope: Scope, atMsByAction: Record<string, number>): Promise<void> => {
  const before = await readLastWebhooks(scope)
  await scope.client.setState({ ...placeOf(scope), payload: { atMsByAction: { ...before, ...atMsByAction } } })
}

/** When a webhook of each action last arrived, in milliseconds since 1970, as far as we have stored it. */
export const readLastWebhooks = async (scope: Scope): Promise<Record<string, number>> =>
  timesOf((await unlessNotFound(scope.client.getState(placeOf(scope))))?.state.payload)

/** The times in a state. A state that was reset, or that cannot be read, holds none. */
const timesOf = (payload: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fieldsOf(fieldsOf(payload)['atMsByAction'])).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  )

const placeOf = (scope: Scope) => ({ type: 'integration', id: scope.integrationId, name: 'webhooksAccepted' }) as const
