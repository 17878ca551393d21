import { allDoubts, type KnobSettings } from '../../sandbox/knob-settings'
import { between, createChance, oneOf, type Chance } from './chance'
import type { AgentDeed, LicenseDeed, Person, PersonDeed, Plan, Step } from './plan'
import { strangerSteps } from './strangers'
import { calmRates, type Outage, type Rates, type Squall } from './rates'

/** How bad the weather may be. `calm`: nothing goes wrong. */
export type Climate = 'calm' | 'breeze' | 'storm'

/** Makes the plan of a world. The same seed and climate give the same plan. */
export const generatePlan = (seed: number, climate: Climate): Plan => {
  const chance = createChance(seed)
  const bots = chance.draw('bots') < 0.3 ? 2 : 1
  const agents = chance.draw('agents') < 0.3 ? 3 : 2
  const people = Array.from({ length: between(chance.draw('people'), 1, 5) }, (_, index) => person(chance, index, bots))
  const steps = people
    .flatMap((_, index) => stepsOf(chance, index, agents))
    .concat(licenseSteps(chance, climate), strangerSteps(chance))
    .sort((a, b) => a.atMs - b.atMs)
  const calmAtMs = (steps.at(-1)?.atMs ?? 0) + 5_000
  return {
    seed,
    people,
    steps,
    clocksAheadMs: clocks(chance, climate),
    freezes: chance.draw('freezes') < 0.5,
    webhooks: chance.draw('webhooks') < 0.3 ? 'three' : 'all',
    mergesByEmail: chance.draw('merges') < 0.5,
    ...(bots > 1 ? { bots } : {}),
    ...(agents > 2 ? { agents } : {}),
    ...(chance.draw('agent access') < 0.3 ? { hasAgentAccess: true } : {}),
    ...(chance.draw('group') < 0.2 ? { usesGroup: true } : {}),
    ...(chance.draw('memory') < 0.1 ? { cacheEntries: between(chance.draw('cache entries'), 2, 12) } : {}),
    ...ratesOf(chance, climate, steps),
    outages: climate === 'storm' ? outagesOf(chance, steps, calmAtMs) : [],
    calmAtMs,
    knobs: knobsOf(chance, climate),
  }
}

const person = (chance: Chance, index: number, bots: number): Person => {
  const isShared = chance.draw(`shared address of ${index}`) < 0.3
  const isNameless = chance.draw(`address of ${index}`) < 0.2
  return {
    name: `Person ${index}`,
    ...(isShared ? { email: 'family@example.com' } : isNameless ? {} : { email: `person${index}@example.com` }),
    channel: oneOf(chance.draw(`channel of ${index}`), [
      'webchat',
      'webchat',
      'webchat',
      'whatsapp',
      'telegram',
    ] as const),
    ...(bots > 1 ? { bot: index % bots } : {}),
  }
}

type Weighted<T> = readonly (readonly [T, number])[]

const personDeeds: Weighted<PersonDeed> = [
  ['say', 30],
  ['sayMuch', 0.5],
  ['end', 2],
  ['botStops', 1],
  ['ask', 2],
  ['sendFile', 2],
  ['sendBloc', 1],
  ['answer', 3],
  ['typeNumber', 1],
  ['otherSays', 1],
  ['botSays', 1],
  ['rate', 1],
  ['isForgotten', 0.1],
]
const agentDeeds: Weighted<AgentDeed> = [
  ['say', 34],
  ['note', 4],
  ['edit', 6],
  ['editNote', 1],
  ['delete', 2],
  ['sendFile', 2],
  ['noteFile', 1],
  ['offer', 3],
  ['transfer', 3],
  ['passOn', 1],
  ['join', 1],
  ['leave', 1],
  ['close', 3],
  ['reopen', 3],
  ['sayFromOutside', 1],
  ['supervise', 1],
  ['ban', 0.1],
]

const pick = <T>(draw: number, items: Weighted<T>): T => {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0)
  let rest = draw * total
  for (const [item, weight] of items) {
    rest -= weight
    if (rest < 0) return item
  }
  throw new Error('A draw lies outside of 0 to 1')
}

