import type { FaultEffect } from '../../sandbox/faults'

/** How long a request is on its way, one way. */
export type LatencyRates = {
  typicalMs: number
  /** Share of the ways that take up to `slowMs`. */
  slowShare: number
  slowMs: number
}

/** How often things go wrong, as shares from 0 to 1. */
export type Rates = {
  latency: LatencyRates
  /** Of the requests to each vendor. */
  botpress: number
  livechat: number
  /** Of the deliveries of webhooks. */
  webhooks: number
  /** Of the calls that a process makes, and of the answers that it gives. */
  kills: number
}

export type Side = 'livechat' | 'botpress'

/** From `fromMs` to `toMs`, nothing reaches the vendor. */
export type Outage = { side: Side; fromMs: number; toMs: number }

/**
 * For a moment, a share of what one kind of request does goes wrong. All else is as usual. `route`: only requests of
 * this route. `effect`: how it goes wrong; otherwise this is drawn.
 */
export type Squall = {
  what: keyof Omit<Rates, 'latency'>
  route?: string
  fromMs: number
  toMs: number
  share: number
  effect?: FaultEffect
}

/** `killed`: the process that made the call, or was about to answer, ends there. */
export type MishapEffect = FaultEffect | { kind: 'killed'; when: 'before' | 'after' }

/** The `number`-th request of a route, `caller of <route>` for the process that makes it, or `answer of <operation>`. */
export type Place = { route: string; number: number }

/** Something that goes wrong at a place, and at the next ones of its route if `times` is more than 1. */
export type Mishap = Place & { effect: MishapEffect; times?: number }

export const calmRates: Rates = {
  latency: { typicalMs: 20, slowShare: 0, slowMs: 3_000 },
  botpress: 0,
  livechat: 0,
  webhooks: 0,
  kills: 0,
}
