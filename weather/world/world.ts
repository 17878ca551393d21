import { definitionJson } from '../../tools/definition-json'
import definition from '../../integration.definition'
import { startSystem, clientId, webhookSecret, type System } from '../../sandbox/start-sandbox'
import type { EndUser } from '../../sandbox/botpress'
import type { Plan } from '../plan/plan'
import type { Outage } from '../plan/rates'
import { createChance } from '../plan/chance'
import { Cloud } from './cloud'
import { Deeds } from './deeds'
import { enterWorld } from './globals'
import { History } from './history'
import { Network } from './network'
import { Sky } from './sky'
import { Timeline } from './timeline'
import { createFetch, replaceAxiosAdapter } from './transport'

const START_MS = Date.UTC(2026, 0, 5, 9)
/** By then the bot is registered. The times of a plan count from here. */
export const FIRST_STEP_MS = START_MS + 10_000
const INTEGRATION_URL = 'https://integration.invalid'

/** One world: the processes, both vendors, the people, and the record of what truly happened. */
export type World = {
  plan: Plan
  timeline: Timeline
  system: System
  cloud: Cloud
  sky: Sky
  history: History
  deeds: Deeds
  people: EndUser[]
  /** What the bot's owner can read in the log of the integration. */
  ownerLog: string[]
  /** Lines that only the maintainers see, such as the place of an unexpected error. */
  maintainerLog: string[]
}

let current: { cloud: Cloud; timeline: Timeline } | undefined
const running = (): { cloud: Cloud; timeline: Timeline } => {
  if (!current) throw new Error('No world runs')
  return current
}
replaceAxiosAdapter(
  () => running().cloud,
  () => running().timeline,
)

// The same for all worlds: making it takes longer than a session.
const platformDefinition = definitionJson(definition)

/** Builds the world of a plan: a registered bot with its people, and a license with two agents. */
export const createWorld = async (plan: Plan): Promise<World> => {
  const timeline = new Timeline(START_MS)
  const chance = createChance(plan.seed)
  const { rates, outages, calmAtMs, mishaps, freezes, clocksAheadMs, seed } = plan
  const times = { fromMs: FIRST_STEP_MS, calmAtMs: FIRST_STEP_MS + calmAtMs }
  const later = ({ side, fromMs, toMs }: Outage): Outage => ({
    side,
    fromMs: FIRST_STEP_MS + fromMs,
    toMs: FIRST_STEP_MS + toMs,
  })
  const sky = new Sky({ timeline, chance, rates, outages: outages.map(later), mishaps, ...times })
  const network = new Network(timeline, (name) => sky.latencyMs(name))
  const history = new History(timeline, FIRST_STEP_MS)
  const cloud = new Cloud({ timeline, network, chance, sky, history, seed, freezes, clocksAheadMs })
  current = { cloud, timeline }
  const ownerLog: string[] = []
  const maintainerLog: string[] = []
  enterWorld(
    {
      timeline,
      fetch: createFetch(network, cloud, INTEGRATION_URL),
      onLine: (line) => void (isForOwner(line) ? ownerLog : maintainerLog).push(line),
    },
    seed,
  )
  const system = await timeline.runThrough(startParts(plan, timeline, network))
  system.faults.livechat.take = (route) => sky.faultAt('livechat', route)
  system.faults.botpress.take = (route) => sky.faultAt('botpress', route)
  system.botpress.setBot(({ text }) => (text?.includes('agent please') ? [{ handOff: { description: text } }] : []))
  const deeds = new Deeds()
  system.ledger.subscribe(({ name, detail }) => {
    if (name === 'event_added') deeds.noteEvent(detail ?? {})
  })
  const people = plan.people.map(({ name, email, channel }) =>
    system.installation.endUser({ name, channel, ...(email === undefined ? {} : { email }) }),
  )
  return { plan, timeline, system, cloud, sky, history, deeds, people, ownerLog, maintainerLog }
}

const startParts = async (plan: Plan, timeline: Timeline, network: Network): Promise<System> => {
  process.env['BP_LOG_FORMAT'] = 'json'
  process.env['BP_API_URL'] = 'https://api.botpress.cloud'
  const system = await startSystem({
    clock: timeline,
    seed: plan.seed,
    // Whoever shares an address then shares a customer, which is the harder case.
    configuration: { mergeByEmail: plan.mergesByEmail },
    definition: platformDefinition,
    startServer: network.startServer,
    startIntegration: (options) => {
      process.env['BP_TOKEN'] = options.botpressToken
      return Promise.resolve(integrationInCloud)
    },
    livechatKnobs: { deliveryGraceMs: 0, ...plan.knobs.livechatKnobs },
    botpressKnobs: plan.knobs.botpressKnobs,
  })
  if (plan.webhooks === 'all') registerOtherWebhooks(system)
  return system
}

const integrationInCloud = {
  url: INTEGRATION_URL,
  pid: undefined,
  logs: () => [],
  onLog: () => () => undefined,
  setClock: () => Promise.resolve(),
  kill: () => Promise.resolve(),
  restart: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** Besides the three that hub.md requires. */
const registerOtherWebhooks = ({ livechat, installation }: System): void => {
  const others = [
    ...['event_updated', 'event_deleted', 'incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'],
    'thread_properties_updated',
  ]
  for (const action of others) {
    livechat.webhooks.register({ action, url: installation.webhookUrl, secretKey: webhookSecret, clientId })
  }
}

const isForOwner = (line: string): boolean => line.includes('"visible_to_bot_owner":true')
