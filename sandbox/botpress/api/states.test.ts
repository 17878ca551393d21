import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp
let userId: string

beforeEach(async () => {
  sandbox = await setUp()
  userId = (await sandbox.client.createUser({ tags: {} })).user.id
})
afterEach(() => sandbox.close())

const target = () => ({ type: 'user' as const, id: userId, name: 'credentials' })
const notFound = { type: 'ResourceNotFound', code: 404 }

it('is missing, then set, read, patched and reset', async () => {
  const { client } = sandbox
  expect(await refusalOf(client.getState(target()))).toEqual(notFound)
  await client.setState({ ...target(), payload: { secret: 's1', count: 1 } })
  await client.patchState({ ...target(), payload: { count: 2 } })
  const { state } = await client.getState(target())
  expect(state).toMatchObject({
    payload: { secret: 's1', count: 2 },
    type: 'user',
    userId,
    botId: sandbox.installation.botId,
  })
  await client.setState({ ...target(), payload: { secret: 's2' } })
  expect((await client.getState(target())).state.payload).toEqual({ secret: 's2' })
  await client.setState({ ...target(), payload: null })
  expect(await refusalOf(client.getState(target()))).toEqual(notFound)
})

it('sets once by get-or-set', async () => {
  const { client } = sandbox
  await client.getOrSetState({ ...target(), payload: { secret: 'first' } })
  const { state } = await client.getOrSetState({ ...target(), payload: { secret: 'second' } })
  expect(state.payload).toEqual({ secret: 'first' })
})

it('expires after idleness, counted from the last write', async () => {
  const { client, clock } = sandbox
  await client.setState({ ...target(), payload: { secret: 's' }, expiry: 60_000 })
  await clock.advance(59_000)
  await client.patchState({ ...target(), payload: { count: 1 } })
  await clock.advance(59_000)
  expect((await client.getState(target())).state.payload.count).toBe(1)
  await clock.advance(1_000)
  expect(await refusalOf(client.getState(target()))).toEqual(notFound)
})

it('changes the expiry alone', async () => {
  const { client, clock } = sandbox
  await client.setState({ ...target(), payload: { secret: 's' }, expiry: 1_000 })
  await client.setStateExpiry({ ...target(), expiry: null })
  await clock.advance(2_000)
  expect((await client.getState(target())).state.payload).toEqual({ secret: 's' })
})

it.each([
  ['fails', notFound],
  ['creates', undefined],
] as const)('patches a missing state: %s', async (knob, refusal) => {
  sandbox.botpress.knobs.patchMissingState = knob
  const call = sandbox.client.patchState({ ...target(), payload: { secret: 's' } })
  if (refusal) expect(await refusalOf(call)).toEqual(refusal)
  else expect((await call).state.payload).toEqual({ secret: 's' })
})

it('keeps the integration state of one bot from another', async () => {
  const { client, botpress, integration, installation } = sandbox
  const setup = { type: 'integration' as const, id: installation.integrationId, name: 'setup' }
  await client.setState({ ...setup, payload: { hooks: ['h1'] } })
  const other = await botpress.install({ integrationUrl: integration.url, configuration: { apiKey: 'k' } })
  expect(await refusalOf(sandbox.clientOf(other).getState(setup))).toEqual(notFound)
  expect(installation.state('integration', setup.id, 'setup')).toEqual({ hooks: ['h1'] })
})

it('never writes the contents of a state into the ledger', async () => {
  await sandbox.client.setState({ ...target(), payload: { secret: 'top-secret' } })
  expect(sandbox.effects('state_set')).toMatchObject([{ type: 'user', ownerId: userId, name: 'credentials' }])
  expect(JSON.stringify(sandbox.ledger.all())).not.toContain('top-secret')
})

it.each([
  ['an unknown state', () => ({ ...target(), name: 'other', payload: {} }), 'InvalidPayload', 400],
  ['a state of another type', () => ({ ...target(), name: 'setup', payload: { hooks: [] } }), 'InvalidPayload', 400],
  ['a payload against the schema', () => ({ ...target(), payload: { secret: 1 } }), 'InvalidPayload', 400],
  ['an unknown field', () => ({ ...target(), payload: { secret: 's', more: 1 } }), 'InvalidPayload', 400],
  ['an unknown owner', () => ({ ...target(), id: 'user_x', payload: { secret: 's' } }), 'ReferenceNotFound', 400],
  [
    'more than 30 days',
    () => ({ ...target(), payload: { secret: 's' }, expiry: 2_592_000_001 }),
    'InvalidPayload',
    400,
  ],
  ['more than 128 kB', () => ({ ...target(), payload: { secret: 'x'.repeat(131_073) } }), 'PayloadTooLarge', 413],
])('refuses %s', async (_, build, type, code) => {
  expect(await refusalOf(sandbox.client.setState(build()))).toEqual({ type, code })
})
