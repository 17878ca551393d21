import { beforeEach, describe, expect, it } from 'vitest'
import { fakeScope, type Calls } from '../../../test/helpers/fake-scope'
import type { Scope } from '../../operation/scope'
import { findAgentByEmail, rememberAgent } from '../agents/agent-users'
import { toSession } from '../session'
import { createMessageOnce, type Author } from './create-message'

/** A call to Botpress. */
type Call = { name: string; input: Record<string, unknown> }
const calls: Call[] = []
let answers: (() => unknown)[] = []
const createdAtMs = Date.parse('2026-01-05T09:00:00Z')
let nowMs = createdAtMs + 60_000

const client = new Proxy<Calls>(
  {},
  {
    get: (_target, name) => async (input: Record<string, unknown>) => {
      calls.push({ name: String(name), input })
      const next = answers.shift()
      if (next) return next()
      return { message: { id: 'message' }, user: { id: 'user-of-agent' } }
    },
  },
)

const tagsOfSession = {
  livechatChatId: 'chat',
  livechatThreadId: 'thread',
  livechatCustomerId: 'customer',
  botpressUserId: 'user',
}
const createdAt = new Date(createdAtMs).toISOString()
const session = toSession({ id: 'conversation', createdAt, updatedAt: createdAt, tags: tagsOfSession }, createdAtMs)!

let scope: Scope
beforeEach(() => {
  calls.length = 0
  answers = []
  nowMs = createdAtMs + 60_000
  scope = scopeOf('one')
})
const scopeOf = (installation: string): Scope => ({
  ...fakeScope(() => nowMs, client),
  key: (...parts) => JSON.stringify([installation, ...parts]),
})

const text = { type: 'text', payload: { text: 'Hello' } } as const
const known: Author = { userId: 'agent' }
const draft: Author = {
  draft: {
    tags: { livechatAgentEmail: 'amber@example.com', livechatAgentId: 'opaque' },
    name: 'Amber',
    discriminateByTags: ['livechatAgentEmail'],
  },
}
const relay = (eventId: string, author: Author = known, over: Scope = scope) =>
  createMessageOnce(over, session, eventId, text, () => author)

/** The agent's user as this process remembers it, without what Botpress knows. */
const remembered = async (): Promise<string | undefined> => {
  answers = [() => ({ users: [] })]
  return (await findAgentByEmail(scope, 'amber@example.com'))?.userId
}

describe('an event', () => {
  it('becomes one message, whose key is the event id', async () => {
    expect(await relay('e1')).toBe('agent')
    expect(calls).toEqual([
      {
        name: 'getOrCreateMessage',
        input: {
          ...text,
          tags: { livechatEventId: 'e1' },
          discriminateByTags: ['livechatEventId'],
          conversationId: 'conversation',
          userId: 'agent',
        },
      },
    ])
  })

  it('that comes again makes no call, and has the same author', async () => {
    await relay('e1', draft)
    expect(await relay('e1', known)).toBe('user-of-agent')
    expect(calls).toHaveLength(1)
  })

  it('that comes twice at the same time is relayed once', async () => {
    expect(await Promise.all([relay('e1'), relay('e1'), relay('e2')])).toEqual(['agent', 'agent', 'agent'])
    expect(calls.map(({ input }) => input['tags'])).toEqual([{ livechatEventId: 'e1' }, { livechatEventId: 'e2' }])
  })

  it('of one installation is not mistaken for that of another', async () => {
    await relay('e1')
    await relay('e1', known, { ...scopeOf('two'), memory: scope.memory })
    expect(calls).toHaveLength(2)
  })

  it('can be relayed again after a failure', async () => {
    answers = [() => Promise.reject(new Error('network'))]
    await expect(relay('e1')).rejects.toThrow('network')
    expect(await relay('e1')).toBe('agent')
    expect(calls).toHaveLength(2)
  })

  it.each([{}, '<html>', { message: {} }, { message: { id: '' } }])(
    'does not count as relayed when the answer names no message: %j',
    async (answered) => {
      answers = [() => answered]
      await expect(relay('e1')).rejects.toThrow('without message')
      expect(await relay('e1')).toBe('agent')
    },
  )

  it('is written again after a server fault, because it has a key', async () => {
    const fault = Object.assign(new Error('down'), { isApiError: true, code: 503, type: 'Internal', id: 'x' })
    answers = [() => Promise.reject(fault)]
    expect(await relay('e1')).toBe('agent')
    expect(calls).toHaveLength(2)
  })
})

