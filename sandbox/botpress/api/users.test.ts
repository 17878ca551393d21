import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

it('creates, reads, changes and deletes', async () => {
  const { client } = sandbox
  const { user } = await client.createUser({ tags: { email: 'a@example.com', agentId: '7' }, name: 'Plum' })
  expect(user).toMatchObject({ name: 'Plum', tags: { email: 'a@example.com', agentId: '7' } })
  expect(user.id.length).toBeGreaterThanOrEqual(28)
  expect(user.id.length).toBeLessThanOrEqual(36)

  const changed = await client.updateUser({
    id: user.id,
    tags: { agentId: '' },
    name: 'Plum V.',
    pictureUrl: 'https://x.example',
  })
  expect(changed.user).toMatchObject({
    name: 'Plum V.',
    tags: { email: 'a@example.com' },
    pictureUrl: 'https://x.example',
  })
  expect(changed.user.tags).not.toHaveProperty('agentId')
  expect((await client.getUser({ id: user.id })).user).toEqual(changed.user)

  await client.deleteUser({ id: user.id })
  expect(await refusalOf(client.getUser({ id: user.id }))).toEqual({ type: 'ResourceNotFound', code: 404 })
})

it('finds a user by all tags, and not one that has more tags', async () => {
  const { client } = sandbox
  const first = await client.getOrCreateUser({ tags: { email: 'a' } })
  expect((await client.getOrCreateUser({ tags: { email: 'a' } })).user.id).toBe(first.user.id)
  await client.updateUser({ id: first.user.id, tags: { agentId: '1' } })
  expect((await client.getOrCreateUser({ tags: { email: 'a' } })).user.id).not.toBe(first.user.id)
})

it('finds a user by the discriminators alone, and updates it', async () => {
  const { client } = sandbox
  const first = await client.getOrCreateUser({ tags: { email: 'a', agentId: '1' }, discriminateByTags: ['email'] })
  const second = await client.getOrCreateUser({
    tags: { email: 'a', agentId: '2' },
    name: 'Plum',
    discriminateByTags: ['email'],
  })
  expect(second.user).toMatchObject({ id: first.user.id, name: 'Plum', tags: { agentId: '2' } })
  expect([first, second]).toMatchObject([{ meta: { created: true } }, { meta: { created: false } }])
})

it('creates a user each time if the list of discriminators is empty', async () => {
  const { client } = sandbox
  const first = await client.getOrCreateUser({ tags: { email: 'a' }, discriminateByTags: [] })
  const second = await client.getOrCreateUser({ tags: { email: 'a' }, discriminateByTags: [] })
  expect(second.user.id).not.toBe(first.user.id)
})

it('lists page by page, newest first, by tags', async () => {
  sandbox.botpress.knobs.pageSize = 2
  const { client } = sandbox
  for (const email of ['a', 'b', 'c']) await client.createUser({ tags: { email, agentId: '1' } })
  await client.createUser({ tags: { email: 'd', agentId: '2' } })
  const first = await client.listUsers({ tags: { agentId: '1' } })
  expect(first.users.map(({ tags }) => tags.email)).toEqual(['c', 'b'])
  const nextToken = first.meta.nextToken ?? ''
  const second = await client.listUsers({ tags: { agentId: '1' }, nextToken })
  expect(second.users.map(({ tags }) => tags.email)).toEqual(['a'])
  expect(second.meta.nextToken).toBeUndefined()
})

it('keeps the users of two bots apart', async () => {
  const { client, botpress, integration } = sandbox
  const { user } = await client.getOrCreateUser({ tags: { email: 'a' } })
  const other = await botpress.install({ integrationUrl: integration.url, configuration: { apiKey: 'k2' } })
  const otherClient = sandbox.clientOf(other)
  expect(other.integrationId).toBe(sandbox.installation.integrationId)
  expect(await refusalOf(otherClient.getUser({ id: user.id }))).toMatchObject({ code: 404 })
  expect((await otherClient.getOrCreateUser({ tags: { email: 'a' } })).user.id).not.toBe(user.id)
})

it('shows the plugin’s tags with the knob, and then compares them in exact look-ups', async () => {
  sandbox.botpress.knobs.pluginTagsVisible = true
  const { client, installation, integration } = sandbox
  const { user } = await client.getOrCreateUser({ tags: { email: 'a' } })
  integration.on('createUser', () => ({ body: { output: { userId: user.id } } }))
  await installation.endUser().askForHuman()
  expect((await client.getUser({ id: user.id })).user.tags).toHaveProperty('hitl#upstream')
  expect((await client.getOrCreateUser({ tags: { email: 'a' } })).user.id).not.toBe(user.id)
})

it.each([
  ['an unknown tag', { tags: { phone: '1' } }],
  ['a tag of 500 characters', { tags: { email: 'x'.repeat(500) } }],
  ['a name of more than 200 characters', { tags: {}, name: 'x'.repeat(201) }],
  ['a picture of more than 40 000 characters', { tags: {}, pictureUrl: 'x'.repeat(40_001) }],
  ['a discriminator without a tag', { tags: {}, discriminateByTags: ['email'] }],
])('refuses %s', async (_, input) => {
  expect(await refusalOf(sandbox.client.getOrCreateUser(input))).toEqual({ type: 'InvalidPayload', code: 400 })
})
