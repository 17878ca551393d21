import { resolve } from 'node:path'
import definition from '../integration.definition'
import { definitionJson } from '../tools/definition-json'
import {
  startBotpress,
  FILE_HOST,
  TELEGRAM_HOST,
  type BotpressEmulator,
  type BotpressKnobs,
  type DefinitionJson,
  type Installation,
  type PluginSettings,
} from './botpress'
import { causeHeader } from './cause'
import { RunningClock, VirtualClock, type SandboxClock } from './clock'
import { Faults } from './faults'
import type { StartServer } from './http-server'
import { startIntegration, type IntegrationOptions, type IntegrationProcess } from './integration/process'
import { Ledger } from './ledger'
import { startLiveChat, type LiveChatEmulator, type LiveChatKnobs } from './livechat'
import { seededRandom } from './random'

export type SandboxOptions = {
  seed?: number
  clock?: VirtualClock
  /** Settings besides the three required fields. */
  configuration?: Record<string, unknown>
  livechatKnobs?: Partial<LiveChatKnobs>
  botpressKnobs?: Partial<BotpressKnobs>
  /** How the bot's owner has set the HITL plugin. */
  plugin?: PluginSettings
  /** Time limits and back-off inside the integration's process end this many times sooner. */
  timeScale?: number
  /**
   * Uses the filter that hub.md recommends for `incoming_event`. Default `true`. Without it the integration gets its
   * own events.
   */
  filterAgentsOnly?: boolean
  webhookVersion?: '3.5' | '3.6' | '3.7'
  /**
   * Puts a Personal Access Token with these scopes into the configuration. No webhooks are then made by hand, because
   * the integration registers its own.
   */
  agentAccess?: readonly string[] | undefined
  /** Real time by which each answer of either emulator is held back. Default 0. */
  latencyMs?: number
  /** Default: what `npm run build` writes. */
  bundlePath?: string
  /** Further addresses, names and variables of the integration's process. */
  process?: Partial<Pick<IntegrationOptions, 'addressMap' | 'nameMap' | 'countsSteps' | 'env'>>
  /** Replaces the bundle in a process of its own, for tests that need thousands of restarts. */
  startIntegration?: (options: IntegrationOptions) => Promise<IntegrationProcess>
}

export type SystemOptions = Omit<SandboxOptions, 'clock'> & {
  clock: SandboxClock
  /** Fixed ports on loopback. Default: any free ones. */
  ports?: { livechat?: number; botpress?: number }
  /** Definition of another integration than this repository's. */
  definition?: DefinitionJson
  /** Configuration of such an integration, instead of this one's three required fields. */
  foreignConfiguration?: Record<string, unknown>
  /** Serves both emulators in another way than by HTTP on loopback. */
  startServer?: StartServer
  /** Keeps the bodies of requests and answers in the ledger, for the page. Default false. */
  keepsExchanges?: boolean
}

/** Everything around one deployed integration: LiveChat, Botpress, and the bundle in a process of its own. */
export type System = {
  clock: SandboxClock
  ledger: Ledger
  faults: { livechat: Faults; botpress: Faults }
  livechat: LiveChatEmulator
  botpress: BotpressEmulator
  integration: IntegrationProcess
  installation: Installation
  definition: DefinitionJson
  /** The configuration in use, secrets included. */
  configuration: Record<string, unknown>
  /** Waits until nothing is under way on any side. What is due later on the clock does not count. */
  settle: () => Promise<void>
  /** Sends this body to the installation's webhook URL, as anybody can. */
  postWebhook: (body: string, method?: string) => Promise<{ status: number; body: string }>
  /** Delivers a webhook as LiveChat does, with the right secret. Resolves with the status of the answer. */
  deliverWebhook: (action: string, payload: Record<string, unknown>) => Promise<number>
  close: () => Promise<void>
}

