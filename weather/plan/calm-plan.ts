import type { Plan } from './plan'
import { calmRates } from './rates'

/** One process, all webhooks, and nothing goes wrong. */
export const calmPlan = {
  clocksAheadMs: [0],
  freezes: false,
  webhooks: 'all',
  mergesByEmail: false,
  rates: calmRates,
  outages: [],
  knobs: { livechatKnobs: {}, botpressKnobs: {} },
} satisfies Partial<Plan>