/** One or two sessions of an end user: each begins with a question, and has about thirty steps. */
const stepsOf = (chance: Chance, index: number, agents: number): Step[] => {
  const steps: Step[] = []
  let atMs = between(chance.draw(`begin of ${index}`), 0, 20_000)
  const sessions = between(chance.draw(`sessions of ${index}`), 1, 2)
  for (let session = 0; session < sessions; session += 1) {
    steps.push({ atMs, who: 'person', person: index, does: 'ask' })
    const length = between(chance.draw(`length ${index} ${session}`), 6, 34)
    for (let step = 0; step < length; step += 1) {
      const name = `${index} ${session} ${step}`
      atMs += gapMs(chance.draw(`gap ${name}`), chance.draw(`size of gap ${name}`))
      steps.push(stepOf(chance, name, { person: index, agents, atMs }))
    }
    atMs += between(chance.draw(`pause ${index} ${session}`), 1_000, 120_000)
  }
  return steps
}

/** Mostly people answer within seconds. Some write several lines within one. */
const gapMs = (kind: number, size: number): number => Math.floor(kind < 0.3 ? size * 400 : 500 + size * size * 12_000)

const stepOf = (
  chance: Chance,
  name: string,
  { person, agents, atMs }: { person: number; agents: number; atMs: number },
): Step =>
  chance.draw(`side ${name}`) < 0.45
    ? { atMs, who: 'person', person, does: pick(chance.draw(`deed ${name}`), personDeeds) }
    : {
        atMs,
        who: 'agent',
        person,
        agent: between(chance.draw(`agent ${name}`), 0, agents - 1),
        does: pick(chance.draw(`deed ${name}`), agentDeeds),
      }

const licenseDeeds: readonly LicenseDeed[] = [
  ...(['expireTokens', 'agentLeaves', 'agentReturns', 'rotateSecret', 'upgrade', 'askAvailability'] as const),
]

const licenseSteps = (chance: Chance, climate: Climate): Step[] =>
  climate === 'calm'
    ? []
    : Array.from({ length: between(chance.draw('license'), 0, 4) }, (_, index) => ({
        atMs: between(chance.draw(`license at ${index}`), 0, 200_000),
        who: 'license' as const,
        agent: between(chance.draw(`license agent ${index}`), 0, 1),
        does: oneOf(chance.draw(`license deed ${index}`), licenseDeeds),
      }))

const clocks = (chance: Chance, climate: Climate): number[] =>
  Array.from({ length: between(chance.draw('processes'), 1, 5) }, (_, slot) => {
    const draw = chance.draw(`clock ${slot}`)
    const isWrong = climate === 'storm' && draw < 0.1
    return isWrong ? (draw < 0.05 ? -600_000 : 600_000) : 0
  })

/** Each world has its own mixture: some have only slow calls, some only kills, some only a few squalls. */
const ratesOf = (chance: Chance, climate: Climate, steps: readonly Step[]): Pick<Plan, 'rates' | 'squalls'> => {
  const typicalMs = oneOf(chance.draw('typical'), [5, 20, 60, 150])
  if (climate !== 'calm' && chance.draw('squalls') < 0.4) {
    const latency = { ...calmRates.latency, typicalMs }
    return { rates: { ...calmRates, latency }, squalls: squallsOf(chance, steps) }
  }
  const worst = { calm: 0, breeze: 0.01, storm: 0.05 }[climate]
  const rate = (name: string): number => (chance.draw(`has ${name}`) < 0.5 ? 0 : worst * chance.draw(`rate of ${name}`))
  const rates: Rates = {
    latency: {
      typicalMs,
      slowShare: climate === 'calm' ? 0 : oneOf(chance.draw('slow'), [0, 0.02, 0.1]),
      slowMs: 3_000,
    },
    botpress: rate('botpress'),
    livechat: rate('livechat'),
    // In some worlds most webhooks are lost, and only reads bring what they said.
    webhooks: climate === 'storm' && chance.draw('deaf') < 0.1 ? 0.7 : rate('webhooks') * 4,
    kills: rate('kills') / 2,
  }
  return { rates }
}

const squallsOf = (chance: Chance, steps: readonly Step[]): Squall[] =>
  Array.from({ length: between(chance.draw('number of squalls'), 2, 6) }, (_, index) => {
    const draw = (what: string): number => chance.draw(`${what} of squall ${index}`)
    const turn = oneOf(draw('turn'), turnsOf(steps))
    const fromMs = turn.atMs + (draw('begin') - 0.2) * 2_000
    const what = oneOf(draw('kind'), ['botpress', 'livechat', 'webhooks', 'kills', 'botpress', 'livechat'] as const)
    // Of a vendor, one kind of call may fail for longer than LiveChat repeats a webhook.
    const routes = what === 'botpress' || what === 'livechat' ? routesOf[what] : undefined
    const isOfOneRoute = routes !== undefined && draw('scope') < 0.5
    return {
      what,
      ...(isOfOneRoute ? { route: oneOf(draw('route'), routes) } : {}),
      fromMs,
      toMs: fromMs + 200 + draw('length') * (isOfOneRoute ? 60_000 : 4_000),
      share: isOfOneRoute ? 0.5 + draw('share') * 0.5 : 0.2 + draw('share') * 0.7,
    }
  })

