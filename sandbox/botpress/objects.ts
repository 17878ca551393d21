import type { PluginSettings } from './plugin/settings'

export type Tags = Record<string, string>
export type Payload = Record<string, unknown>

type Stored = { id: string; seq: number; createdAtMs: number; updatedAtMs: number }

export type User = Stored & {
  tags: Tags
  /** Tags that belong to the bot's plugin, not to the integration. */
  pluginTags: Tags
  name?: string | undefined
  pictureUrl?: string | undefined
  attributes?: Record<string, string> | undefined
  /** The bot itself; never listed. */
  isBot?: boolean
}

export type Conversation = Stored & {
  channel: string
  integration: string
  tags: Tags
  pluginTags: Tags
  participantIds: string[]
  /** What the plugin knows about this conversation. */
  hitl: 'never' | 'active' | 'ended'
  /** What the plugin saved about the latest session of an end user's conversation. */
  handoff?: { settings: PluginSettings; userId: string }
}

export type Message = Stored & {
  type: string
  payload: Payload
  direction: 'incoming' | 'outgoing'
  userId: string
  conversationId: string
  tags: Tags
  pluginTags: Tags
  origin?: 'synthetic' | undefined
}

export type EventStatus = 'pending' | 'processed' | 'ignored' | 'failed' | 'scheduled' | 'canceled'

export type Event = Stored & {
  type: string
  payload: Payload
  conversationId?: string | undefined
  userId?: string | undefined
  messageId?: string | undefined
  status: EventStatus
  failureReason: string | null
}

export type StateType = 'conversation' | 'user' | 'integration'

export type State = Stored & {
  type: StateType
  ownerId: string
  name: string
  payload: Payload
  expiryMs: number | null
  expiresAtMs: number | null
}

export type StoredFile = Stored & {
  key: string
  declaredSize: number
  contentType: string
  tags: Tags
  metadata: Payload
  accessPolicies: ('public_content' | 'integrations')[]
  isImmediatelyAccessible: boolean
  index: boolean
  expiresAtMs: number | null
  uploadToken: string
  content?: { bytes: Buffer; storedAtMs: number; isTaggedPublic: boolean }
}

/** An entry on the page "Issues" of the dashboard: issues with the same code and equal values of `groupBy` are one. */
export type IssueView = {
  code: string
  category: string
  title: string
  description: string
  /** The fields of the last one. */
  data: Record<string, string>
  count: number
}