/** A system whose time moves only when told to. */
export type Sandbox = System & {
  clock: VirtualClock
  /** Moves the clock and waits until everything that this caused is done. */
  advance: (durationMs: number) => Promise<void>
}

export const clientId = '9cbf3a968289727cb3cdfe83ab1d9836'
export const webhookSecret = 'sandbox-webhook-secret-7f3a'
export const amber = { email: 'amber@example.com', name: 'Agent Amber' } as const
export const birch = { email: 'birch@example.com', name: 'Agent Birch' } as const
/** The administrator who makes Personal Access Tokens. This agent takes no chats. */
export const plum = { email: 'plum@example.com', name: 'Agent Plum' } as const
/** The scopes that a Personal Access Token needs, as docs/agent-access.md lists them. */
export const agentScopes = [
  ...['webhooks.configuration:rw', 'webhooks.state:rw', 'agents--all:ro', 'groups--all:ro', 'chats--all:rw'],
] as const
export const salesGroup = { id: 3, name: 'Sales' } as const

/** The same object each time, because the emulators keep what they compiled for a schema. */
let own: DefinitionJson | undefined
const ownDefinition = (): DefinitionJson => (own ??= definitionJson(definition))

const builtBundlePath = resolve(__dirname, '../dist/index.cjs')

/** A system with a clock of its own, for tests and scripts. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const clock = options.clock ?? new VirtualClock()
  const system = await startSystem({ ...options, clock })
  return {
    ...system,
    clock,
    advance: async (durationMs) => {
      await clock.advance(durationMs)
      await system.settle()
    },
  }
}

/** Starts both emulators and the bundle at `dist/index.cjs`, and sets up a license and a bot as hub.md says. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  const random = seededRandom(options.seed ?? 1)
  const { clock, ports = {} } = options
  const latencyMs = (): number => options.latencyMs ?? 0
  const used: DefinitionJson = options.definition ?? ownDefinition()
  const ledger = new Ledger(clock, { keepsExchanges: options.keepsExchanges ?? false })
  const faults = { livechat: new Faults(random), botpress: new Faults(random) }
  const botpress = await startBotpress({
    clock,
    ledger,
    random,
    faults: faults.botpress,
    definition: used,
    latencyMs,
    startServer: options.startServer,
    ...(ports.botpress === undefined ? {} : { port: ports.botpress }),
    ...(options.botpressKnobs ? { knobs: options.botpressKnobs } : {}),
  })
  const livechat = await startLiveChat({
    clock,
    ledger,
    random,
    faults: faults.livechat,
    deliver: (url, body, signal) => deliverTo(botpress, url, body, signal),
    latencyMs,
    startServer: options.startServer,
    ...(ports.livechat === undefined ? {} : { port: ports.livechat }),
    ...(options.livechatKnobs ? { knobs: options.livechatKnobs } : {}),
  })
  const integration = await (options.startIntegration ?? startIntegration)({
    bundlePath: options.bundlePath ?? builtBundlePath,
    ...(clock instanceof VirtualClock || clock instanceof RunningClock ? { clock } : {}),
    botpressUrl: botpress.url,
    botpressToken: botpress.token,
    addressMap: {
      'accounts.livechat.com': livechat.port,
      'api.livechatinc.com': livechat.port,
      'cdn.livechat-files.com': livechat.port,
      [FILE_HOST]: botpress.port,
      [TELEGRAM_HOST]: botpress.port,
      ...options.process?.addressMap,
    },
    ...(options.process?.nameMap ? { nameMap: options.process.nameMap } : {}),
    ...(options.timeScale === undefined ? {} : { timeScale: options.timeScale }),
    keepsTraces: options.keepsExchanges ?? false,
    countsSteps: options.process?.countsSteps ?? false,
    reusesProcess: true,
    env: { BP_WEBHOOK_URL: 'https://webhook.botpress.cloud', ...options.process?.env },
  })

  integration.onLog((line) => botpress.takeLogLine(line))

  setUpTeam(livechat)
  const ownFields = { clientId, organizationId: livechat.license.organizationId, webhookSecret }
  const configuration: Record<string, unknown> = {
    ...(options.foreignConfiguration ?? ownFields),
    ...(options.agentAccess ? { agentAccess: addAgentAccess(livechat, options.agentAccess) } : {}),
    ...options.configuration,
  }
  // In the same order as a bot's owner: the app needs the installation's address, which exists only after the
  // installation.
  const installation = await botpress.install({
    integrationUrl: integration.url,
    configuration,
    ...(options.plugin ? { plugin: options.plugin } : {}),
  })
  livechat.license.addApp({ clientId, redirectUris: [installation.webhookUrl], installed: true })
  if (!options.agentAccess) setUpWebhooks(livechat, installation.webhookUrl, options)
  await installation.register()

  const settle = async (): Promise<void> => {
    for (;;) {
      const mark = ledger.mark()
      await botpress.settle()
      await livechat.settle()
      if (ledger.mark() === mark) return
    }
  }
  await settle()
  const postWebhook: Sandbox['postWebhook'] = async (body, method = 'POST') => {
    const url = botpress.url + new URL(installation.webhookUrl).pathname
    const response = await fetch(url, { method, ...(method === 'GET' ? {} : { body }) })
    return { status: response.status, body: await response.text() }
  }
  return {
    clock,
    ledger,
    faults,
    livechat,
    botpress,
    integration,
    installation,
    definition: used,
    configuration,
    settle,
    postWebhook,
    deliverWebhook: async (action, payload) => {
      const { organizationId } = livechat.license
      const envelope = {
        webhook_id: 'by-hand',
        secret_key: webhookSecret,
        action,
        organization_id: organizationId,
        payload,
      }
      return (await postWebhook(JSON.stringify(envelope))).status
    },
    close: async () => {
      await integration.close()
      await Promise.all([livechat.close(), botpress.close()])
    },
  }
}

const deliverTo = async (
  botpress: BotpressEmulator,
  url: string,
  body: string,
  signal: AbortSignal,
): Promise<{ status: number }> => {
  const response = await fetch(botpress.url + new URL(url).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...causeHeader() },
    body,
    signal,
  })
  await response.arrayBuffer()
  return { status: response.status }
}

const setUpTeam = ({ license }: LiveChatEmulator): void => {
  license.addGroup(salesGroup)
  for (const agent of [amber, birch]) {
    license.addAgent({
      ...agent,
      avatar: `cdn.livechatinc.com/avatars/${agent.email.split('@')[0]}.png`,
      groupIds: [0, salesGroup.id],
      status: 'accepting_chats',
    })
  }
}

/** Makes a Personal Access Token as an administrator does in the Developer Console. */
export const addAgentAccess = (
  { license }: LiveChatEmulator,
  scopes: readonly string[],
): { accountId: string; personalAccessToken: string } => {
  const isThere = license.agents().some(({ id }) => id === plum.email)
  if (!isThere) license.addAgent({ ...plum, role: 'administrator', status: 'not_accepting_chats' })
  const basic = license.addPat({ agentEmail: plum.email, scopes: [...scopes] })
  const [accountId = '', ...token] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { accountId, personalAccessToken: token.join(':') }
}

const setUpWebhooks = (livechat: LiveChatEmulator, url: string, options: SystemOptions): void => {
  const { filterAgentsOnly = true, webhookVersion = '3.6' } = options
  for (const action of ['incoming_event', 'chat_deactivated', 'chat_transferred']) {
    livechat.webhooks.register({
      action,
      url,
      secretKey: webhookSecret,
      type: 'license',
      clientId,
      version: webhookVersion,
      ...(action === 'incoming_event' && filterAgentsOnly ? { filters: { author_type: 'agent' } } : {}),
    })
  }
}
