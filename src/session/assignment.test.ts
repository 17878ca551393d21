import { describe, expect, it } from 'vitest'
import type * as bp from '../bp'
import type { Runtime } from '../shared/runtime'
import { announceAgent, noteBackInQueue, noteSpeaker } from './assignment'
import { createMemory } from './memory'
import type { Scope } from './scope'
import { inQueue, type Session } from './session'
import { rememberSession } from './sessions'

const startMs = Date.parse('2025-01-01T00:00:00Z')

/** A platform that keeps the tags of one conversation and logs what the end user would hear of. */
const createWorld = (assignedAgentUserId?: string) => {
  let nowMs = startMs
  let stored = assignedAgentUserId
  const log: string[] = []
  const failures = new Set<string>()
  const call = (name: string, entry: string): Promise<unknown> => {
    if (failures.has(name)) return Promise.reject(new Error(`${name} failed`))
    log.push(entry)
    return Promise.resolve({})
  }
  const client = {
    createEvent: ({ type, payload }: { type: string; payload: { userId?: string } }) =>
      call('createEvent', `${type} ${payload.userId ?? ''}`),
    updateConversation: async ({ tags }: { tags: { assignedAgentUserId: string } }) => {
      await call('updateConversation', `note ${tags.assignedAgentUserId}`)
      stored = tags.assignedAgentUserId
    },
    listConversations: async () => {
      await call('listConversations', 'look up')
      return {
        conversations: [
          {
            id: 'conversation-1',
            createdAt: '2024-01-01T00:00:00Z',
            tags: {
              livechatChatId: 'chat-1',
              livechatThreadId: 'thread-1',
              livechatCustomerId: 'customer-1',
              botpressUserId: 'user-1',
              ...(stored === undefined ? {} : { assignedAgentUserId: stored }),
            },
          },
        ],
      }
    },
  }
  const runtime: Runtime = {
    nowMs: () => nowMs,
    random: () => 0,
    newId: () => 'id',
    sleep: () => Promise.reject(new Error('not expected to sleep')),
    setTimer: () => () => undefined,
  }
  const ignore = () => undefined
  const scope: Scope = {
    runtime,
    memory: createMemory(runtime),
    client: client as unknown as bp.Client, // of the platform's many calls these three are what this code makes
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    settings: {
      clientId: 'client-1',
      organizationId: 'org-1',
      webhookSecret: 'secret-1',
      whenOffline: 'queue',
      mergeByEmail: true,
      allowBots: false,
    },
    app: { clientId: 'client-1', organizationId: 'org-1', redirectUri: 'https://example.com/hook-1' },
    deadline: { signal: new AbortController().signal, remainingMs: () => 8_000 },
    integrationId: 'integration-1',
    key: (...parts) => JSON.stringify(parts),
  }
  const session: Session = {
    conversationId: 'conversation-1',
    createdAtMs: Date.parse('2024-01-01T00:00:00Z'),
    livechatChatId: 'chat-1',
    livechatThreadId: 'thread-1',
    livechatCustomerId: 'customer-1',
    botpressUserId: 'user-1',
    assignedAgentUserId,
    readAtMs: startMs,
  }
  rememberSession(scope, session)
  return {
    scope,
    session,
    log,
    failures,
    advance: (durationMs: number) => (nowMs += durationMs),
    /** Another worker notes something in the meantime. */
    noteElsewhere: (userId: string) => (stored = userId),
  }
}

describe('announceAgent', () => {
  it('tells the plugin of the agent who took the session, and notes them', async () => {
    const { scope, session, log } = createWorld()
    await announceAgent(scope, session, 'agent-1')
    expect(log).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it('is silent about the agent who was announced last', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await announceAgent(scope, session, 'agent-1')
    expect(log).toEqual([])
  })

  it.each(['agent-2', inQueue])('announces a change from %s', async (before) => {
    const { scope, session, log } = createWorld(before)
    await announceAgent(scope, session, 'agent-1')
    expect(log).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it('notes nobody whose announcement failed, so that the next delivery announces them', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('createEvent')
    await expect(announceAgent(scope, session, 'agent-1')).rejects.toThrow('createEvent failed')
    expect(log).toEqual([])
    failures.clear()
    await announceAgent(scope, session, 'agent-1')
    expect(log).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it('reports a note that failed: twice is better than never', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(announceAgent(scope, session, 'agent-1')).rejects.toThrow('updateConversation failed')
    expect(log).toEqual(['hitlAssigned agent-1'])
  })
})

describe('noteBackInQueue', () => {
  it('notes that whoever comes next is a change', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await noteBackInQueue(scope, session)
    expect(log).toEqual([`note ${inQueue}`])
  })

  it.each([undefined, inQueue])('has nothing to note when the last one was %j', async (before) => {
    const { scope, session, log } = createWorld(before)
    await noteBackInQueue(scope, session)
    expect(log).toEqual([])
  })
})

describe('noteSpeaker', () => {
  it('notes the first who speaks without announcing them: the plugin does', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['note agent-1'])
  })

  it('costs nothing for the agent who has the session', async () => {
    const { scope, session, log, advance } = createWorld('agent-1')
    advance(3_600_000)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual([])
  })

  it('announces who speaks first after a return to the queue, even the same agent', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await noteBackInQueue(scope, session)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual([`note ${inQueue}`, 'hitlAssigned agent-1', 'note agent-1'])
  })

  it('does not announce a second agent who helps out', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('notes the speaker once', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['note agent-1'])
  })

  it('looks again, after a minute, at who was announced by another worker', async () => {
    const { scope, session, log, advance, noteElsewhere } = createWorld()
    noteElsewhere('agent-1')
    advance(60_001)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['look up'])
  })

  it('does not look again within the minute', async () => {
    const { scope, session, log, advance } = createWorld('agent-1')
    advance(60_000)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('announces after a return to the queue that another worker noted', async () => {
    const { scope, session, log, advance, noteElsewhere } = createWorld('agent-1')
    noteElsewhere(inQueue)
    advance(60_001)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual(['look up', 'hitlAssigned agent-2', 'note agent-2'])
  })
})
