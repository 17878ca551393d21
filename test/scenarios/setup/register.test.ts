import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 20 })
})
afterAll(() => sandbox.close())

const save = async (changes: Record<string, unknown>) => {
  await sandbox.installation.configure({ ...sandbox.configuration, ...changes })
  const { status, statusReason = '' } = sandbox.installation
  return { status, statusReason }
}
const customers = () => sandbox.ledger.all({ side: 'livechat', kind: 'effect', name: 'customer_created' }).length

describe('saving the configuration', () => {
  it('succeeds with three right fields, and makes one customer, however often it is done', async () => {
    expect((await save({})).status).toBe('registered')
    const before = customers()
    for (let time = 0; time < 3; time += 1) expect((await save({})).status).toBe('registered')
    expect(customers()).toBe(before)
    expect(sandbox.livechat.desk.chats()).toEqual([])
  })

  it.each([
    ['a Client ID that does not exist', { clientId: '0'.repeat(32) }, /"Client ID"/],
    ['a Client ID of spaces', { clientId: '   ' }, /"Client ID" is empty/],
    [
      'an organization that does not exist',
      { organizationId: '00000000-0000-0000-0000-000000000000' },
      /"Organization ID"/,
    ],
    ['a secret of spaces', { webhookSecret: '   ' }, /"Webhook secret" is empty/],
    ['a secret with a space behind it', { webhookSecret: 'secret ' }, /"Webhook secret" begins or ends with a space/],
    ['a group that does not exist', { groupId: 77 }, /"Group ID": LiveChat has no group 77/],
  ])('with %s says which field', async (_name, changes, text) => {
    const { status, statusReason } = await save(changes)
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(text)
  })

  it.each([0, 3])('accepts group %i', async (groupId) => {
    expect((await save({ groupId })).status).toBe('registered')
  })

  it('prints the exact address to add when the redirect URI is not whitelisted', async () => {
    sandbox.livechat.license.addApp({
      clientId: 'f'.repeat(32),
      redirectUris: ['https://elsewhere.example.com/'],
      installed: true,
    })
    const { status, statusReason } = await save({ clientId: 'f'.repeat(32) })
    expect(status).toBe('registration_failed')
    expect(statusReason).toContain(sandbox.installation.webhookUrl)
    expect(statusReason).toContain('Redirect URI whitelist')
  })

  it('also prints it if a session starts after the address was removed from the app', async () => {
    sandbox.livechat.license.addApp({
      clientId: 'e'.repeat(32),
      redirectUris: ['https://elsewhere.example.com/'],
      installed: true,
    })
    await save({ clientId: 'e'.repeat(32) })
    const { userId } = await sandbox.installation.runAction('createUser', { name: 'Teal', email: 'teal@example.com' })
    const start = sandbox.installation.runAction('startHitl', { userId, messageHistory: [] })
    await expect(start).rejects.toThrow(`The address is exactly: ${sandbox.installation.webhookUrl}`)
    await save({})
  })

  it('names everything that is wrong at once', async () => {
    const { statusReason } = await save({ clientId: '0'.repeat(32), webhookSecret: 'secret ' })
    expect(statusReason.split('\n')).toEqual([
      expect.stringMatching(/^"Webhook secret" begins or ends with a space/),
      expect.stringMatching(/^LiveChat does not know this "Client ID"/),
    ])
  })

  it('says that LiveChat is not reachable rather than blaming a field', async () => {
    const heal = sandbox.faults.livechat.add({ route: 'accounts/token', times: Infinity, effect: { kind: 'reset' } })
    const { status, statusReason } = await save({})
    heal()
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(/could not be reached/)
    expect(statusReason).not.toMatch(/"/)
  })

  it('can be undone by uninstalling, also twice', async () => {
    await save({})
    await sandbox.installation.uninstall()
    expect(sandbox.installation.status).toBe('unregistered')
    await sandbox.installation.uninstall()
    expect(sandbox.installation.status).toBe('unregistered')
  })
})
