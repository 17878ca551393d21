import { calmPlan } from './calm-plan'
import type { Plan, Step } from './plan'
import { calmRates } from './rates'
import { agent, person } from './steps'

const HANDOFF_MS = 60_000
const PEOPLE = 5

/** One handoff with everything of which a process may remember something. */
const handoff = (number: number): Step[] => {
  const endUser = person(number % PEOPLE)
  const [amber, birch] = [agent(0, number % PEOPLE), agent(1, number % PEOPLE)]
  return [
    endUser(0, 'ask'),
    amber(2_000, 'say'),
    endUser(8_000, 'say', 'sendFile'),
    amber(9_000, 'say', 'edit', 'note', 'sendFile', 'offer'),
    endUser(14_000, 'answer', 'sendBloc'),
    amber(15_000, 'delete'),
    amber(18_000, 'transfer'),
    birch(20_000, 'say', 'passOn'),
    amber(24_000, 'say'),
    amber(26_000, 'close'),
  ].flat()
}

/**
 * One handoff a minute, all of them in one process, whose caches keep only two entries. A few calls fail, but the process
 * lives on.
 */
export const manyHandoffs = (count: number): Plan => ({
  seed: 1,
  people: Array.from({ length: PEOPLE }, (_, index) => ({
    name: `Person ${index}`,
    email: `person${index}@example.com`,
    channel: 'webchat',
  })),
  steps: Array.from({ length: count }, (_, number) =>
    handoff(number).map((step) => ({ ...step, atMs: step.atMs + number * HANDOFF_MS })),
  ).flat(),
  ...calmPlan,
  cacheEntries: 2,
  rates: { ...calmRates, livechat: 0.02, botpress: 0.02, webhooks: 0.02 },
  calmAtMs: count * HANDOFF_MS,
})
