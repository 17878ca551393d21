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
  /** Events of the integration that reached the bot's flows. */
  botEvents: { id: string; type: string; payload: Record<string, unknown> }[]
  /** When the session was recorded that is shown here. Absent in a sandbox that runs. */
  recordedAt?: string
  /** Files that a recording has not, and why. */
  missingFiles?: { url: string; missing: string }[]
}

/** An end user and their conversation with the bot. */
export type PersonView = {
  id: string
  name: string
  email: string
  session: { active: boolean; conversationId?: string; userId?: string; agentName?: string; agentPictureUrl?: string }
  /** The LiveChat chat of the latest session. */
  chatId?: string
  messages: MessageView[]
  /** Ids that stand for this end user and their chats in the ledger. */
  ids: string[]
}

export type MessageView = {
  /** `me`, `bot`, or the name of the agent or of somebody else in the channel. */
  from: string
  type: string
  payload: Record<string, unknown>
  atMs: number
  /** Absent once the message is where it belongs: with the bot, or in LiveChat. */
  delivery?: 'pending' | 'failed'
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
  customer: { id: string; name: string; email?: string; phoneNumber?: string; sessionFields: Record<string, string>[] }
  agentIds: string[]
  tags: string[]
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
  isDeleted: boolean
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

/** What set off a group of ledger entries. */
export type CauseView = {
  id: number
  atMs: number
  from: 'customer' | 'agent' | 'bot' | 'owner' | 'sandbox'
  /** Name of whoever did it. */
  who: string
  /** Their words, or what they did. */
  title: string
  /** The end user whom it concerns. */
  personId?: string
}

/** One line of the ledger. What was sent is not in it: see `LedgerView`. */
export type EntryRow = {
  seq: number
  atMs: number
  side: 'livechat' | 'botpress'
  kind: 'call' | 'effect' | 'delivery'
  name: string
  status?: number
  /** Start in real milliseconds, on one scale for all entries of a run. */
  startedMs?: number
  durationMs?: number
  cause?: number
  personId?: string
  summary: string
  /** Kind of the fault that hit it. */
  fault?: string
  /** Number of the try, if it is not the first. */
  attempt?: number
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
  cause?: number
  detail?: Record<string, unknown>
  exchange?: {
    method?: string
    url?: string
    requestHeaders?: Record<string, string>
    responseHeaders?: Record<string, string>
    request?: string
    response?: string
    /** A body was too long to be kept whole. */
    isCut?: true
  }
}

export type CommonFault = { id: string; title: string; explains: string }

/** A file on the shelf, ready to be sent by an end user. */
export type ShelfItem = { id: string; title: string; explains: string }

/** A part of a list that has changed: everything from `from` on is replaced by `items`. */
export type ListChange<Item> = { from: number; items: Item[] }

export type PersonChange = Omit<PersonView, 'messages'> & { messages: ListChange<MessageView> }
export type ChatChange = Omit<ChatView, 'transcript'> & { transcript: ListChange<EventView> }
export type StateChange = Partial<Omit<Snapshot, 'people' | 'chats'>> & {
  people?: PersonChange[]
  chats?: ChatChange[]
}

/** What the page hears from the server: everything at first, then what changes. */
export type LiveMessage =
  | { type: 'hello'; state: Snapshot; causes: CauseView[]; entries: EntryRow[] }
  | { type: 'change'; state?: StateChange; causes?: CauseView[]; entries?: EntryRow[] }

/** A whole session in a file. */
export type RecordedSession = {
  format: 'livechat-hitl-sandbox-session'
  version: 1
  recordedAt: string
  state: Snapshot
  causes: CauseView[]
  rows: EntryRow[]
  entries: LedgerView[]
  files: RecordedFile[]
}

/** A file in a recording, or why it is not in it. */
export type RecordedFile = { url: string } & ({ contentType: string; base64: string } | { missing: string })
