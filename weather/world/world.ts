import { definitionJson } from '../../tools/definition-json'
import definition from '../../integration.definition'
import { agentScopes, clientId, salesGroup, startSystem, webhookSecret, type System } from '../../sandbox/start-sandbox'
import type { EndUser, Installation } from '../../sandbox/botpress'
import type { Plan } from '../plan/plan'

import { createChance } from '../plan/chance'
import { Cloud } from './cloud'
import { Deeds } from './acts/deeds'
import { enterWorld } from './globals'
import { History } from './history'
import { Network } from './network'
import { Sky } from './sky'
import { Strangers } from './acts/strangers'
import { cedar } from './team'
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
  strangers: Strangers
  /** The bots of the license. The first one is that of `system`. */
  bots: Installation[]
  botOf: (person: number) => Installation
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
  const { rates, outages, squalls = [], calmAtMs, mishaps, extraMishap, freezes, clocksAheadMs, seed } = plan
  const times = { fromMs: FIRST_STEP_MS, calmAtMs: FIRST_STEP_MS + calmAtMs }
  const later = <T extends { fromMs: number; toMs: number }>(span: T): T => ({
    ...span,
    fromMs: FIRST_STEP_MS + span.fromMs,
    toMs: FIRST_STEP_MS + span.toMs,
  })
  const troubles = { outages: outages.map(later), squalls: squalls.map(later) }
  const sky = new Sky({ timeline, chance, rates, mishaps, extraMishap, ...troubles, ...times })
  const network = new Network(timeline, (name) => sky.latencyMs(name))
  const history = new History(timeline, FIRST_STEP_MS)
  const { repeats } = plan
  const cloud = new Cloud({ timeline, network, chance, sky, history, seed, freezes, clocksAheadMs, repeats })
  current = { cloud, timeline }
  const ownerLog: string[] = []
  const maintainerLog: string[] = []
  enterWorld(
    {
      timeline,
      fetch: createFetch(network, cloud, INTEGRATION_URL),
      onLine: (line) => void (isForOwner(line) ? ownerLog : maintainerLog).push(line),
      cacheEntries: plan.cacheEntries,
    },
    seed,
  )
  const { system, bots } = await timeline.runThrough(startParts(plan, timeline, network))
  system.faults.livechat.take = (route) => sky.faultAt('livechat', route)
  system.faults.botpress.take = (route) => sky.faultAt('botpress', route)
  system.botpress.setBot(({ text }) =>
    text?.includes('agent please') ? [{ handOff: { description: text }, fillsInUserEmail: true }] : [],
  )
  const deeds = new Deeds()
  system.ledger.subscribe(({ name, detail }) => {
    if (name === 'event_added') deeds.noteEvent(detail ?? {})
  })
  const strangers = new Strangers(system, network, deeds)
  const botOf = (person: number): Installation => bots[plan.people[person]?.bot ?? 0] ?? system.installation
  const people = plan.people.map(({ name, email, channel }, person) =>
    botOf(person).endUser({ name, channel, ...(email === undefined ? {} : { email }) }),
  )
  const seen = { history, deeds, people, ownerLog, maintainerLog }
  return { plan, timeline, system, cloud, sky, strangers, bots, botOf, ...seen }
}

type Parts = { system: System; bots: Installation[] }

const startParts = async (plan: Plan, timeline: Timeline, network: Network): Promise<Parts> => {
  process.env['BP_LOG_FORMAT'] = 'json'
  process.env['BP_API_URL'] = 'https://api.botpress.cloud'
  const system = await startSystem({
    clock: timeline,
    seed: plan.seed,
    configuration: settingsOf(plan),
    agentAccess: plan.hasAgentAccess === true ? agentScopes : undefined,
    definition: platformDefinition,
    startServer: network.startServer,
    startIntegration: (options) => {
      process.env['BP_TOKEN'] = options.botpressToken
      return Promise.resolve(integrationInCloud)
    },
    livechatKnobs: { deliveryGraceMs: 0, ...plan.knobs.livechatKnobs },
    botpressKnobs: plan.knobs.botpressKnobs,
  })
  if (plan.agents === 3)
    system.livechat.license.addAgent({ ...cedar, groupIds: [0, salesGroup.id], status: 'accepting_chats' })
  if (plan.webhooks === 'all' && plan.hasAgentAccess !== true)
    registerWebhooks(system, otherActions, { url: system.installation.webhookUrl, secretKey: webhookSecret, clientId })
  const others = Array.from({ length: (plan.bots ?? 1) - 1 }, (_, index) => addBot(plan, system, index + 2))
  return { system, bots: [system.installation, ...(await Promise.all(others))] }
}

/** What the bot's owner has entered for the integration's own texts to end users. */
export const ownTexts = {
  waitingAgain: 'You wait again.',
  messageDeleted: 'Something was removed.',
  notDelivered: 'That did not arrive.',
  chatClosed: 'The chat was closed before.',
} as const

const settingsOf = (plan: Plan): Record<string, unknown> => ({
  // Whoever shares an address then shares a customer, which is the harder case.
  mergeByEmail: plan.mergesByEmail,
  texts: ownTexts,
  ...(plan.usesGroup === true ? { groupId: salesGroup.id } : {}),
})

/** The app of a bot. */
export const clientIdOf = (bot: number): string => (bot === 0 ? clientId : clientId.slice(0, -1) + String(bot + 1))

/** A further bot of the same license, with an app, a secret and webhooks of its own. */
const addBot = async (plan: Plan, system: System, number: number): Promise<Installation> => {
  const { botpress, livechat } = system
  const app = { clientId: clientIdOf(number - 1), secretKey: `${webhookSecret}-${number}` }
  const { organizationId } = livechat.license
  const fields = { clientId: app.clientId, organizationId, webhookSecret: app.secretKey }
  const installation = await botpress.install({
    integrationUrl: INTEGRATION_URL,
    configuration: { ...fields, ...settingsOf(plan) },
  })
  const url = installation.webhookUrl
  livechat.license.addApp({ clientId: app.clientId, redirectUris: [url], installed: true })
  const actions = plan.webhooks === 'all' ? [...requiredActions, ...otherActions] : requiredActions
  registerWebhooks(system, actions, { url, ...app })
  await installation.register()
  return installation
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

/** The three that hub.md requires. */
const requiredActions = ['incoming_event', 'chat_deactivated', 'chat_transferred']
const otherActions = [
  ...['event_updated', 'event_deleted', 'incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'],
  'thread_properties_updated',
]

const registerWebhooks = (
  { livechat }: System,
  actions: string[],
  target: { url: string; secretKey: string; clientId: string },
): void => {
  for (const action of actions) livechat.webhooks.register({ action, ...target })
}

const isForOwner = (line: string): boolean => line.includes('"visible_to_bot_owner":true')
