import type { Holder } from '../../src/session/holder'
import { tagsOf, toSession } from '../../src/session/session'
import { rememberSession } from '../../src/session/session-store'
import { fakeScope } from './fake-scope'

const startMs = Date.parse('2025-01-01T00:00:00Z')

/** Two processes that met an agent at one moment made two users. */
const userTags: Record<string, Record<string, string>> = {
  'amber-1': { livechatAgentId: 'amber' },
  'amber-2': { livechatAgentId: 'amber', livechatAgentEmail: 'amber@example.com' },
  'agent-1': { livechatAgentId: 'one' },
  'agent-2': { livechatAgentId: 'two' },
}

/** A Botpress that keeps the tags of one conversation and logs what the plugin and the end user get. */
export const createWorld = (assignedAgentUserId = '', leftAgentUserId = '') => {
  let nowMs = startMs
  let stored: Record<string, string> = { assignedAgentUserId, leftAgentUserId }
  const log: string[] = []
  const failures = new Set<string>()
  /** Calls of this name are answered only when the promise resolves. */
  const slow = new Map<string, Promise<void>>()
  /** What happens while this process asks for a claim. */
  const meanwhile: (() => void)[] = []
  const call = async (name: string, entry: string): Promise<void> => {
    if (failures.has(name)) throw new Error(`${name} failed`)
    log.push(entry)
    await slow.get(name)
  }
  const conversation = () => ({
    id: 'conversation-1',
    createdAt: '2024-01-01T00:00:00Z',
    updatedAt: '2024-01-01T00:00:00Z',
    tags: {
      livechatChatId: 'chat-1',
      livechatThreadId: 'thread-1',
      livechatCustomerId: 'customer-1',
      botpressUserId: 'user-1',
      ...stored,
    },
  })
  const scope = fakeScope(() => nowMs, {
    createEvent: ({ type, payload }: { type: string; payload: { userId?: string } }) =>
      call('createEvent', `${type} ${payload.userId ?? ''}`).then(() => ({ event: { id: 'event-1' } })),
    updateConversation: async ({ tags }: { tags: Record<string, string> }) => {
      await call('updateConversation', `record ${tags['assignedAgentUserId'] ?? `gone ${tags['leftAgentUserId']}`}`)
      stored = { ...stored, ...tags }
      return { conversation: conversation() }
    },
    getConversation: async () => {
      await call('getConversation', 'look up')
      return { conversation: conversation() }
    },
    getOrSetState: ({ payload }: { payload: unknown }) => {
      meanwhile.shift()?.()
      return Promise.resolve({ state: { payload } })
    },
    getUser: ({ id }: { id: string }) =>
      call('getUser', 'look up user').then(() => ({ user: { id, tags: userTags[id] } })),
    getOrCreateUser: () => Promise.resolve({ user: { id: 'ourselves' } }),
    getOrCreateMessage: ({ userId }: { userId: string }) =>
      call('getOrCreateMessage', `message by ${userId}`).then(() => ({ message: { id: 'message-1' } })),
  })
  const read = toSession(conversation(), startMs)
  if (!read) throw new Error('The tags are no session')
  const session = rememberSession(scope, read)
  return {
    scope,
    session,
    log,
    failures,
    slow,
    meanwhile,
    advance: (durationMs: number) => (nowMs += durationMs),
    /** Another process records a holder. */
    recordElsewhere: (holder: Holder) => (stored = { ...stored, ...tagsOf({ holder }) }),
  }
}
/** The news that an agent has the session. */
export const hasIt = (userId: string) => ({ kind: 'agentHasIt', userId }) as const
