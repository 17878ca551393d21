import { judge } from '../check/judge'
import type { Plan } from '../plan/plan'
import { calmRates } from '../plan/rates'
import { play } from '../world/play'

export type Shrunk = { plan: Plan; plays: number }

/**
 * Makes a failing plan small: fewer mishaps, steps, end users and processes, usual knobs, even latencies. The same promise
 * must stay broken. Gives up after `mostPlays` worlds, with the smallest plan until then.
 */
export const shrink = async (failing: Plan, rule: string, mostPlays = 300): Promise<Shrunk> => {
  let plays = 0
  const stillFails = async (plan: Plan): Promise<boolean> => {
    if (plays >= mostPlays) return false
    plays += 1
    try {
      return judge(await play(plan), true).some(({ kind, name }) => kind === 'broken' && name === rule)
    } catch {
      // Another fault than the one that is looked for.
      return false
    }
  }
  let plan = await withNamedMishaps(failing)
  let before: string
  do {
    before = JSON.stringify(plan)
    for (const simpler of simplifications(plan)) {
      const candidate = { ...plan, ...simpler }
      if (JSON.stringify(candidate) !== JSON.stringify(plan) && (await stillFails(candidate))) plan = candidate
    }
    const { mishaps = [], steps } = plan
    plan = { ...plan, mishaps: await fewest(mishaps, (fewer) => stillFails({ ...plan, mishaps: fewer })) }
    plan = { ...plan, steps: await fewest(steps, (fewer) => stillFails({ ...plan, steps: fewer })) }
  } while (JSON.stringify(plan) !== before && plays < mostPlays)
  return { plan, plays }
}

/** The same plan, with the mishaps that were drawn as a list. */
const withNamedMishaps = async (plan: Plan): Promise<Plan> => {
  const { sky } = await play(plan)
  const { extraMishap: _, ...rest } = plan
  return {
    ...rest,
    mishaps: sky.happened,
    outages: [],
    squalls: [],
    rates: { ...calmRates, latency: plan.rates.latency },
  }
}

const simplifications = ({ people, steps, clocksAheadMs, rates }: Plan): Partial<Plan>[] => [
  ...people.map((_, person) => ({ steps: steps.filter((step) => !('person' in step) || step.person !== person) })),
  { steps: steps.filter(({ who }) => who !== 'stranger') },
  { bots: 1 },
  { hasAgentAccess: false },
  { usesGroup: false },
  { clocksAheadMs: [0] },
  { clocksAheadMs: [0, 0] },
  { clocksAheadMs: clocksAheadMs.map(() => 0) },
  { freezes: false },
  { webhooks: 'all' },
  { knobs: { livechatKnobs: {}, botpressKnobs: {} } },
  { rates: { ...rates, latency: calmRates.latency } },
  { people: people.map((person) => ({ ...person, channel: 'webchat' })) },
]

/** Leaves out ever smaller parts of a list as long as the rest still fails. */
const fewest = async <T>(items: T[], stillFails: (items: T[]) => Promise<boolean>): Promise<T[]> => {
  let kept = items
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)]
      if (await stillFails(without)) kept = without
      else from += size
    }
  }
  return kept
}
