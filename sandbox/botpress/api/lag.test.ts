import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const tags = { chatId: 'c1' }
const listed = async (filter: Record<string, string> = tags) =>
  (await sandbox.client.listConversations({ channel: 'hitl', tags: filter })).conversations

describe('a list that lags', () => {
  beforeEach(() => {
    sandbox.botpress.knobs.listLagMs = 1_000
  })

  it('shows a conversation only after the lag', async () => {
    const { conversation } = await sandbox.client.createConversation({ channel: 'hitl', tags })
    expect(await listed()).toEqual([])
    await sandbox.clock.advance(999)
    expect(await listed()).toEqual([])
    await sandbox.clock.advance(1)
    expect(await listed()).toMatchObject([{ id: conversation.id }])
  })

  it('shows and finds by the tags of before until the lag is over', async () => {
    const { conversation } = await sandbox.client.createConversation({ channel: 'hitl', tags })
    await sandbox.clock.advance(5_000)
    await sandbox.client.updateConversation({ id: conversation.id, tags: { note: 'one' } })
    await sandbox.clock.advance(500)
    await sandbox.client.updateConversation({ id: conversation.id, tags: { note: 'two' } })
    expect((await listed())[0]?.tags).toEqual(tags)
    expect(await listed({ note: 'two' })).toEqual([])
    await sandbox.clock.advance(500)
    expect((await listed())[0]?.tags).toEqual({ ...tags, note: 'one' })
    await sandbox.clock.advance(500)
    expect(await listed({ note: 'two' })).toHaveLength(1)
  })

  it('counts and lists messages late, too', async () => {
    const { client, clock } = sandbox
    const { conversation } = await client.createConversation({ channel: 'hitl', tags })
    const { user } = await client.createUser({ tags: { agentId: 'a' } })
    await clock.advance(5_000)
    const message = {
      conversationId: conversation.id,
      userId: user.id,
      type: 'text',
      payload: { text: 'hi' },
      tags: {},
    }
    await client.createMessage(message)
    const seen = async () => (await client.listMessages({ conversationId: conversation.id })).messages
    expect(await seen()).toEqual([])
    expect(await listed()).toMatchObject([{ messageCount: 0 }])
    await clock.advance(1_000)
    expect(await seen()).toHaveLength(1)
    expect(await listed()).toMatchObject([{ messageCount: 1 }])
  })

  it('does not change what get-or-create finds, nor what a read shows', async () => {
    const input = { channel: 'hitl', tags, discriminateByTags: ['chatId'] }
    const { conversation } = await sandbox.client.getOrCreateConversation(input)
    expect((await sandbox.client.getOrCreateConversation(input)).conversation.id).toBe(conversation.id)
    expect((await sandbox.client.getConversation({ id: conversation.id })).conversation.tags).toEqual(tags)
  })
})

describe('a read that lags', () => {
  beforeEach(() => {
    sandbox.botpress.knobs.readLagMs = 1_000
  })

  it('does not find what was just made, and shows what was just changed as it was', async () => {
    const { user } = await sandbox.client.createUser({ name: 'Grace', tags: { agentId: 'a' } })
    expect(await refusalOf(sandbox.client.getUser({ id: user.id }))).toMatchObject({ code: 404 })
    await sandbox.clock.advance(1_000)
    await sandbox.client.updateUser({ id: user.id, name: 'Grace Hopper' })
    expect((await sandbox.client.getUser({ id: user.id })).user.name).toBe('Grace')
    await sandbox.clock.advance(1_000)
    expect((await sandbox.client.getUser({ id: user.id })).user.name).toBe('Grace Hopper')
  })

  it('shows a state as it was', async () => {
    const { user } = await sandbox.client.createUser({ tags: { agentId: 'a' } })
    const place = { type: 'user', id: user.id, name: 'credentials' } as const
    await sandbox.client.setState({ ...place, payload: { secret: 'one' } })
    expect(await refusalOf(sandbox.client.getState(place))).toMatchObject({ code: 404 })
    await sandbox.clock.advance(1_000)
    await sandbox.client.setState({ ...place, payload: { secret: 'two' } })
    expect((await sandbox.client.getState(place)).state.payload).toEqual({ secret: 'one' })
    await sandbox.clock.advance(1_000)
    expect((await sandbox.client.getState(place)).state.payload).toEqual({ secret: 'two' })
  })
})
