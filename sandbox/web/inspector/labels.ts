import type { LedgerView } from '../../control/views'

export type Direction = { from: string; to: string }

/** The direction of a request. Effects have none. */
export const directionOf = ({ side, kind }: LedgerView): Direction | undefined => {
  const vendor = side === 'livechat' ? 'LiveChat' : 'Botpress'
  if (kind === 'call') return { from: 'Integration', to: vendor }
  if (kind === 'delivery') return { from: vendor, to: 'Integration' }
  return undefined
}

/** A step by which Botpress passes on a webhook: the same request a second and third time. */
export const isHop = ({ name }: LedgerView): boolean =>
  name === 'webhook/receive' || name === 'operation/webhook_received'

export const outcomeOf = ({ status, detail, kind, name }: LedgerView): 'good' | 'bad' | 'lost' | 'none' => {
  if (kind === 'effect') return 'none'
  // This is the answer for a state that does not exist yet. Nothing is wrong.
  if (status === 404 && name.includes('/states/')) return 'none'
  if (status === undefined || detail?.fault === 'reset' || detail?.fault === 'hang') return 'lost'
  return status < 400 ? 'good' : 'bad'
}

/** A short summary of the entry. */
export const summaryOf = ({ detail = {} }: LedgerView): string =>
  Object.entries(detail)
    .filter(([name, value]) => !hidden.has(name) && (typeof value === 'string' || typeof value === 'number'))
    .slice(0, 4)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' · ')

const hidden = new Set(['botId', 'webhookId', 'fault', 'attempt'])
