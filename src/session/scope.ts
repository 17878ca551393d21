import type * as bp from '../bp'
import { createHttp, type Http } from '../livechat/http'
import type { LiveChatApp } from '../livechat/accounts'
import type { Deadline } from '../shared/deadline'
import { createMediaFetcher, type FetchMedia } from '../shared/fetch-media'
import { createLog, type Log } from '../shared/log'
import { createCache, type Cache, type Runtime } from '../shared/runtime'
import { createSequence, createSingleFlight } from '../shared/single-flight'
import type { Customers } from './customers'
import type { Session } from './session'
import { readSettings, type Settings } from './settings'

/** What one process remembers between operations. All of it may be lost at any time. */
export type Memory = {
  http: Http
  fetchMedia: FetchMedia
  sessions: Cache<Session>
  customers: Cache<Customers>
  /** Botpress user ids of agents, by e-mail and by opaque id. */
  agents: Cache<{ userId: string }>
  /** Relays under way or done, by event id: each gives the Botpress user of the author. */
  relays: Cache<Promise<string>>
  /** Sessions for which a delivery failed: the thread is read at the next touch. */
  missedDeliveries: Cache<{ conversationId: string }>
  /** Installations whose LiveChat refuses system messages from customers. */
  plainBotVoice: Cache<{ refused: true }>
  /** When the last scheduled item of a session is due: later ones must not overtake it. */
  lastScheduledAt: Cache<{ atMs: number }>
  refusalsLogged: Cache<{ atMs: number }>
  renewals: <T>(key: string, work: () => Promise<T>) => Promise<T>
  inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>
}

export const createMemory = (runtime: Runtime): Memory => ({
  http: createHttp(runtime),
  fetchMedia: createMediaFetcher(runtime),
  sessions: createCache(10_000),
  customers: createCache(5_000),
  agents: createCache(2_000),
  relays: createCache(5_000),
  missedDeliveries: createCache(5_000),
  plainBotVoice: createCache(500),
  lastScheduledAt: createCache(2_000),
  refusalsLogged: createCache(500),
  renewals: createSingleFlight() as Memory['renewals'],
  inTurn: createSequence(),
})

/** What one operation works with: whose bot it is, how it is configured, and how long it may take. */
export type Scope = {
  runtime: Runtime
  memory: Memory
  client: bp.Client
  log: Log
  settings: Settings
  app: LiveChatApp
  deadline: Deadline
  integrationId: string
  /** Key in a shared cache: two bots in one process never share an entry. */
  key: (...parts: string[]) => string
}

type Props = { ctx: bp.Context; client: bp.Client; logger: bp.Logger }

/** @throws RuntimeError when the configuration is unusable */
export const createScope = (
  props: Props,
  runtime: Runtime,
  memory: Memory,
  deadline: Deadline,
  redirectUri: string = webhookUrlOf(props.ctx),
): Scope => {
  const settings = readSettings(props.ctx.configuration)
  const installation = JSON.stringify([props.ctx.botId, props.ctx.integrationId, settings.clientId, settings.organizationId])
  return {
    runtime,
    memory,
    client: props.client,
    log: createLog(props.logger.forBot()),
    settings,
    app: { clientId: settings.clientId, organizationId: settings.organizationId, redirectUri },
    deadline,
    integrationId: props.ctx.integrationId,
    key: (...parts) => JSON.stringify([installation, ...parts]),
  }
}

/** The address that LiveChat calls, which is also the app's redirect URI. The public host stands in when Botpress names none. */
export const webhookUrlOf = (ctx: { webhookId: string }): string =>
  `${process.env['BP_WEBHOOK_URL'] ?? 'https://webhook.botpress.cloud'}/${ctx.webhookId}`