/** What sessions cannot do without, or do often. */
const routesOf = {
  botpress: [
    'GET /v1/chat/conversations',
    'GET /v1/chat/conversations/:id',
    'GET /v1/chat/messages',
    'GET /v1/chat/states/:type/:id/:name',
    'GET /v1/chat/users',
    'POST /v1/chat/conversations/get-or-create',
    'POST /v1/chat/events',
    'POST /v1/chat/initialize-incoming-message',
    'POST /v1/chat/messages/get-or-create',
    'POST /v1/chat/states/:type/:id/:name',
    'POST /v1/chat/states/:type/:id/:name/get-or-set',
    'POST /v1/chat/users/get-or-create',
    'PUT /v1/chat/conversations/:id',
    'PUT /v1/chat/messages/:id',
  ],
  livechat: [
    'accounts/token',
    'agent/get_chat',
    'customer/deactivate_chat',
    'customer/get_chat',
    'customer/list_chats',
    'customer/resume_chat',
    'customer/send_event',
    'customer/start_chat',
    'customer/upload_file',
  ],
} as const

/** Where a session begins, changes or ends. */
const turnsOf = (steps: readonly Step[]): Step[] =>
  steps.filter(({ does }) => ['ask', 'end', 'botStops', 'close', 'transfer', 'edit', 'isForgotten'].includes(does))

/** Longest time by which a late webhook comes late. */
const LATEST_MS = 60_000

/** Many outages begin in the middle of something: shortly after a question, or when somebody ends a session. */
const outagesOf = (chance: Chance, steps: readonly Step[], calmAtMs: number): Outage[] => {
  if (chance.draw('outage') >= 0.4) return []
  const turns = turnsOf(steps)
  const turn = turns[Math.floor(chance.draw('turn of outage') * turns.length)]
  const isAtTurn = turn !== undefined && chance.draw('outage at a turn') < 0.5
  const begin = chance.draw('begin of outage')
  const fromMs = isAtTurn ? turn.atMs + begin * 1_500 : begin * calmAtMs
  const lengthMs = chance.draw('length of outage') * 0.4 * calmAtMs
  return [{ side: chance.draw('side of outage') < 0.5 ? 'botpress' : 'livechat', fromMs, toMs: fromMs + lengthMs }]
}

/** Webhooks are repeated, swapped and late in some worlds. Up to two further knobs stand otherwise than usual. */
const knobsOf = (chance: Chance, climate: Climate): KnobSettings => {
  const knobs: KnobSettings = { livechatKnobs: { autoAssign: chance.draw('assigned') < 0.8 }, botpressKnobs: {} }
  if (climate === 'calm') return knobs
  const has = (name: string, share: number): boolean => chance.draw(`webhooks ${name}`) < share
  if (has('handed over again', 0.1))
    Object.assign(knobs.botpressKnobs, {
      repeatFailedOperations: true,
      repeatAfterMs: oneOf(chance.draw('wait until handed over again'), [0, 8_000]),
    })
  if (has('handed over at once', 0.1)) knobs.botpressKnobs.concurrentMessageOperations = true
  if (has('that read what is old', 0.15))
    Object.assign(knobs.botpressKnobs, {
      listLagMs: oneOf(chance.draw('lag of lists'), [500, 1_500, 5_000]),
      readLagMs: oneOf(chance.draw('lag of reads'), [0, 500]),
    })
  if (has('repeated', 0.3)) knobs.livechatKnobs.webhookDuplicates = 2
  if (has('swapped', 0.3)) knobs.livechatKnobs.webhookShuffle = true
  if (climate === 'storm' && has('late', 0.2)) knobs.livechatKnobs.webhookDelayMs = LATEST_MS
  for (let number = 0; number < between(chance.draw('knobs'), 0, 2); number += 1) {
    const { side, name, value } = oneOf(chance.draw(`knob ${number}`), allDoubts)
    Object.assign(knobs[side], { [name]: value })
  }
  return knobs
}
