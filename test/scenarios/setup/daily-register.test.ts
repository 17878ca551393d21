import { afterEach, describe, expect, it } from 'vitest'
import { errorFault } from '../../../sandbox/livechat'
import {
  agentScopes,
  amber,
  clientId,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/** Botpress repeats the register every day: it repairs what broke, and says what only the owner can repair. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const dayMs = 24 * 3_600_000
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 10, agentAccess: agentScopes, ...options })
}
const codes = (): string[] => sandbox.botpress.issues().map(({ code }) => code)
const nextDay = () => sandbox.advance(dayMs)

describe('a day after the configuration was saved', () => {
  it('a webhook that somebody removed is there again, and agents’ messages arrive', async () => {
    await open()
    const { webhooks } = sandbox.livechat
    const before = webhooks.list().length
    for (const { id, action } of webhooks.list()) if (action === 'incoming_event') webhooks.remove(id)
    await nextDay()
    expect(webhooks.list()).toHaveLength(before)
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toBe(`${amber.name}: Hello`)
    expect(codes()).toEqual([])
  })

  it('and on each day after it, whatever happened in between', async () => {
    await open()
    for (let day = 0; day < 3; day += 1) {
      await sandbox.integration.restart()
      const { webhooks } = sandbox.livechat
      for (const { id } of webhooks.list()) webhooks.remove(id)
      await nextDay()
      expect(webhooks.list().length).toBeGreaterThan(5)
    }
  })

  it.each<[string, string, (sandbox: Sandbox) => unknown]>([
    [
      'the app was uninstalled',
      'app_not_installed',
      ({ livechat: { license } }) => license.setInstalled(clientId, false),
    ],
    ['the token was withdrawn', 'token_refused', ({ livechat: { license } }) => license.revokePats()],
    [
      'the address was removed from the app',
      'settings_refused',
      ({ livechat: { license } }) => license.addApp({ clientId, redirectUris: [] }),
    ],
    [
      'others have taken all places for a webhook',
      'webhook_missing',
      ({ livechat: { webhooks } }) => {
        for (const { id, action } of webhooks.list()) if (action === 'incoming_event') webhooks.remove(id)
        for (const url of ['https://a.example', 'https://b.example', 'https://c.example'])
          webhooks.register({ action: 'incoming_event', url, secretKey: 'theirs', clientId, type: 'license' })
      },
    ],
    [
      'the group was deleted',
      'group_gone',
      ({ faults }) => {
        faults.livechat.add({
          route: 'customer/list_group_statuses',
          times: Infinity,
          effect: { kind: 'junk', body: '{"groups_status":{}}' },
        })
        faults.livechat.add({
          route: 'configuration/get_group',
          times: Infinity,
          effect: errorFault('group_not_found'),
        })
      },
    ],
  ])('the owner learns that %s, and the installation stays registered', async (_, code, happens) => {
    await open({ configuration: { groupId: 3 } })
    happens(sandbox)
    await nextDay()
    await expect.poll(codes).toContain(code)
    expect(sandbox.installation.status).toBe('registered')
  })

  it.each<[string, (sandbox: Sandbox) => unknown]>([
    [
      'LiveChat is down',
      ({ faults }) => faults.livechat.add({ route: /./, times: Infinity, effect: { kind: 'reset' } }),
    ],
    ['LiveChat hangs', ({ faults }) => faults.livechat.add({ route: /./, times: Infinity, effect: { kind: 'hang' } })],
    [
      'Botpress’ states are down',
      ({ faults }) =>
        faults.botpress.add({
          route: /states/,
          times: Infinity,
          effect: { kind: 'status', status: 503, body: { id: 'x', code: 503, type: 'Internal', message: 'down' } },
        }),
    ],
  ])('nothing fails and nobody is alarmed because %s', async (_, happens) => {
    await open()
    happens(sandbox)
    await nextDay()
    expect(sandbox.installation.status).toBe('registered')
    expect(codes()).toEqual([])
  })
})

describe('whoever saves', () => {
  it('again within minutes is told what is wrong, as before', async () => {
    await open()
    sandbox.livechat.license.setInstalled(clientId, false)
    await sandbox.installation.register()
    expect(sandbox.installation.statusReason).toMatch(/Private Installation/)
  })

  it('again after a refusal is told once more, also days later', async () => {
    await open()
    sandbox.livechat.license.setInstalled(clientId, false)
    await sandbox.installation.register()
    await sandbox.advance(3 * dayMs)
    await sandbox.installation.register()
    expect(sandbox.installation.status).toBe('registration_failed')
    expect(sandbox.installation.statusReason).toMatch(/Private Installation/)
  })

  it('another configuration is told what is wrong with it, also days later', async () => {
    await open()
    await sandbox.advance(3 * dayMs)
    await sandbox.installation.configure({ ...sandbox.configuration, clientId: '0'.repeat(32) })
    expect(sandbox.installation.statusReason).toMatch(/"Client ID"/)
  })
})
