import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import { toSession } from '../session'
import { rememberSession } from '../session-store'
import { applyNews, noteSpeaker } from './announce-agent'

const startMs = Date.parse('2025-01-01T00:00:00Z')

/** A platform that keeps the tags of one conversation and logs what is said to the plugin and the end user. */
const createWorld = (assignedAgentUserId = '') => {
  let nowMs = startMs
  let stored = assignedAgentUserId
  const log: string[] = []
  const failures = new Set<string>()
  const call = (name: string, entry: string): Promise<void> => {
    if (failures.has(name)) return Promise.reject(new Error(`${name} failed`))
    log.push(entry)
    return Promise.resolve()
  }
  const conversation = () => ({
    id: 'conversation-1',
    createdAt: '2024-01-01T00:00:00Z',
    tags: {
      livechatChatId: 'chat-1',
      livechatThreadId: 'thread-1',
      livechatCustomerId: 'customer-1',
      botpressUserId: 'user-1',
      assignedAgentUserId: stored,
    },
  })
  const scope = fakeScope(() => nowMs, {
    createEvent: ({ type, payload }: { type: string; payload: { userId?: string } }) =>
      call('createEvent', `${type} ${payload.userId ?? ''}`).then(() => ({ event: { id: 'event-1' } })),
    updateConversation: async ({ tags }: { tags: { assignedAgentUserId: string } }) => {
      await call('updateConversation', `note ${tags.assignedAgentUserId}`)
      stored = tags.assignedAgentUserId
      return { conversation: conversation() }
    },
    listConversations: async () => {
      await call('listConversations', 'look up')
      return { conversations: [conversation()] }
    },
    getOrCreateUser: () => Promise.resolve({ user: { id: 'ourselves' } }),
    getOrCreateMessage: ({ userId }: { userId: string }) =>
      call('getOrCreateMessage', `message by ${userId}`).then(() => ({ message: { id: 'message-1' } })),
  })
  const session = rememberSession(scope, toSession(conversation(), startMs)!)
  return {
    scope,
    session,
    log,
    failures,
    advance: (durationMs: number) => (nowMs += durationMs),
    /** Another process notes something in the meantime. */
    noteElsewhere: (tag: string) => (stored = tag),
  }
}
const hasIt = (userId: string) => ({ kind: 'agentHasIt', userId }) as const

describe('applyNews', () => {
  it('tells the plugin of the agent who took the session, then notes them', async () => {
    const { scope, session, log } = createWorld()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it('is silent about the agent who was announced last', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual([])
  })

  it('notes nobody whose announcement failed, so that the next delivery announces them', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('createEvent')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('createEvent failed')
    expect(log).toEqual([])
    failures.clear()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it('reports a note that failed: announced twice is better than never', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('updateConversation failed')
    expect(log).toEqual(['hitlAssigned agent-1'])
  })

  it('notes that the chat waits again after an agent, and that whoever comes next is a change', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log.at(-1)).toBe('note queue')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log.slice(-2)).toEqual(['hitlAssigned agent-1', 'note agent-1'])
  })

  it.each(['', 'queue'])('notes nothing new of a queue when the last note is %j', async (before) => {
    const { scope, session, log } = createWorld(before)
    await applyNews(scope, session, { kind: 'backInQueue' })
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

  it('does not announce a second agent who helps out', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('notes the speaker once, also from what was known before the first message', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['note agent-1'])
  })

  it('looks again, after a minute, at who was announced by another process', async () => {
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

  it('announces after a return to the queue that another process noted', async () => {
    const { scope, session, log, advance, noteElsewhere } = createWorld('agent-1')
    noteElsewhere('queue')
    advance(60_001)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual(['look up', 'hitlAssigned agent-2', 'note agent-2'])
  })
})
