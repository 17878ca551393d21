/**
 * What the control server sends to its clients. This file needs no other: the page is compiled against it alone, and
 * the server's answers are checked against it.
 */
export type Snapshot = {
  nowMs: number
  installation: { status: string; reason?: string; webhookUrl: string; processId?: number }
  people: PersonView[]
  agents: AgentView[]
  groups: { id: number; name: string }[]
  chats: ChatView[]
  /** Faults that have not happened yet. */
  faults: PendingFault[]
  /** Whether LiveChat delivers the next webhook more than once. */
  duplicatesNext: boolean
  routing: 'automatic' | 'manual'
  /** Log lines that the bot's owner can read. */
  log: { atMs: number; level: 'info' | 'error'; text: string }[]
}

/** An end user and their conversation with the bot. */
export type PersonView = {
  id: string
  name: string
  email: string
  session: { active: boolean; conversationId?: string; userId?: string; agentName?: string }
  /** The LiveChat chat of the latest session. */
  chatId?: string
  messages: MessageView[]
  /** Ids that stand for this end user and their chats in the ledger. */
  ids: string[]
}

export type MessageView = {
  /** `me`, `bot`, or the agent's name. */
  from: string
  type: string
  payload: Record<string, unknown>
  atMs: number
}

export type AgentStatus = 'accepting_chats' | 'not_accepting_chats' | 'offline'

export type AgentView = {
  /** E-mail address. */
  id: string
  name: string
  jobTitle: string
  groupIds: number[]
  status: AgentStatus
  maxChats: number
}

export type ChatView = {
  chatId: string
  /** The chat's latest thread. */
  threadId: string
  state: 'assigned' | 'queued' | 'unassigned' | 'closed'
  groupIds: number[]
  queuePosition?: number
  customer: { id: string; name: string; email?: string; sessionFields: Record<string, string>[] }
  agentIds: string[]
  /** Every event of every thread of the chat. */
  transcript: EventView[]
}

export type EventView = {
  eventId: string
  threadId: string
  at: string
  type: string
  author: string
  authorKind: 'customer' | 'agent' | 'system'
  /** The event as the agent's app would print it. */
  text: string
  isPrivate: boolean
  /** The event in the Agent API's shape. */
  event: Record<string, unknown>
}

export type PendingFault = {
  side: 'livechat' | 'botpress'
  route: string
  effect: { kind: string }
  /** `null` means for ever. */
  left: number | null
}

/** A ledger entry without secrets. */
export type LedgerView = {
  seq: number
  atMs: number
  side: 'livechat' | 'botpress'
  kind: 'call' | 'effect' | 'delivery'
  name: string
  status?: number
  durationMs?: number
  detail?: Record<string, unknown>
  exchange?: { request?: string; response?: string }
}

export type CommonFault = { id: string; title: string; explains: string }
