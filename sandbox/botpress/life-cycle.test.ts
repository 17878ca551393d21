import { afterEach, beforeEach, expect, it } from 'vitest'
import { runtimeError } from './testing/fake-integration'
import { refusalOf, setUp, type SetUp } from './testing/set-up'

let sandbox: SetUp

beforeEach(async () => {
  sandbox = await setUp()
})
afterEach(() => sandbox.close())

const install = (configuration: unknown = { apiKey: 'k' }) =>
  sandbox.botpress.install({ integrationUrl: sandbox.integration.url, configuration })

it('sends everything that the SDK reads when it registers', () => {
  const { installation, integration } = sandbox
  const [seen] = integration.seen
  expect(seen).toMatchObject({
    operation: 'register',
    body: { webhookUrl: `https://webhook.botpress.cloud/${installation.webhookId}` },
    configuration: { apiKey: 'k1' },
    headers: {
      'x-bot-id': installation.botId,
      'x-bot-user-id': installation.botId,
      'x-integration-id': installation.integrationId,
      'x-integration-alias': 'desk-hitl',
      'x-webhook-id': installation.webhookId,
    },
  })
  expect(seen?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(installation.status).toBe('registered')
})

it('shows the owner why a registration failed, and succeeds after a repair', async () => {
  sandbox.integration.on('register', ({ configuration }) =>
    (configuration as { apiKey: string }).apiKey === 'good' ? {} : runtimeError('The key is wrong'),
  )
  const installation = await install()
  expect([installation.status, installation.statusReason]).toEqual(['registration_failed', 'The key is wrong'])
  await installation.configure({ apiKey: 'good' })
  expect([installation.status, installation.statusReason]).toEqual(['registered', undefined])
})

it('refuses a configuration against the schema before anything is sent', async () => {
  const calls = sandbox.integration.seen.length
  expect(await refusalOf(install({}))).toEqual({ type: 'InvalidPayload', code: 400 })
  expect(await refusalOf(install({ apiKey: 'k', more: 1 }))).toEqual({ type: 'InvalidPayload', code: 400 })
  expect(sandbox.integration.seen).toHaveLength(calls)
})

it.each([
  [false, { apiKey: 'k' }],
  [true, { apiKey: 'k', greeting: 'hello' }],
])('fills in defaults: %s', async (applyConfigurationDefaults, configuration) => {
  sandbox.botpress.knobs.applyConfigurationDefaults = applyConfigurationDefaults
  await install()
  expect(sandbox.integration.seen.at(-1)?.configuration).toEqual(configuration)
})

it('reports that the integration does not run', async () => {
  const installation = await sandbox.botpress.install({
    integrationUrl: 'http://127.0.0.1:9',
    configuration: { apiKey: 'k' },
  })
  expect([installation.status, installation.statusReason]).toEqual([
    'registration_failed',
    'the integration was not reached',
  ])
})

it('unregisters while the API still answers, and is removed afterwards', async () => {
  const { installation, integration, client } = sandbox
  let couldRead = false
  integration.on('unregister', async () => {
    couldRead = (await client.listUsers({})).users.length === 0
    return {}
  })
  await installation.uninstall()
  expect([installation.status, couldRead]).toEqual(['unregistered', true])
  expect(await refusalOf(client.listUsers({}))).toMatchObject({ code: 403 })
})

it('stays installed when unregistering fails', async () => {
  sandbox.integration.on('unregister', () => runtimeError('no'))
  await sandbox.installation.uninstall()
  expect(sandbox.installation.status).toBe('unregistration_failed')
  expect((await sandbox.client.listUsers({})).users).toEqual([])
})

it('calls register again on the schedule that the integration asked for', async () => {
  await sandbox.client.configureIntegration({ scheduleRegisterCall: 'daily' })
  await sandbox.clock.advance(3 * 24 * 3_600_000)
  expect(sandbox.integration.bodies('register')).toHaveLength(4)
  await sandbox.installation.uninstall()
  await sandbox.clock.advance(2 * 24 * 3_600_000)
  expect(sandbox.integration.bodies('register')).toHaveLength(4)
})

it.each([
  [true, { hooks: ['h'] }],
  [false, undefined],
])('keeps integration states over an upgrade: %s', async (stateSurvivesUpgrade, payload) => {
  sandbox.botpress.knobs.stateSurvivesUpgrade = stateSurvivesUpgrade
  const { installation, client } = sandbox
  const before = installation.integrationId
  await client.setState({ type: 'integration', id: before, name: 'setup', payload: { hooks: ['h'] } })
  await installation.upgrade()
  expect(installation.integrationId).not.toBe(before)
  expect(installation.state('integration', installation.integrationId, 'setup')).toEqual(payload)
})

it('never writes the configuration into the ledger', async () => {
  await install({ apiKey: 'very-secret' })
  expect(JSON.stringify(sandbox.ledger.all())).not.toContain('very-secret')
})

it('runs an action with checked input and output', async () => {
  const { installation, integration } = sandbox
  integration.on('createUser', () => ({ body: { output: { userId: 'u1' } } }))
  expect(await installation.runAction('createUser', { name: 'Plum' })).toEqual({ userId: 'u1' })
  await expect(installation.runAction('createUser', {})).rejects.toThrow('Input of createUser')
  await expect(installation.runAction('other', {})).rejects.toThrow('There is no action "other"')
  integration.on('createUser', () => ({ body: { output: { userId: 'u1', more: 1 } } }))
  await expect(installation.runAction('createUser', { name: 'Plum' })).rejects.toThrow('Output of createUser')
  integration.on('createUser', () => runtimeError('no seats'))
  await expect(installation.runAction('createUser', { name: 'Plum' })).rejects.toThrow('no seats')
})

it.each([
  [{ kind: 'status', status: 503, body: 'busy' }, 0, 'answered 503'],
  [{ kind: 'reset', when: 'after' }, 1, 'the connection was reset'],
] as const)('applies faults to operations: %o', async (effect, calls, reason) => {
  const before = sandbox.integration.bodies('action_triggered').length
  sandbox.faults.add({ route: 'operation/action_triggered', effect })
  await expect(sandbox.installation.runAction('stopHitl', { conversationId: 'c' })).rejects.toThrow(reason)
  expect(sandbox.integration.bodies('action_triggered')).toHaveLength(before + calls)
})
