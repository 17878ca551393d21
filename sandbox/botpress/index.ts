import type { SandboxClock } from '../clock'
import type { Faults } from '../faults'
import { startHttpServer, type SandboxRequest, type SandboxResponse, type StartServer } from '../http-server'
import type { Ledger } from '../ledger'
import { apiRouteName, handleApiRequest } from './api/router'
import { politeBot, silentBot, type Bot, type BotFlow, type BotScript } from './bot'
import { processContinuation } from './conversation-flow'
import type { DefinitionJson } from './definition'
import {
  addPublicFile,
  addTelegramFile,
  FILE_HOST,
  fileRouteName,
  handleFileRequest,
  isFilePath,
  TELEGRAM_HOST,
} from './file-host'
import { createIds } from './ids'
import { Installation } from './installation'
import type { Instance } from './instance'
import { takeLogLine } from './issues'
import { defaultKnobs, type BotpressKnobs } from './knobs'
import { register, saveConfiguration } from './life-cycle'
import { takeDownstreamEvent } from './plugin/downstream-event'
import { takeDownstreamMessage } from './plugin/downstream-message'
import type { IssueView } from './objects'
import type { PluginSettings } from './plugin/settings'
import { Schedule } from './schedule'
import { Store } from './store'
import { handleWebhook, WEBHOOK_HOST, webhookIdOf, webhookUrlOf } from './webhook-host'
import { Lanes, Work } from './work'
import type { PublicFile, World } from './world'
import { stamp } from './world'

export type { DefinitionJson, JsonSchema } from './definition'
export type { BotpressKnobs } from './knobs'
export { politeBot, silentBot, noPersonText, type BotFlow, type BotMessage, type BotReply, type BotScript } from './bot'
export type { PluginSettings } from './plugin/settings'
export { pluginTexts, closeCommand, namelessAgent } from './plugin/texts'
export { BotpressApiError, OperationFailed } from './errors'
export type { Installation } from './installation'
export type { IssueView } from './objects'
export type { ChatLine } from './chat-line'
export type { EndUser, EndUserOptions, PastMessage, SessionView } from './end-user'
export { FILE_HOST, TELEGRAM_HOST, WEBHOOK_HOST }

export type BotpressEmulatorOptions = {
  clock: SandboxClock
  ledger: Ledger
  faults: Faults
  random: () => number
  definition: DefinitionJson
  /** What the integration must send as its bearer token. */
  token?: string
  latencyMs?: () => number
  port?: number
  /** Default: a server on loopback. */
  startServer?: StartServer | undefined
  knobs?: Partial<BotpressKnobs>
}

export type InstallOptions = {
  /** Where the integration's own server listens. */
  integrationUrl: string
  configuration: unknown
  /** Default: a new bot. */
  botId?: string
  /** Default: the integration's name. */
  alias?: string
  /** How the bot's owner has set the plugin. Default: nothing was changed. */
  plugin?: PluginSettings
}

