import type { LedgerView } from '../../control/views'

export type Direction = { from: string; to: string }

/** Which way a request went. Effects went nowhere. */
export const directionOf = ({ side, kind }: LedgerView): Direction | undefined => {
  const vendor = side === 'livechat' ? 'LiveChat' : 'Botpress'
  if (kind === 'call') return { from: 'Integration', to: vendor }
  if (kind === 'delivery') return { from: vendor, to: 'Integration' }
  return undefined
}

/** Botpress' passing on of a webhook: the same request a second and third time. */
export const isHop = ({ name }: LedgerView): boolean =>
  name === 'webhook/receive' || name === 'operation/webhook_received'

export const outcomeOf = ({ status, detail, kind, name }: LedgerView): 'good' | 'bad' | 'lost' | 'none' => {
  if (kind === 'effect') return 'none'
  // A state that nobody has kept yet is answered so: nothing is wrong.
  if (status === 404 && name.includes('/states/')) return 'none'
  if (status === undefined || detail?.fault === 'reset' || detail?.fault === 'hang') return 'lost'
  return status < 400 ? 'good' : 'bad'
}

/** The entry in short: what it was about. */
export const summaryOf = ({ detail = {} }: LedgerView): string =>
  Object.entries(detail)
    .filter(([name, value]) => !hidden.has(name) && (typeof value === 'string' || typeof value === 'number'))
    .slice(0, 4)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' · ')

const hidden = new Set(['botId', 'webhookId', 'fault', 'attempt'])
