import { bestEffort } from '../../operation/best-effort'
import { budgets } from '../../operation/budgets'
import { unlessNotFound } from '../../operation/platform-errors'
import type { Scope } from '../../operation/scope'
import { declareCache } from '../../shared/cache'
import { fieldsOf } from '../../shared/fields'

const intervalMs = 60 * 60_000
/** Neither a new process' first message nor those right after it wait for a call that serves nobody in the chat. */
const quietAtFirstMs = 30_000

/** When the first webhook came, when the times were last written down, and the time of the last one by action. */
type Arrivals = { firstAtMs: number; writtenAtMs: number; atMsByAction: Record<string, number> }
const arrivals = declareCache<Arrivals>(500)

/**
 * Notes that a webhook arrived with the right secret. Only an arriving webhook proves that LiveChat has the right URL and
 * secret, so Diagnose reports when each action last arrived. Written once an hour and process, after the work and before
 * the answer. Never fails a delivery.
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
  // Before the attempt: one that fails is not repeated by every webhook of the next hour.
  noted.writtenAtMs = nowMs
  await bestEffort(scope, { budgetMs, code: 'last_webhook_not_noted', level: 'debug' }, (limited) =>
    write(limited, noted.atMsByAction),
  )
}

/** Other processes note other actions: what they wrote is kept. */
const write = async (scope: Scope, atMsByAction: Record<string, number>): Promise<void> => {
  const before = await readLastWebhooks(scope)
  await scope.client.setState({ ...placeOf(scope), payload: { atMsByAction: { ...before, ...atMsByAction } } })
}

/** When a webhook of each action last arrived, in milliseconds, as far as it was noted. */
export const readLastWebhooks = async (scope: Scope): Promise<Record<string, number>> =>
  timesOf((await unlessNotFound(scope.client.getState(placeOf(scope))))?.state.payload)

/** The times in a state. One that was reset, or that cannot be read, holds none. */
const timesOf = (payload: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fieldsOf(fieldsOf(payload)['atMsByAction'])).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  )

const placeOf = (scope: Scope) => ({ type: 'integration', id: scope.integrationId, name: 'webhooksAccepted' }) as const
