import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import type { Holder } from '../holder'
import { tagsOf, toSession } from '../session'
import { rememberSession } from '../session-store'
import { noteTags } from './agent-users'
import { applyNews, noteSpeaker, recordCutOff } from './announce-agent'

const startMs = Date.parse('2025-01-01T00:00:00Z')

/** Two processes that met an agent at one moment made two users. */
const userTags: Record<string, Record<string, string>> = {
  'amber-1': { livechatAgentId: 'amber' },
  'amber-2': { livechatAgentId: 'amber', livechatAgentEmail: 'amber@example.com' },
  'agent-1': { livechatAgentId: 'one' },
  'agent-2': { livechatAgentId: 'two' },
}

/** A Botpress that keeps the tags of one conversation and logs what the plugin and the end user get. */
const createWorld = (assignedAgentUserId = '', leftAgentUserId = '') => {
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
  const session = rememberSession(scope, toSession(conversation(), startMs)!)
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
const hasIt = (userId: string) => ({ kind: 'agentHasIt', userId }) as const

describe('applyNews', () => {
  it('announces an agent who has the session, then records them', async () => {
    const { scope, session, log } = createWorld()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it('does not announce the same agent again', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual([])
  })

  it('does not record an agent whose announcement failed, so that the next delivery announces them', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('createEvent')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('createEvent failed')
    expect(log).toEqual([])
    failures.clear()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it('fails if the agent cannot be recorded, since announcing twice is better than never', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(applyNews(scope, session, hasIt('agent-1'))).rejects.toThrow('updateConversation failed')
    expect(log).toEqual(['hitlAssigned agent-1'])
  })

  it('announces once, if the step that announced is cut off before the answer comes', async () => {
    const { scope, session, log, slow } = createWorld()
    let answer = (): void => undefined
    slow.set('createEvent', new Promise((resolve) => (answer = resolve)))
    void applyNews(scope, session, hasIt('agent-1'))
    await expect.poll(() => log).toEqual(['hitlAssigned agent-1'])
    const sleep = (): Promise<void> => new Promise(() => undefined)
    const again = applyNews({ ...scope, runtime: { ...scope.runtime, sleep } }, session, hasIt('agent-1'))
    answer()
    await again
    expect(log.filter((entry) => entry === 'hitlAssigned agent-1')).toHaveLength(1)
    expect(log).toContain('record agent-1')
  })

  it('announces again, if the answer to an earlier announcement never comes', async () => {
    const { scope, session, log, slow } = createWorld()
    slow.set('createEvent', new Promise(() => undefined))
    void applyNews(scope, session, hasIt('agent-1'))
    await expect.poll(() => log).toEqual(['hitlAssigned agent-1'])
    slow.clear()
    const sleep = (): Promise<void> => Promise.resolve()
    await applyNews({ ...scope, runtime: { ...scope.runtime, sleep } }, session, hasIt('agent-1'))
    expect(log).toEqual(['hitlAssigned agent-1', 'hitlAssigned agent-1', 'record agent-1'])
  })

  it('does not announce the same agent by another user, whom another process knows', async () => {
    const { scope, session, log } = createWorld('amber-1')
    await applyNews(scope, session, hasIt('amber-2'))
    expect(log).toEqual(['look up user', 'look up user'])
    await applyNews(scope, session, { kind: 'agentLeft', userId: 'amber-2' })
    expect(log.at(-1)).toBe('record gone amber-1')
  })

  it('announces another agent after looking up, once, who was announced', async () => {
    const { scope, session, log } = createWorld('amber-1')
    noteTags(scope, 'agent-2', { livechatAgentId: 'two', livechatAgentEmail: 'two@example.com' })
    await applyNews(scope, session, hasIt('agent-2'))
    expect(log).toEqual(['look up user', 'hitlAssigned agent-2', 'record agent-2'])
  })

  const inQueue: Holder = { kind: 'queue', afterUserId: 'agent-1' }

  it.each([
    ['not', true, ['look up']],
    ['still', false, ['look up', 'hitlAssigned agent-2', 'record agent-2']],
  ])('if another process has recorded a change, an agent who has %s the session is compared again', async (...of) => {
    const [, isOutdated, expected] = of
    const { scope, session, log, advance, recordElsewhere } = createWorld('agent-1')
    recordElsewhere(inQueue)
    advance(1_001)
    await applyNews(scope, session, hasIt('agent-2'), { isOutdated: () => Promise.resolve(isOutdated) })
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(expected)
  })

  it('announces nobody who has passed on the session while the claim took long', async () => {
    const { scope, session, log, advance, recordElsewhere, meanwhile } = createWorld('agent-1')
    meanwhile.push(() => {
      recordElsewhere(inQueue)
      advance(3_000)
    })
    await applyNews(scope, session, hasIt('agent-2'), { isOutdated: () => Promise.resolve(true) })
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(['look up'])
  })

  it('records that the chat waits again, and then announces even the same agent', async () => {
    const { scope, session, log } = createWorld('agent-1')
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log.at(-1)).toBe('record gone agent-1 queue')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log.slice(-2)).toEqual(['hitlAssigned agent-1', 'record agent-1'])
  })

  it.each([
    ['nobody', '', ''],
    ['in the queue', 'agent-1', 'agent-1 queue'],
  ])('records no return to the queue when the recorded holder is %s', async (_holder, assigned, left) => {
    const { scope, session, log } = createWorld(assigned, left)
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log).toEqual([])
  })
})

