import { afterEach, describe, expect, it } from 'vitest'
import type { IssueView } from '../../../sandbox/botpress'
import { errorFault } from '../../../sandbox/livechat'
import {
  agentScopes,
  amber,
  startSandbox,
  webhookSecret,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/** What only the bot's owner can correct stands on the page "Issues" of the bot's dashboard, with the click. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 10, ...options })
}

/** The issues, once the platform has collected the log of the process. */
const issues = async (count: number): Promise<IssueView[]> => {
  await expect.poll(() => sandbox.botpress.issues().length).toBe(count)
  return sandbox.botpress.issues()
}

describe('the owner is told', () => {
  it('that LiveChat’s webhooks have another secret: once, however many come', async () => {
    await open()
    const talk = await startTalk(sandbox)
    for (const webhook of sandbox.livechat.webhooks.list()) webhook.secretKey = 'an old one'
    for (const text of ['One', 'Two', 'Three']) await agentSays(sandbox, talk.chatId, text)
    const [issue] = await issues(1)
    expect(issue).toMatchObject({ code: 'webhook_secret_refused', category: 'configuration', count: 1 })
    expect(issue?.description).toContain('"Webhook secret"')
    expect(issue?.data['place']).toContain('Building blocks > Chat Webhooks')
    expect(JSON.stringify(issue)).not.toContain(webhookSecret)
  })

  it('again an hour later, as the same issue', async () => {
    await open({ livechatKnobs: { inactivityMs: 24 * 3_600_000 } })
    const talk = await startTalk(sandbox)
    for (const webhook of sandbox.livechat.webhooks.list()) webhook.secretKey = 'an old one'
    await agentSays(sandbox, talk.chatId, 'One')
    await issues(1)
    await sandbox.clock.advance(3_600_000)
    await agentSays(sandbox, talk.chatId, 'Two')
    await expect.poll(() => sandbox.botpress.issues()[0]?.count).toBe(2)
    expect(sandbox.botpress.issues()).toHaveLength(1)
  })

  it('nothing when a stranger calls the webhook URL', async () => {
    await open()
    const { organizationId } = sandbox.livechat.license
    for (const body of ['{}', '{"secret_key":"x"}', '{"secret_key":"x","organization_id":"y"}', '[]', '1', 'null'])
      expect((await sandbox.postWebhook(body)).status).toBe(401)
    await startTalk(sandbox, { start: { title: 'Hello', hitlSession: { groupId: 3 } } })
    expect(sandbox.botpress.issues()).toEqual([])
    await sandbox.postWebhook(JSON.stringify({ secret_key: 'x', organization_id: organizationId }))
    await issues(1)
  })

  it.each([
    ['the bot', {}, { groupId: 77 }, 'true'],
    ['the configuration', { groupId: 3 }, undefined, 'false'],
  ])('that a group is gone which %s names', async (_, configuration, hitlSession, isNamedByBot) => {
    await open({ configuration })
    sandbox.faults.livechat.add({ route: /start_chat/, times: Infinity, effect: errorFault('group_not_found') })
    const started = await sandbox.installation
      .endUser({ name: 'Teal' })
      .askForHuman({ title: 'Hello', ...(hitlSession ? { hitlSession } : {}) })
    expect(started.started).toBe(false)
    expect(await issues(1)).toMatchObject([
      { code: 'group_gone', data: { groupId: String(hitlSession?.groupId ?? 3), isNamedByBot } },
    ])
  })

  it.each([
    ['the license has expired', () => sandbox.livechat.license.expire(), 'license_refused'],
    [
      'the address was removed from the app',
      () =>
        sandbox.livechat.license.addApp({ clientId: sandbox.configuration['clientId'] as string, redirectUris: [] }),
      'settings_refused',
    ],
  ])('that %s', async (_, happens, code) => {
    await open()
    happens()
    const started = await sandbox.installation.endUser({ name: 'Teal' }).askForHuman({ title: 'Hello' })
    expect(started.started).toBe(false)
    expect(await issues(1)).toMatchObject([{ code }])
  })

  it('that LiveChat refuses the Personal Access Token, while the session goes on', async () => {
    await open({ agentAccess: agentScopes })
    sandbox.livechat.license.revokePats()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toBe(`${amber.name}: Hello`)
    expect(await issues(1)).toMatchObject([{ code: 'token_refused' }])
  })

  it('nothing about an outage, which passes by itself', async () => {
    await open()
    sandbox.faults.livechat.add({ route: /./, times: Infinity, effect: { kind: 'reset' } })
    await sandbox.installation.endUser({ name: 'Teal' }).askForHuman({ title: 'Hello' })
    await sandbox.installation.register()
    expect(sandbox.installation.status).toBe('registration_failed')
    expect(sandbox.botpress.issues()).toEqual([])
  })
})