describe('an agent never seen before', () => {
  it('is created together with the first message', async () => {
    expect(await relay('e1', draft)).toBe('user-of-agent')
    expect(calls).toEqual([
      {
        name: 'initializeIncomingMessage',
        input: {
          user: 'draft' in draft ? draft.draft : undefined,
          conversationId: 'conversation',
          message: { ...text, tags: { livechatEventId: 'e1' }, discriminateByTags: ['livechatEventId'] },
        },
      },
    ])
  })

  it('is remembered afterwards', async () => {
    await relay('e1', draft)
    expect(await remembered()).toBe('user-of-agent')
  })

  it('is created by a call of its own when the message has to wait for the plugin', async () => {
    nowMs = createdAtMs + 1_000
    expect(await relay('e1', draft)).toBe('user-of-agent')
    expect(calls.map(({ name }) => name)).toEqual(['getOrCreateUser', 'getOrCreateMessage'])
    expect(calls[1]?.input).toMatchObject({ userId: 'user-of-agent' })
    expect(calls[1]?.input['schedule']).toBeDefined()
  })

  it.each([{}, '<html>', { user: { id: '' } }])('does not count as created after the answer %j', async (answered) => {
    answers = [() => answered]
    await expect(relay('e1', draft)).rejects.toThrow('without user')
    expect(await remembered()).toBeUndefined()
  })
})

describe('an agent whose Botpress user was deleted', () => {
  const gone = (type: string) => Object.assign(new Error('gone'), { isApiError: true, code: 404, type, id: 'x' })
  const tags = { livechatAgentEmail: 'amber@example.com', livechatAgentId: 'opaque' }
  /** Finds one user first, then another. */
  const find = () => {
    const found = [known, draft]
    let asked = 0
    return { author: () => found[asked++] ?? draft, asked: () => asked }
  }
  const relayAs = (author: () => Author) => createMessageOnce(scope, session, 'e1', text, author)

  it.each(['ReferenceNotFound', 'ResourceNotFound'])(
    'is looked for again after %s, and gets another user',
    async (type) => {
      rememberAgent(scope, tags, 'agent')
      answers = [() => Promise.reject(gone(type))]
      const { author, asked } = find()
      expect(await relayAs(author)).toBe('user-of-agent')
      expect(asked()).toBe(2)
      expect(calls.map(({ name }) => name)).toEqual(['getOrCreateMessage', 'initializeIncomingMessage'])
    },
  )

  it('is not looked for again when this process did not remember them, or something else failed', async () => {
    for (const [isRemembered, type] of [
      [false, 'ReferenceNotFound'],
      [true, 'InvalidPayload'],
    ] as const) {
      if (isRemembered) rememberAgent(scope, tags, 'agent')
      answers = [() => Promise.reject(gone(type))]
      const { author, asked } = find()
      await expect(relayAs(author)).rejects.toThrow('gone')
      expect(asked()).toBe(1)
    }
    expect(await remembered()).toBe('agent')
  })

  it('is not looked for again when no user was found before', async () => {
    answers = [() => Promise.reject(gone('ReferenceNotFound'))]
    let asked = 0
    const author = (): Author => {
      asked += 1
      return draft
    }
    await expect(relayAs(author)).rejects.toThrow('gone')
    expect(asked).toBe(1)
  })
})