describe('an announcement that was cut off before its record', () => {
  const cutOff = async (userId = 'agent-1') => {
    const world = createWorld()
    const sleep = (): Promise<void> => new Promise(() => undefined)
    const scope = { ...world.scope, runtime: { ...world.scope.runtime, sleep } }
    let answer = (): void => undefined
    world.slow.set('createEvent', new Promise((resolve) => (answer = resolve)))
    world.failures.add('updateConversation')
    const announcing = applyNews(scope, world.session, hasIt(userId)).catch(() => undefined)
    await expect.poll(() => world.log).toEqual([`hitlAssigned ${userId}`])
    const arrive = async (): Promise<void> => {
      answer()
      await announcing
      world.failures.clear()
    }
    return { ...world, scope, arrive }
  }

  it('is recorded once its answer has come', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    expect(await recordCutOff(scope, session, { isUnread: true })).toBe(true)
    expect(log).toEqual(['hitlAssigned agent-1', 'record agent-1'])
    expect(session).toMatchObject({ holder: { kind: 'agent', userId: 'agent-1' }, isUnread: true })
  })

  it('is not recorded if somebody else has the session by then', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    // A look-up has shown what another process recorded.
    Object.assign(session, { holder: { kind: 'agent', userId: 'agent-2' } })
    const before = [...log]
    expect(await recordCutOff(scope, session, {})).toBe(false)
    expect(log).toEqual(before)
  })

  it('is not made again after the words of another agent', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await noteSpeaker(scope, session, 'agent-2')
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log.filter((entry) => entry !== 'look up user')).toEqual(['hitlAssigned agent-1', 'record agent-1'])
    expect(session.holder).toEqual({ kind: 'agent', userId: 'agent-1' })
  })

  it('is recorded before the session goes back to the queue, so the end user reads that they wait again', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await applyNews(scope, session, { kind: 'backInQueue' })
    expect(log.slice(1)).toEqual(['record agent-1', 'message by ourselves', 'record gone agent-1 queue'])
  })

  it('is not made again under another user of the same agent', async () => {
    const { scope, session, log, arrive } = await cutOff('amber-1')
    await arrive()
    await applyNews(scope, session, hasIt('amber-2'))
    expect(log.filter((entry) => entry.startsWith('hitlAssigned'))).toEqual(['hitlAssigned amber-1'])
  })

  it('is made again when the agent comes back from the queue', async () => {
    const { scope, session, log, arrive } = await cutOff()
    await arrive()
    await noteSpeaker(scope, session, 'agent-2')
    await applyNews(scope, session, { kind: 'backInQueue' })
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log.filter((entry) => entry === 'hitlAssigned agent-1')).toHaveLength(2)
  })
})

describe('noteSpeaker', () => {
  it('records the first agent who writes without announcing them, because the plugin does', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['record agent-1'])
  })

  it('does not announce the first agent who writes a second time if the record fails', async () => {
    const { scope, session, log, failures } = createWorld()
    failures.add('updateConversation')
    await expect(noteSpeaker(scope, session, 'agent-1')).rejects.toThrow('updateConversation')
    failures.clear()
    await applyNews(scope, session, hasIt('agent-1'))
    expect(log).toEqual(['record agent-1'])
  })

  it('makes no call for the agent who has the session', async () => {
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

  it('records the agent once', async () => {
    const { scope, session, log } = createWorld()
    await noteSpeaker(scope, session, 'agent-1')
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['record agent-1'])
  })

  it('looks up after a second whom another process has announced', async () => {
    const { scope, session, log, advance, recordElsewhere } = createWorld()
    recordElsewhere({ kind: 'agent', userId: 'agent-1' })
    advance(1_001)
    await noteSpeaker(scope, session, 'agent-1')
    expect(log).toEqual(['look up'])
  })

  it('does not look up the session within the second', async () => {
    const { scope, session, log, advance } = createWorld('agent-1')
    advance(1_000)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual([])
  })

  it('announces the agent after a return to the queue that another process recorded', async () => {
    const { scope, session, log, advance, recordElsewhere } = createWorld('agent-1')
    recordElsewhere({ kind: 'queue', afterUserId: 'agent-1' })
    advance(1_001)
    await noteSpeaker(scope, session, 'agent-2')
    expect(log).toEqual(['look up', 'hitlAssigned agent-2', 'record agent-2'])
  })
})
