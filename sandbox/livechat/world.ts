import type { SandboxClock } from '../clock'
import type { Ledger } from '../ledger'
import type {
  Actor,
  Agent,
  AgentToken,
  ApiVersion,
  App,
  Chat,
  Customer,
  CustomerToken,
  Group,
  Pat,
  Properties,
  RegisteredProperty,
  StoredFile,
  Webhook,
} from './model'
import { createIds, type Ids } from './ids'
import type { LiveChatKnobs } from './knobs'

/** Something that a webhook may report. Payloads are made at once, so that they show the state of this moment. */
export type Notice = {
  action: string
  actor: Actor
  payload: (version: ApiVersion) => Record<string, unknown>
  chat?: Chat
  /** Author of the event, for the `author_type` filter; absent for system messages. */
  authorKind?: 'customer' | 'agent'
  /** For the `agent_ids` filter. */
  agentId?: string
  /** Whether the event is of the type `system`, which 3.5 does not know. */
  isSystemEvent?: boolean
  /** Ids for the ledger. */
  ids: Record<string, string>
}

export type World = {
  clock: SandboxClock
  ledger: Ledger
  random: () => number
  knobs: LiveChatKnobs
  ids: Ids
  license: {
    organizationId: string
    isExpired: boolean
    properties: Properties
    groupProperties: Map<number, Properties>
  }
  apps: Map<string, App>
  groups: Map<number, Group>
  agents: Map<string, Agent>
  customers: Map<string, Customer>
  customerTokens: Map<string, CustomerToken>
  agentTokens: Map<string, AgentToken>
  identityTransfers: Map<string, { customerId: string; clientId: string; codeChallenge?: string; expiresAtMs: number }>
  /** By the token itself. */
  pats: Map<string, Pat>
  chats: Map<string, Chat>
  /** By path on the CDN. */
  files: Map<string, StoredFile>
  webhooks: Map<string, Webhook>
  registeredProperties: Map<string, RegisteredProperty>
  tags: Set<string>
  /** RFC 3339 with microseconds. Never the same twice, so that times order events. */
  now: () => string
  effect: (name: string, detail: Record<string, unknown>) => void
  announce: (notice: Notice) => void
  /** Resolves when the webhooks under way are done, or after the grace time. Used by callbacks of the clock. */
  whenDelivered: () => Promise<void>
}

type WorldOptions = Pick<World, 'clock' | 'ledger' | 'random' | 'knobs'>

/** An empty license. Webhooks are connected by the caller. */
export const createWorld = (options: WorldOptions): World => {
  const { clock, ledger, random } = options
  const ids = createIds(random)
  return {
    ...options,
    ids,
    license: { organizationId: ids.uuid(), isExpired: false, properties: {}, groupProperties: new Map() },
    apps: new Map(),
    groups: new Map([[0, { id: 0, name: 'General', languageCode: 'en' }]]),
    agents: new Map(),
    customers: new Map(),
    customerTokens: new Map(),
    agentTokens: new Map(),
    identityTransfers: new Map(),
    pats: new Map(),
    chats: new Map(),
    files: new Map(),
    webhooks: new Map(),
    registeredProperties: new Map(),
    tags: new Set(),
    now: createTimestamps(clock),
    effect: (name, detail) => void ledger.record({ side: 'livechat', kind: 'effect', name, detail }),
    announce: () => undefined,
    whenDelivered: () => Promise.resolve(),
  }
}

const createTimestamps = (clock: SandboxClock): (() => string) => {
  let lastMs = -1
  let micros = 0
  return () => {
    const nowMs = clock.nowMs()
    micros = nowMs === lastMs ? Math.min(micros + 1, 999) : 0
    lastMs = nowMs
    return new Date(nowMs).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`)
  }
}

export const findChatOf = (world: World, customerId: string): Chat | undefined =>
  [...world.chats.values()].find((chat) => chat.customerId === customerId)

export const lastThread = (chat: Chat): Chat['threads'][number] | undefined => chat.threads.at(-1)

export const activeThread = (chat: Chat): Chat['threads'][number] | undefined => {
  const last = lastThread(chat)
  return last?.active ? last : undefined
}

export const isBanned = (world: World, customer: Customer): boolean =>
  customer.bannedUntilMs !== undefined && customer.bannedUntilMs > world.clock.nowMs()
