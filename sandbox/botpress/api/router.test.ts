import { afterEach, beforeEach, expect, it } from 'vitest'
import { refusalOf, setUp, type SetUp } from '../testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const raw = async (method: string, path: string, changes: { headers?: Record<string, string>; body?: string } = {}) => {
  const { botpress, installation } = sandbox
  const response = await fetch(`${botpress.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${botpress.token}`,
      'x-bot-id': installation.botId,
      'x-integration-id': installation.integrationId,
      ...changes.headers,
    },
    ...(changes.body === undefined ? {} : { body: changes.body }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

it.each([
  ['a wrong token', 'GET', '/v1/chat/users', { headers: { authorization: 'Bearer no' } }, 'Unauthorized', 401],
  ['no bot', 'GET', '/v1/chat/users', { headers: { 'x-bot-id': '' } }, 'InvalidPayload', 400],
  ['a foreign bot', 'GET', '/v1/chat/users', { headers: { 'x-bot-id': 'b' } }, 'Forbidden', 403],
  ['a foreign integration', 'GET', '/v1/chat/users', { headers: { 'x-integration-id': 'i' } }, 'Forbidden', 403],
  ['a foreign alias', 'GET', '/v1/chat/users', { headers: { 'x-integration-alias': 'a' } }, 'Forbidden', 403],
  ['a path that is not covered', 'GET', '/v1/chat/tasks', {}, 'MethodNotFound', 405],
  ['a body that is not JSON', 'POST', '/v1/chat/users', { body: '{' }, 'InvalidDataFormat', 400],
  ['a missing field', 'POST', '/v1/chat/users', { body: '{}' }, 'InvalidPayload', 400],
  ['a field of the wrong type', 'POST', '/v1/chat/users', { body: '{"tags":{"email":1}}' }, 'InvalidPayload', 400],
  ['an unknown field', 'POST', '/v1/chat/users', { body: '{"tags":{},"colour":1}' }, 'InvalidPayload', 400],
  ['more than 1 MB', 'POST', '/v1/chat/users', { body: ' '.repeat(1_048_577) }, 'PayloadTooLarge', 413],
  ['a wrong token of a page', 'GET', '/v1/chat/users?nextToken=zz', {}, 'InvalidQuery', 400],
  ['a wrong date', 'GET', '/v1/chat/users?afterDate=today', {}, 'InvalidQuery', 400],
])('refuses %s', async (_, method, path, changes, type, code) => {
  const { status, body } = await raw(method, path, changes)
  expect({ status, ...body }).toMatchObject({ status: code, code, type, id: expect.any(String) as string })
})

it('writes calls into the ledger under their routes, with placeholders for ids', async () => {
  const { client, ledger, installation } = sandbox
  const mark = ledger.mark()
  const { user } = await client.getOrCreateUser({ tags: { email: 'a' } })
  await client.getUser({ id: user.id })
  await client.setState({ type: 'integration', id: installation.integrationId, name: 'setup', payload: { hooks: [] } })
  await refusalOf(client.getUser({ id: 'user_x' }))
  expect(ledger.since(mark, { kind: 'call' }).map(({ name, status }) => `${status} ${name}`)).toEqual([
    '200 POST /v1/chat/users/get-or-create',
    '200 GET /v1/chat/users/:id',
    '200 POST /v1/chat/states/:type/:id/:name',
    '404 GET /v1/chat/users/:id',
  ])
})

it('applies nothing when a fault comes first, and everything when it comes after', async () => {
  const { client, faults, installation } = sandbox
  const effect = { kind: 'status', status: 500, body: { id: 'e', code: 500, type: 'Internal', message: 'x' } } as const
  faults.add({ route: 'POST /v1/chat/users', effect })
  expect(await refusalOf(client.createUser({ tags: {} }))).toMatchObject({ code: 500 })
  expect(installation.users()).toHaveLength(0)
  faults.add({ route: 'POST /v1/chat/users', effect: { ...effect, when: 'after' } })
  expect(await refusalOf(client.createUser({ tags: {} }))).toMatchObject({ code: 500 })
  expect(installation.users()).toHaveLength(1)
})

it('counts analytics and stores an identifier', async () => {
  await sandbox.client.trackAnalytics({ name: 'handoffs', count: 2 })
  await sandbox.client.configureIntegration({ identifier: 'x' })
  expect(sandbox.effects('analytics_tracked')).toMatchObject([{ count: 2 }])
  expect(await refusalOf(sandbox.client.trackAnalytics({ name: 'handoffs', count: 0 }))).toMatchObject({ code: 400 })
})
