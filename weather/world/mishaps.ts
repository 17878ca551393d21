import type { FaultEffect } from '../../sandbox/faults'
import { errorFault } from '../../sandbox/livechat'
import type { Mishap, MishapEffect, Place, Side } from '../plan/rates'

const page = '<html><body>Bad gateway</body></html>'

const botpressError = (status: number, type: string, when: 'before' | 'after' = 'before'): FaultEffect => ({
  kind: 'status',
  status,
  body: { id: 'err_weather', code: status, type, message: 'The weather is bad' },
  when,
})

const network: FaultEffect[] = [
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'hang', when: 'before' },
  { kind: 'hang', when: 'after' },
  { kind: 'delay', delayMs: 3_000, when: 'before' },
  { kind: 'delay', delayMs: 3_000, when: 'after' },
  { kind: 'delay', delayMs: 900, when: 'before' },
  { kind: 'junk', body: page },
  { kind: 'junk', body: page, when: 'after' },
]

/** What Botpress' API may answer instead of the truth. Only statuses that pass: a final refusal is no weather. */
const botpress: FaultEffect[] = [
  ...network,
  botpressError(401, 'Unauthorized'),
  botpressError(402, 'PaymentRequired'),
  botpressError(403, 'Forbidden'),
  botpressError(409, 'AlreadyExists'),
  botpressError(429, 'RateLimited'),
  botpressError(500, 'Internal'),
  botpressError(500, 'Internal', 'after'),
  botpressError(502, 'Unknown'),
  botpressError(503, 'Unknown', 'after'),
  botpressError(504, 'OperationTimeout', 'after'),
]

/** LiveChat gives up a request after 15 s, so until then it may still be carried out. */
const lateWrite: FaultEffect = { kind: 'delay', delayMs: 8_000, when: 'before' }

const livechat: FaultEffect[] = [
  ...network,
  lateWrite,
  errorFault('authentication'),
  errorFault('too_many_requests'),
  errorFault('internal'),
  errorFault('internal', 'after'),
  errorFault('service_unavailable'),
  errorFault('request_timeout', 'after'),
]

/** LiveChat's token server answers in a form of its own, so that only faults of the network fit. */
const accounts: FaultEffect[] = [
  ...network,
  { kind: 'status', status: 503, body: '' },
  { kind: 'status', status: 500, body: '' },
]

/** A webhook on its way through Botpress' host. */
const webhooks: FaultEffect[] = [
  ...network.filter(({ kind }) => kind !== 'junk'),
  { kind: 'status', status: 502, body: '' },
]

export const effectFor = (side: Side, route: string, draw: number): FaultEffect => {
  const effects =
    route === 'webhook/receive'
      ? webhooks
      : route.startsWith('accounts/')
        ? accounts
        : side === 'livechat'
          ? livechat
          : botpress
  const effect = effects[Math.floor(draw * effects.length)]
  if (!effect) throw new Error('A draw lies outside of 0 to 1')
  return effect
}

/** Long enough for an answer to be out of date, and too short to excuse anything. */
const SHORT_MS = 1_200

export const isShortDelay = (effect: MishapEffect): boolean => effect.kind === 'delay' && effect.delayMs <= SHORT_MS

const isRead = (route: string): boolean => route.startsWith('GET ') || /\/(?:get|list)_/.test(route)

/**
 * What can go wrong at a place, one effect of each kind. A refusal comes once, and also so often that repeating the call
 * does not help.
 */
export const mishapsAt = (place: Place): Mishap[] => {
  const { route } = place
  const mishap = (effect: MishapEffect, times = 1): Mishap => ({ ...place, effect, ...(times > 1 ? { times } : {}) })
  if (route.startsWith('answer of ')) return [mishap({ kind: 'killed', when: 'before' })]
  if (route.startsWith('caller of '))
    return [mishap({ kind: 'killed', when: 'before' }), mishap({ kind: 'killed', when: 'after' })]
  const refusals =
    route === 'webhook/receive'
      ? []
      : route.startsWith('accounts/')
        ? [mishap({ kind: 'status', status: 503, body: '' }), mishap({ kind: 'status', status: 503, body: '' }, 5)]
        : route.includes(' /v1/')
          ? [mishap(botpressError(403, 'Forbidden')), mishap(botpressError(403, 'Forbidden'), 3)]
          : [mishap(errorFault('internal')), mishap(errorFault('internal'), 5), mishap(errorFault('authentication'))]
  return [
    ...refusals,
    mishap({ kind: 'reset', when: 'before' }),
    mishap({ kind: 'reset', when: 'after' }),
    mishap({ kind: 'delay', delayMs: 3_000, when: 'before' }),
    mishap({ kind: 'delay', delayMs: 3_000, when: 'after' }),
    ...(isRead(route) ? [mishap({ kind: 'delay', delayMs: SHORT_MS, when: 'after' })] : []),
    ...(route === 'PUT /v1/chat/conversations/:id'
      ? [mishap({ kind: 'delay', delayMs: SHORT_MS, when: 'before' })]
      : []),
    mishap({ kind: 'hang', when: 'before' }),
    ...(/^customer\/(?!get_|list_)/.test(route) ? [mishap(lateWrite)] : []),
    // What needs agent access is never necessary, so it may hang for long.
    ...(route.startsWith('agent/') ? [mishap({ kind: 'hang', when: 'before' }, 5)] : []),
  ]
}
