export type ApiVersion = '3.5' | '3.6' | '3.7'
export type Visibility = 'all' | 'agents'
export type Properties = Record<string, Record<string, unknown>>
export type SessionField = Record<string, string>
export type RoutingStatus = 'accepting_chats' | 'not_accepting_chats' | 'offline'
export type AgentRole = 'owner' | 'viceowner' | 'administrator' | 'normal'

/** Who does something, and through which app. Webhook filters need both. */
export type Actor =
  | { kind: 'customer'; id: string; clientId: string }
  | { kind: 'agent'; id: string; clientId: string | undefined }
  | { kind: 'system' }

/** The app that licensed agents work with, which has a Client ID of its own. */
export const LIVECHAT_APP_CLIENT_ID = 'bb9e5b2f1ab480e4a715977b7b1b4279'

export type App = {
  clientId: string
  redirectUris: string[]
  installed: boolean
  webhooksEnabled: boolean
  /** Made by another organization: it can be installed here, but this organization cannot configure it. */
  isOfOthers: boolean
}

export type Group = { id: number; name: string; languageCode: string }

export type WorkSchedule = { timezone: string; days: Record<string, { start: string; end: string }> }

export type Agent = {
  /** E-mail address, or opaque hex for bots. */
  id: string
  /** The id that customers see. */
  opaqueId: string
  accountId: string
  name: string
  avatar: string
  jobTitle: string
  role: AgentRole
  groupIds: number[]
  status: RoutingStatus
  maxChats: number
  /** Client ID of the app that owns the bot; absent for human agents. */
  botOwnerClientId?: string
  botSecret?: string
  /** The working hours, if an administrator has set any. The emulator does not change statuses by them. */
  workSchedule?: WorkSchedule
}

export type Address = { address?: string; city?: string; country?: string; state?: string; postal_code?: string }

export type Customer = {
  id: string
  /** The app whose token call made the customer. */
  clientId: string
  /** Set for identities per group (section 1.4 of the reference). */
  groupId?: number
  createdAt: string
  name?: string
  email?: string
  avatar?: string
  phoneNumber?: string
  sessionFields: SessionField[]
  omnichannel?: Record<string, unknown>
  address?: Address
  bannedUntilMs?: number
  /** Valid values of the `__lc_cst` cookie, with the time at which each expires. */
  cookieSecrets: Map<string, number>
  sneakPeek?: string
}

export type CustomerToken = { customerId: string; clientId: string; expiresAtMs: number }
export type AgentToken = { agentId: string; clientId: string; scopes: string[]; expiresAtMs: number }
export type Pat = { accountId: string; agentId: string; scopes: string[] }

export type ChatEvent = {
  id: string
  type: string
  createdAt: string
  customId?: string
  author?: { kind: 'customer' | 'agent'; id: string }
  visibility: Visibility
  properties: Properties
  isDeleted: boolean
  /** Fields of this type of event, under their wire names. */
  content: Record<string, unknown>
}

export type ChatUser = {
  id: string
  kind: 'customer' | 'agent'
  present: boolean
  visibility: Visibility
  eventsSeenUpTo?: string
}

export type Thread = {
  id: string
  createdAt: string
  active: boolean
  userIds: string[]
  events: ChatEvent[]
  properties: Properties
  groupIds: number[]
  queuedAt?: string
  /** The place in the queue that was last written into the properties. */
  toldPosition?: number
  tags: string[]
  summary?: { status: string; text: string; updated_at: string }
  /** Whether an agent, human or bot, was assigned before. */
  hadAgent: boolean
  cancelInactivity?: () => void
  closeForInactivity: (minutes: number) => void
}

export type Chat = {
  id: string
  customerId: string
  properties: Properties
  groupIds: number[]
  users: ChatUser[]
  threads: Thread[]
  isAnonymized: boolean
}

export type StoredFile = {
  name: string
  contentType: string
  bytes: Buffer
  uploadedAtMs: number
  isUsed: boolean
}

export type WebhookFilters = {
  author_type?: 'customer' | 'agent' | undefined
  only_my_chats?: boolean | undefined
  chat_presence?:
    | {
        user_ids?: { values?: string[] | undefined; exclude_values?: string[] | undefined } | undefined
        my_bots?: boolean | undefined
      }
    | undefined
  source_type?: ('my_client' | 'other_clients' | 'system')[] | undefined
  agent_ids?: string[] | undefined
}

export type Webhook = {
  id: string
  action: string
  url: string
  secretKey: string
  clientId: string
  type: 'license' | 'bot'
  version: ApiVersion
  description?: string
  filters?: WebhookFilters
  additionalData: string[]
  activeFromMs: number
}

export type RegisteredProperty = {
  namespace: string
  name: string
  type: string
  access: Record<string, { agent?: string[] | undefined; customer?: string[] | undefined }>
  isPublished: boolean
}
