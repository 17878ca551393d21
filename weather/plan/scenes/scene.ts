import type { FaultEffect } from '../../../sandbox/faults'
import { calmPlan } from '../calm-plan'
import type { Person, Plan, Step } from '../plan'
import type { Squall } from '../rates'
import { agent, person } from '../steps'

/**
 * A short plan in which everything goes well, so that one mishap at a time can be put into it. Several steps a second
 * show an agent who writes while a start, a transfer or an end is under way. `luck`: added to the seed, for a scene that
 * needs certain processes.
 */
export type Scene = { name: string; luck: number; plan: Omit<Plan, 'seed'> }

export const [first, second] = [person(0), person(1)]
export const [amber, birch, cedar] = [agent(0, 0), agent(1, 0), agent(2, 0)]
export const [amberToSecond, birchToSecond] = [agent(0, 1), agent(1, 1)]

const people: Person[] = [
  { name: 'Person 0', email: 'person0@example.com', channel: 'webchat' },
  { name: 'Person 1', email: 'person1@example.com', channel: 'whatsapp' },
]
export const family: Person[] = people.map((each) => ({ ...each, email: 'family@example.com' }))

export const scene = (name: string, steps: Step[][], more: Partial<Plan> = {}, luck = 0): Scene => {
  const all = steps.flat().sort((a, b) => a.atMs - b.atMs)
  return {
    name,
    luck,
    plan: {
      people,
      steps: all,
      ...calmPlan,
      // What goes wrong goes wrong once, so a mishap may also come in what follows the last step.
      calmAtMs: (all.at(-1)?.atMs ?? 0) + 60_000,
      ...more,
    },
  }
}

/** LiveChat makes its four attempts after these times. */
export const undeliverableAt = (atMs: number): Squall[] =>
  [0, 10_000, 25_000, 45_000].map((laterMs) => {
    const fromMs = atMs + laterMs - 100
    return { what: 'webhooks', fromMs, toMs: fromMs + 1_000, share: 1, effect: { kind: 'reset', when: 'before' } }
  })

/** For this time, each request of a route goes wrong in this way. */
export const disturbed = (route: string, fromMs: number, toMs: number, effect: FaultEffect): Squall => ({
  what: route.startsWith('customer/') ? 'livechat' : 'botpress',
  ...{ route, fromMs, toMs, share: 1, effect },
})

/** What an end user writes now is on its way for more than a second, and so is what is read beside it. */
export const slowAt = (atMs: number): Squall[] =>
  ['customer/send_event', 'customer/get_chat'].map((route) =>
    disturbed(route, atMs - 100, atMs + 490, { kind: 'delay', delayMs: 1_200, when: 'after' }),
  )

export const oneProcess = { clocksAheadMs: [0] }
export const twoProcesses = { clocksAheadMs: [0, 0], freezes: true }

/** Both still answer what they pick up themselves. */
export const everybodyAway: Step[] = [0, 1].map((number) => ({
  atMs: 0,
  who: 'license',
  agent: number,
  does: 'agentLeaves',
}))

/** Nobody is given a chat; agents pick them up. */
export const waiting = (): Plan['knobs'] => ({ livechatKnobs: { autoAssign: false }, botpressKnobs: {} })
