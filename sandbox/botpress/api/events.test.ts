import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const moved = (place: number, schedule?: { delay: number }) =>
  sandbox.client.createEvent({ type: 'queueMoved', payload: { place }, ...(schedule ? { schedule } : {}) })

it('creates, reads and lists', async () => {
  const { client, botpress } = sandbox
  const { event } = await moved(1)
  expect(event).toMatchObject({ type: 'queueMoved', payload: { place: 1 }, status: 'pending', failureReason: null })
  await botpress.settle()
  expect((await client.getEvent({ id: event.id })).event.status).toBe('processed')
  expect((await client.listEvents({ type: 'queueMoved', status: 'processed' })).events).toHaveLength(1)
  expect((await client.listEvents({ status: 'failed' })).events).toEqual([])
})

it('processes a scheduled event at its time', async () => {
  const { event } = await moved(1, { delay: 60_000 })
  expect(event.status).toBe('scheduled')
  await sandbox.clock.advance(59_999)
  expect(sandbox.installation.botEvents()).toEqual([])
  await sandbox.clock.advance(1)
  expect(sandbox.installation.botEvents()).toHaveLength(1)
})

it('processes scheduled events in the order of their times', async () => {
  await moved(3, { delay: 3_000 })
  await moved(1, { delay: 1_000 })
  await moved(2, { delay: 2_000 })
  await sandbox.clock.advance(3_000)
  expect(sandbox.installation.botEvents().map(({ payload }) => payload.place)).toEqual([1, 2, 3])
})

it('forgets a scheduled event that was canceled', async () => {
  const { event } = await moved(1, { delay: 1_000 })
  await sandbox.client.cancelScheduledEvent({ id: event.id })
  await sandbox.clock.advance(1_000)
  expect(sandbox.installation.botEvents()).toEqual([])
  expect(await refusalOf(sandbox.client.cancelScheduledEvent({ id: event.id }))).toMatchObject({ code: 400 })
})

it('fails a hitl event of an unknown conversation', async () => {
  const { event } = await sandbox.client.createEvent({ type: 'hitlStopped', payload: { conversationId: 'conv_x' } })
  await sandbox.botpress.settle()
  const { event: later } = await sandbox.client.getEvent({ id: event.id })
  expect(later).toMatchObject({ status: 'failed', failureReason: expect.stringContaining('conv_x') as string })
})

it.each([
  ['an unknown type', { type: 'other', payload: {} }, 'InvalidPayload'],
  ['a missing field', { type: 'hitlStopped', payload: {} }, 'InvalidPayload'],
  ['a wrong type of field', { type: 'queueMoved', payload: { place: 'first' } }, 'InvalidPayload'],
  ['an unknown field', { type: 'queueMoved', payload: { place: 1, colour: 'red' } }, 'InvalidPayload'],
  ['an unknown conversation', { type: 'queueMoved', payload: { place: 1 }, conversationId: 'x' }, 'ReferenceNotFound'],
  ['an unknown user', { type: 'queueMoved', payload: { place: 1 }, userId: 'x' }, 'ReferenceNotFound'],
  ['an unknown message', { type: 'queueMoved', payload: { place: 1 }, messageId: 'x' }, 'ReferenceNotFound'],
])('refuses %s', async (_, input, type) => {
  expect(await refusalOf(sandbox.client.createEvent(input))).toEqual({ type, code: 400 })
})
