import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const create = (tags: Record<string, string>) => sandbox.client.createConversation({ channel: 'hitl', tags })

it('creates, reads, changes and deletes', async () => {
  const { client } = sandbox
  const { conversation } = await create({ chatId: 'c1' })
  expect(conversation).toMatchObject({ channel: 'hitl', integration: 'desk-hitl', tags: { chatId: 'c1' } })
  const changed = await client.updateConversation({ id: conversation.id, tags: { note: 'n' } })
  expect(changed.conversation.tags).toEqual({ chatId: 'c1', note: 'n' })
  expect((await client.getConversation({ id: conversation.id })).conversation).toEqual(changed.conversation)
  await client.deleteConversation({ id: conversation.id })
  expect(await refusalOf(client.getConversation({ id: conversation.id }))).toMatchObject({ code: 404 })
})

it('finds a conversation by its discriminators and adds the other tags', async () => {
  const { client } = sandbox
  const input = { channel: 'hitl', discriminateByTags: ['chatId', 'threadId'] }
  const first = await client.getOrCreateConversation({ ...input, tags: { chatId: 'c', threadId: 't' } })
  const second = await client.getOrCreateConversation({ ...input, tags: { chatId: 'c', threadId: 't', note: 'n' } })
  const third = await client.getOrCreateConversation({ ...input, tags: { chatId: 'c', threadId: 't2' } })
  expect(second.conversation).toMatchObject({ id: first.conversation.id, tags: { note: 'n' } })
  expect(third.conversation.id).not.toBe(first.conversation.id)
})

it('lists by channel and tags, newest first', async () => {
  const first = await create({ chatId: 'c', threadId: '1' })
  const second = await create({ chatId: 'c', threadId: '2' })
  await create({ chatId: 'other' })
  const { conversations } = await sandbox.client.listConversations({ channel: 'hitl', tags: { chatId: 'c' } })
  expect(conversations.map(({ id }) => id)).toEqual([second.conversation.id, first.conversation.id])
  expect((await sandbox.client.listConversations({ channel: 'sms' })).conversations).toEqual([])
})

it('accepts tags of a query in brackets too', async () => {
  await create({ chatId: 'c' })
  const { installation, botpress } = sandbox
  const headers = {
    authorization: `Bearer ${botpress.token}`,
    'x-bot-id': installation.botId,
    'x-integration-id': installation.integrationId,
  }
  const list = async (query: string) => {
    const response = await fetch(`${botpress.url}/v1/chat/conversations?${query}`, { headers })
    return ((await response.json()) as { conversations: unknown[] }).conversations.length
  }
  expect([await list('tags[chatId]=c'), await list('tags%5BchatId%5D=x')]).toEqual([1, 0])
})

it('walks all pages with the official iterator', async () => {
  sandbox.botpress.knobs.pageSize = 2
  for (const chatId of ['1', '2', '3', '4', '5']) await create({ chatId })
  const found = await sandbox.client.list.conversations({}).collect()
  expect(found.map(({ tags }) => tags.chatId)).toEqual(['5', '4', '3', '2', '1'])
})

it('keeps participants who were added and participants who wrote', async () => {
  const { client } = sandbox
  const { conversation } = await create({ chatId: 'c' })
  const { user } = await client.createUser({ tags: {} })
  const other = await client.createUser({ tags: {} })
  await client.addParticipant({ id: conversation.id, userId: user.id })
  await client.createMessage({
    conversationId: conversation.id,
    userId: other.user.id,
    type: 'text',
    payload: { text: 'x' },
    tags: {},
  })
  const { participants } = await client.listParticipants({ id: conversation.id })
  expect(participants.map(({ id }) => id).sort()).toEqual([user.id, other.user.id].sort())
  expect((await client.getParticipant({ id: conversation.id, userId: user.id })).participant.id).toBe(user.id)
  await client.removeParticipant({ id: conversation.id, userId: user.id })
  expect(await refusalOf(client.getParticipant({ id: conversation.id, userId: user.id }))).toMatchObject({ code: 404 })
  expect((await client.listConversations({ participantIds: [other.user.id] })).conversations).toHaveLength(1)
})

it.each([
  ['an unknown channel', { channel: 'sms', tags: {} }],
  ['an unknown tag', { channel: 'hitl', tags: { colour: 'red' } }],
])('refuses %s', async (_, input) => {
  expect(await refusalOf(sandbox.client.createConversation(input))).toEqual({ type: 'InvalidPayload', code: 400 })
})
