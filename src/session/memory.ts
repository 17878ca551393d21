import type * as bp from '../bp'
import { createHttp, type Http } from '../livechat/http'
import { createMediaFetcher, type FetchMedia } from '../shared/fetch-media'
import { createCache, type Cache, type Runtime } from '../shared/runtime'
import { createShortNames } from '../shared/short-names'
import { createSequence, createSingleFlight } from '../shared/single-flight'
import type { EndReason } from './end-reason'
import type { Session } from './session'

/** The LiveChat customers of one Botpress user under the configured app, as this process knows them. */
export type Customers = { customers: bp.LiveChatCustomerState[] }

/** When the first webhook came, when the times were last written down, and the time of the last one by action. */
export type Acceptance = { firstAtMs: number; writtenAtMs?: number; atMsByAction: Record<string, number> }

/** What one process remembers between operations. All of it may be lost at any time. */
export type Memory = {
  /** Tells this process from others. */
  workerId: string
  /** A short stand-in for an installation, with which every key begins. */
  installations: (name: string) => string
  http: Http
  fetchMedia: FetchMedia
  sessions: Cache<Session>
  customers: Cache<Customers>
  /** The probe customer of an installation. */
  probes: Cache<bp.LiveChatCustomerState>
  /** Botpress user ids of agents, by e-mail and by opaque id. */
  agents: Cache<{ userId: string }>
  /** Threads that are no session of the installation. */
  foreignThreads: Cache<{ firstAskedAtMs: number; isForGood: boolean }>
  /** Events that have become messages, with the Botpress user of their author. */
  relayed: Cache<{ userId: string }>
  /** Threads of which a webhook failed: they are read at the next touch. */
  missedDeliveries: Cache<{ triedAtMs?: number }>
  /** Installations whose LiveChat refuses system messages from customers. */
  plainBotVoice: Cache<{ refused: true }>
  /** When the last scheduled item of a session is due: later ones must not overtake it. */
  lastScheduledAt: Cache<{ atMs: number }>
  /** When an agent's words were last brought to a session. */
  lastWordsAt: Cache<{ atMs: number }>
  /** Why LiveChat closes a thread, when a webhook brought its remark. */
  closingRemarks: Cache<{ reason: EndReason }>
  /** Who closed a thread, when a webhook or our own stop told. */
  closers: Cache<{ livechatUserId: string }>
  /** The choices that an agent showed last in a conversation. */
  shownChoices: Cache<{ eventId: string }>
  /** Events that were deleted before their message arrived. */
  deletedEarly: Cache<{ atMs: number }>
  refusalsLogged: Cache<{ atMs: number }>
  /** Webhooks accepted by this process for an installation. */
  acceptance: Cache<Acceptance>
  /** The data center of an agent's token, once LiveChat has named it. */
  agentRegions: Cache<{ name: string }>
  /** When LiveChat refused an agent's token something. */
  agentRefusals: Cache<{ atMs: number }>
  /** One renewal of a token at a time. */
  renewals: ReturnType<typeof createSingleFlight<string>>
  /** One relay of an event at a time. */
  relaysUnderWay: ReturnType<typeof createSingleFlight<string>>
  inTurn: ReturnType<typeof createSequence>
}

export const createMemory = (runtime: Runtime): Memory => ({
  workerId: runtime.newId(),
  installations: createShortNames(1_000),
  http: createHttp(runtime),
  fetchMedia: createMediaFetcher(runtime),
  // Two entries a session, by thread and by conversation: 10,000 live sessions cost no look-up.
  sessions: createCache(40_000),
  customers: createCache(20_000),
  probes: createCache(500),
  agents: createCache(2_000),
  foreignThreads: createCache(20_000),
  relayed: createCache(10_000),
  missedDeliveries: createCache(5_000),
  plainBotVoice: createCache(500),
  lastScheduledAt: createCache(2_000),
  lastWordsAt: createCache(2_000),
  closingRemarks: createCache(2_000),
  closers: createCache(2_000),
  shownChoices: createCache(2_000),
  deletedEarly: createCache(2_000),
  refusalsLogged: createCache(500),
  acceptance: createCache(500),
  agentRegions: createCache(500),
  agentRefusals: createCache(500),
  renewals: createSingleFlight(),
  relaysUnderWay: createSingleFlight(),
  inTurn: createSequence(),
})