export interface BotpressEmulator {
  url: string
  port: number
  token: string
  knobs: BotpressKnobs
  /**
   * Saves a configuration in a bot and registers; `status` shows the outcome. Throws InvalidPayload if the form would
   * refuse the configuration.
   */
  install(options: InstallOptions): Promise<Installation>
  installations(): Installation[]
  /**
   * What the bots answer, from the next message on, and what their flows do by themselves after a handoff. Default:
   * nothing.
   */
  setBot(script: BotScript, afterHandoff?: BotFlow): void
  /** Takes a line that an integration's process has written: Botpress collects these, and shows the issues among them. */
  takeLogLine(line: string): void
  /** The page "Issues" of the dashboard, oldest first. */
  issues(): IssueView[]
  /** Stores a file that an end user can send. Returns its public url. */
  addPublicFile(file: PublicFile): string
  /** Stores a file that an end user sent by Telegram, at an address that contains the token of the bot. */
  addTelegramFile(file: PublicFile): string
  /** Waits until nothing is queued or under way. What is scheduled for a later clock time does not count. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Starts the runtime API, the webhook host and the file host on one loopback port. */
export const startBotpress = async (options: BotpressEmulatorOptions): Promise<BotpressEmulator> => {
  const world = createWorld(options)
  const installations = new Set<Installation>()
  const bot: Bot = { script: politeBot, afterHandoff: silentBot }
  const { latencyMs, port } = options
  const server = await (options.startServer ?? startHttpServer)({
    side: 'botpress',
    ledger: options.ledger,
    faults: options.faults,
    routeOf: (request) => routeName(world, request),
    handle: (request) => world.work.run(() => handle(world, request, server.url)),
    ...(latencyMs ? { latencyMs } : {}),
    ...(port === undefined ? {} : { port }),
  })
  const integrationId = world.ids.next('intver')
  return {
    url: server.url,
    port: server.port,
    token: world.token,
    knobs: world.knobs,
    install: async (settings) => {
      const instance = createInstance(world, integrationId, settings, bot)
      saveConfiguration(world, instance, settings.configuration)
      world.instances.set(instance.webhookId, instance)
      const installation = new Installation(world, instance, bot)
      installations.add(installation)
      await register(world, instance)
      return installation
    },
    installations: () => [...installations],
    setBot: (script, afterHandoff = silentBot) => {
      Object.assign(bot, { script, afterHandoff })
    },
    takeLogLine: (line) => takeLogLine(world, line),
    issues: () => [...world.issues.values()],
    addPublicFile: (file) => addPublicFile(world, file),
    addTelegramFile: (file) => addTelegramFile(world, file),
    settle: () => world.work.settle(),
    close: () => {
      world.schedule.cancelAll()
      return server.close()
    },
  }
}

const createWorld = (options: BotpressEmulatorOptions): World => {
  const { clock, ledger, faults, random, definition } = options
  const knobs: BotpressKnobs = { ...defaultKnobs, ...options.knobs }
  const work = new Work()
  const report = (error: unknown): void => {
    process.stderr.write(`sandbox botpress: ${error instanceof Error ? error.stack : String(error)}\n`)
  }
  return {
    clock,
    ledger,
    faults,
    random,
    definition,
    knobs,
    work,
    ids: createIds(clock, random),
    token: options.token ?? 'sandbox-token',
    inbox: new Lanes(work, report),
    outbox: new Lanes(work, report),
    schedule: new Schedule(clock),
    instances: new Map(),
    publicFiles: new Map(),
    issues: new Map(),
  }
}

const createInstance = (world: World, integrationId: string, settings: InstallOptions, bot: Bot): Instance => {
  const botId = settings.botId ?? world.ids.uuid()
  const webhookId = world.ids.uuid()
  const store = new Store()
  store.users.set(botId, { ...stamp(world, 'user'), id: botId, name: 'Bot', tags: {}, pluginTags: {}, isBot: true })
  const instance: Instance = {
    botId,
    botUserId: botId,
    alias: settings.alias ?? (world.knobs.usesOwnAlias ? 'our-desk' : world.definition.name),
    integrationId,
    integrationUrl: settings.integrationUrl,
    webhookId,
    webhookUrl: webhookUrlOf(webhookId),
    configuration: settings.configuration,
    pluginSettings: settings.plugin ?? {},
    status: 'registration_pending',
    store,
    upstream: new Store(),
    receiver: {
      takeMessage: (message) => takeDownstreamMessage({ world, instance }, message),
      takeEvent: async (event) => takeDownstreamEvent({ world, instance }, event),
      continueFlow: (upstream) => processContinuation({ world, instance }, bot, upstream),
    },
    botEvents: [],
    logs: [],
  }
  return instance
}

type Host = 'api' | 'webhook' | 'files'

// A call without a vendor's host name came directly; then the path shows which host is meant.
const hostOf = (world: World, { host, path }: SandboxRequest): Host => {
  if (host === WEBHOOK_HOST) return 'webhook'
  if (host === FILE_HOST || host === TELEGRAM_HOST || isFilePath(path)) return 'files'
  return world.instances.has(webhookIdOf(path)) ? 'webhook' : 'api'
}

const routeName = (world: World, request: SandboxRequest): string => {
  const host = hostOf(world, request)
  if (host === 'webhook') return 'webhook/receive'
  return host === 'files' ? fileRouteName(request) : apiRouteName(request)
}

const handle = async (world: World, request: SandboxRequest, origin: string): Promise<SandboxResponse> => {
  const host = hostOf(world, request)
  if (host === 'webhook') return handleWebhook(world, request)
  return host === 'files' ? handleFileRequest(world, request) : handleApiRequest(world, request, origin)
}
