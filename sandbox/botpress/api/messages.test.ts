import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp
let userId: string
let conversationId: string

beforeEach(async () => {
  sandbox = await setUp()
  userId = (await sandbox.client.createUser({ tags: {} })).user.id
  conversationId = (await sandbox.client.createConversation({ channel: 'hitl', tags: {} })).conversation.id
})
afterEach(() => sandbox.close())

const input = (tags: Record<string, string> = {}, text = 'hi') => ({
  userId,
  conversationId,
  type: 'text',
  payload: { text },
  tags,
})

it('creates, reads, changes, lists and deletes', async () => {
  const { client } = sandbox
  const { message } = await client.createMessage(input({ eventId: 'e1' }))
  expect(message).toMatchObject({ direction: 'incoming', payload: { text: 'hi' }, tags: { eventId: 'e1' } })
  const changed = await client.updateMessage({ id: message.id, tags: { note: 'n' }, payload: { text: 'ho' } })
  expect(changed.message).toMatchObject({ payload: { text: 'ho' }, tags: { eventId: 'e1', note: 'n' } })
  expect((await client.getMessage({ id: message.id })).message).toEqual(changed.message)
  expect((await client.listMessages({ conversationId })).messages).toHaveLength(1)
  expect((await client.listMessages({ tags: { eventId: 'e2' } })).messages).toEqual([])
  await client.deleteMessage({ id: message.id })
  expect(await refusalOf(client.getMessage({ id: message.id }))).toMatchObject({ code: 404 })
})

it('recognises a repeated message by its discriminator', async () => {
  const { client } = sandbox
  const first = await client.getOrCreateMessage({ ...input({ eventId: 'e1' }), discriminateByTags: ['eventId'] })
  await client.updateMessage({ id: first.message.id, tags: { note: 'n' } })
  const again = await client.getOrCreateMessage({ ...input({ eventId: 'e1' }, 'new'), discriminateByTags: ['eventId'] })
  expect(again).toMatchObject({ message: { id: first.message.id, payload: { text: 'new' } }, meta: { created: false } })
  expect(sandbox.effects('message_created')).toHaveLength(1)
})

describe('two simultaneous get-or-create calls', () => {
  const both = () =>
    Promise.all(
      [1, 2].map(() =>
        sandbox.client.getOrCreateMessage({ ...input({ eventId: 'e1' }), discriminateByTags: ['eventId'] }),
      ),
    )

  it('create one message', async () => {
    const [first, second] = await both()
    expect(first?.message.id).toBe(second?.message.id)
  })

  it('create two with the knob', async () => {
    sandbox.botpress.knobs.raceGetOrCreate = true
    const [first, second] = await both()
    expect(first?.message.id).not.toBe(second?.message.id)
  })
})

it('makes user, conversation and message in one call that can be repeated', async () => {
  const call = () =>
    sandbox.client.initializeIncomingMessage({
      user: { tags: { email: 'a' }, name: 'Plum', discriminateByTags: ['email'] },
      conversation: { channel: 'hitl', tags: { chatId: 'c' }, discriminateByTags: ['chatId'] },
      message: { type: 'text', payload: { text: 'x' }, tags: { eventId: 'e' }, discriminateByTags: ['eventId'] },
    })
  const first = await call()
  const second = await call()
  expect(second).toEqual({ ...first, user: { ...second.user }, conversation: { ...second.conversation } })
  expect(second.user.id).toBe(first.user.id)
  expect(first.message).toMatchObject({ userId: first.user.id, conversationId: first.conversation.id })
  expect(await sandbox.client.initializeIncomingMessage({ userId, conversationId })).not.toHaveProperty('message')
})

describe('a scheduled message', () => {
  it.each([
    ['a delay', () => ({ delay: 10_000 })],
    ['a date', () => ({ dateTime: new Date(sandbox.clock.nowMs() + 10_000).toISOString() })],
  ])('exists at once and is processed after %s', async (_, schedule) => {
    const { client, clock } = sandbox
    const { message } = await client.createMessage({ ...input(), schedule: schedule() })
    expect((await client.getMessage({ id: message.id })).message.id).toBe(message.id)
    await clock.advance(9_999)
    expect(sandbox.effects('dropped_before_active')).toEqual([])
    await clock.advance(1)
    expect(sandbox.effects('dropped_before_active')).toMatchObject([{ messageId: message.id }])
  })

  it('is found by get-or-create before its time, and processed once', async () => {
    const call = () =>
      sandbox.client.getOrCreateMessage({
        ...input({ eventId: 'e' }),
        schedule: { delay: 1_000 },
        discriminateByTags: ['eventId'],
      })
    expect((await call()).message.id).toBe((await call()).message.id)
    await sandbox.clock.advance(1_000)
    expect(sandbox.effects('dropped_before_active')).toHaveLength(1)
  })

  it('is processed now when its time is past', async () => {
    const dateTime = new Date(sandbox.clock.nowMs() - 1).toISOString()
    await sandbox.client.createMessage({ ...input(), schedule: { dateTime } })
    await sandbox.botpress.settle()
    expect(sandbox.effects('dropped_before_active')).toHaveLength(1)
  })

  it('is not processed when it was deleted', async () => {
    const { message } = await sandbox.client.createMessage({ ...input(), schedule: { delay: 1_000 } })
    await sandbox.client.deleteMessage({ id: message.id })
    await sandbox.clock.advance(1_000)
    expect(sandbox.effects('dropped_before_active')).toEqual([])
  })
})

it.each([
  ['an unknown tag', () => input({ colour: 'red' }), 'InvalidPayload', 400],
  ['an unknown type', () => ({ ...input(), type: 'carousel' }), 'InvalidPayload', 400],
  ['a missing field', () => ({ ...input(), payload: {} }), 'InvalidPayload', 400],
  ['an empty text', () => input({}, ''), 'InvalidPayload', 400],
  [
    'a field the schema does not know',
    () => ({ ...input(), payload: { text: 'x', bold: true } }),
    'InvalidPayload',
    400,
  ],
  [
    'additional data that is too long',
    () => ({ ...input(), payload: { text: 'x', additionalData: 'x'.repeat(501) } }),
    'InvalidPayload',
    400,
  ],
  ['an unknown conversation', () => ({ ...input(), conversationId: 'conv_x' }), 'ReferenceNotFound', 400],
  ['an unknown user', () => ({ ...input(), userId: 'user_x' }), 'ReferenceNotFound', 400],
  ['a schedule without a time', () => ({ ...input(), schedule: {} }), 'InvalidPayload', 400],
  ['a payload of more than 128 kB', () => input({}, 'x'.repeat(131_073)), 'PayloadTooLarge', 413],
  ['a request of more than 1 MB', () => input({}, 'x'.repeat(1_048_577)), 'PayloadTooLarge', 413],
])('refuses %s', async (_, build, type, code) => {
  expect(await refusalOf(sandbox.client.createMessage(build()))).toEqual({ type, code })
})

it('lets unknown fields pass with the knob', async () => {
  sandbox.botpress.knobs.strictIncomingPayloads = false
  const { message } = await sandbox.client.createMessage({ ...input(), payload: { text: 'x', bold: true } })
  expect(message.payload).toEqual({ text: 'x', bold: true })
})

it('refuses a missing conversation with another error when the knob is set', async () => {
  sandbox.botpress.knobs.missingReferenceError = 'ResourceNotFound'
  const call = sandbox.client.createMessage({ ...input(), conversationId: 'conv_x' })
  expect(await refusalOf(call)).toEqual({ type: 'ResourceNotFound', code: 404 })
})
