import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

it.each([
  ['names it in the payload', () => ({ payload: { place: 1, conversationId: desk.conversationId } })],
  ['is set on it', () => ({ payload: { place: 1 }, conversationId: desk.conversationId })],
])('keeps from the bot an event whose conversation %s', async (_, event) => {
  await sandbox.installation.endUser().askForHuman()
  const created = await sandbox.client.createEvent({ type: 'queueMoved', ...event() })
  await sandbox.botpress.settle()
  expect(sandbox.installation.botEvents()).toEqual([])
  expect((await sandbox.client.getEvent({ id: created.event.id })).event.status).toBe('ignored')
  expect(sandbox.effects('event_kept_from_bot')).toHaveLength(1)
})

it('lets an event that names no conversation reach the bot', async () => {
  await sandbox.installation.endUser().askForHuman()
  const created = await sandbox.client.createEvent({ type: 'queueMoved', payload: { place: 2, chat: 'c' } })
  await sandbox.botpress.settle()
  expect(sandbox.installation.botEvents()).toMatchObject([{ type: 'queueMoved', payload: { place: 2, chat: 'c' } }])
  expect((await sandbox.client.getEvent({ id: created.event.id })).event.status).toBe('processed')
})

it('lets an event of an ended session reach the bot', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await user.botStops()
  await sandbox.client.createEvent({ type: 'queueMoved', payload: { place: 1, conversationId: desk.conversationId } })
  await sandbox.botpress.settle()
  expect(sandbox.installation.botEvents()).toHaveLength(1)
})

it('fails for an event of a conversation that Botpress does not know', async () => {
  const payload = { place: 1, conversationId: 'conv_unknown' }
  const { event } = await sandbox.client.createEvent({ type: 'queueMoved', payload })
  await sandbox.botpress.settle()
  expect((await sandbox.client.getEvent({ id: event.id })).event.status).toBe('failed')
  expect(sandbox.installation.botEvents()).toEqual([])
})
