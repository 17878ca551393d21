import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FaultEffect } from '../../../sandbox/faults'
import { errorFault } from '../../../sandbox/livechat/errors'
import {
  addAgentAccess,
  agentScopes,
  clientId,
  startSandbox,
  webhookSecret,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'

let sandbox: Sandbox
const start = async (options: SandboxOptions): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 10, agentAccess: agentScopes, ...options })
}
beforeAll(() => start({}))
afterAll(() => sandbox.close())

/**
 * Restores the state after a first set-up. One sandbox serves most tests, because restoring a license is quicker than
 * starting one.
 */
const open = async (options?: SandboxOptions): Promise<void> => {
  if (options || sandbox.installation.status === 'unregistered') {
    await sandbox.close()
    await start(options ?? {})
    return
  }
  sandbox.faults.livechat.clear()
  for (const { id } of all()) sandbox.livechat.webhooks.remove(id)
  sandbox.livechat.license.addApp({ clientId, redirectUris: [sandbox.installation.webhookUrl] })
  sandbox.configuration['agentAccess'] = addAgentAccess(sandbox.livechat, agentScopes)
  expect((await save()).status).toBe('registered')
}

const all = () => sandbox.livechat.webhooks.list()
const isOurs = ({ description = '' }: { description?: string }) => description.startsWith('Botpress LiveChat HITL')
const ours = (url = sandbox.installation.webhookUrl) => all().filter((each) => isOurs(each) && each.url === url)
/** What determines LiveChat's behavior: everything in the webhooks except ids and times. */
const effects = (secretKey = webhookSecret) =>
  ours()
    .map(({ id: _, activeFromMs: __, description: ___, ...rest }) => rest)
    .filter((each) => each.secretKey === secretKey)
    .sort((a, b) => a.action.localeCompare(b.action))
const actions = [
  ...['chat_deactivated', 'chat_transferred', 'event_deleted', 'event_updated', 'incoming_chat', 'incoming_event'],
  ...['thread_properties_updated', 'user_added_to_chat', 'user_removed_from_chat'],
]
const ids = () =>
  all()
    .map(({ id }) => id)
    .sort()

const save = async (changes: Record<string, unknown> = {}) => {
  await sandbox.installation.configure({ ...sandbox.configuration, ...changes })
  const { status, statusReason = '' } = sandbox.installation
  return { status, statusReason }
}
const configurationCalls = (mark: number) =>
  sandbox.ledger
    .since(mark, { kind: 'call', side: 'livechat' })
    .map(({ name }) => name)
    .filter((name) => /^(configuration|agent)\//.test(name))
const byHand = (action: string, more: { url?: string; clientId?: string; description?: string } = {}) =>
  sandbox.livechat.webhooks.register({
    action,
    url: sandbox.installation.webhookUrl,
    secretKey: webhookSecret,
    clientId,
    ...more,
  })

describe('with agent access, saving the configuration', () => {
  it('gives the bot every webhook that it can use, once', async () => {
    await open()
    expect(sandbox.installation.status).toBe('registered')
    expect(effects().map(({ action }) => action)).toEqual(actions)
    for (const { type, filters, version, secretKey } of ours()) {
      expect({ type, version, secretKey }).toEqual({ type: 'license', version: '3.6', secretKey: webhookSecret })
      expect(filters).not.toHaveProperty('author_type')
    }
    expect(all()).toHaveLength(actions.length)
    expect(sandbox.integration.logs().filter((line) => /left_behind|differs|refused/.test(line))).toEqual([])
  })

  it('a second and third time changes nothing', async () => {
    await open()
    const before = ids()
    for (let time = 0; time < 2; time += 1) {
      const mark = sandbox.ledger.mark()
      expect((await save()).status).toBe('registered')
      expect(configurationCalls(mark).filter((name) => /register_webhook/.test(name))).toEqual([])
    }
    expect(ids()).toEqual(before)
  })

  it.each([2, 3, 5])('%i times at once gives the same webhooks as once', async (times) => {
    await open({ latencyMs: 3 })
    const expected = effects()
    for (const { id } of all()) sandbox.livechat.webhooks.remove(id)
    await Promise.all(Array.from({ length: times }, () => sandbox.installation.register()))
    expect(sandbox.installation.status).toBe('registered')
    expect(effects()).toEqual(expected)
    expect(ours()).toHaveLength(actions.length)
  })

  it('with another secret replaces every webhook, without a moment in which one is missing', async () => {
    await open()
    const expected = effects()
    const before = ids()
    let fewest = Infinity
    const stop = watchEffects(() => (fewest = Math.min(fewest, new Set(ours().map(({ action }) => action)).size)))
    expect((await save({ webhookSecret: 'another-secret' })).status).toBe('registered')
    stop()
    expect(fewest).toBe(actions.length)
    expect(effects('another-secret')).toEqual(expected.map((each) => ({ ...each, secretKey: 'another-secret' })))
    expect(ours()).toHaveLength(actions.length)
    expect(ids().filter((id) => before.includes(id))).toEqual([])
  })

  it('repairs what somebody changed in the Developer Console', async () => {
    await open()
    const expected = effects()
    const [first, second, third] = ours()
    if (first) first.filters = { author_type: 'agent' }
    if (second) delete second.filters
    if (third) sandbox.livechat.webhooks.remove(third.id)
    await save()
    expect(effects()).toEqual(expected)
    expect(ours()).toHaveLength(actions.length)
  })

  it('works in the region that LiveChat names', async () => {
    await open({ livechatKnobs: { region: 'fra' } })
    expect(sandbox.installation.status).toBe('registered')
    expect(effects().map(({ action }) => action)).toEqual(actions)
  })
})

/** Runs `look` after each change of the webhooks. */
const watchEffects = (look: () => void): (() => void) => {
  const record = sandbox.ledger.record.bind(sandbox.ledger)
  const spy = vi.spyOn(sandbox.ledger, 'record').mockImplementation((entry) => {
    if (entry.name.startsWith('webhook_')) look()
    return record(entry)
  })
  return () => spy.mockRestore()
}

describe('a set-up that breaks off', () => {
  // src/setup/webhooks/register-webhooks.test.ts tests every call in every state.
  it.each([0, 2, 5, 9, 15])('after %i calls is completed by the next one', async (skip) => {
    await open()
    const effect: FaultEffect = { kind: 'reset', when: 'after' }
    const heal = sandbox.faults.livechat.add({ route: /^configuration\//, skip, times: Infinity, effect })
    expect((await save({ webhookSecret: 'another-secret' })).status).toBe('registration_failed')
    heal()
    await sandbox.integration.restart()
    expect((await save({ webhookSecret: 'another-secret' })).status).toBe('registered')
    expect(effects('another-secret').map(({ action }) => action)).toEqual(actions)
    expect(all()).toHaveLength(actions.length)
  })
})

describe('webhooks that others made', () => {
  it('are not changed by saving, by another secret or by uninstalling', async () => {
    await open()
    const foreign = [
      byHand('incoming_event'),
      byHand('chat_deactivated', { description: 'made by hand' }),
      byHand('chat_transferred', { url: 'https://elsewhere.example.com/hook' }),
      byHand('routing_status_set'),
    ]
    sandbox.livechat.license.addApp({ clientId: 'another', redirectUris: [] })
    const [copied] = ours()
    foreign.push(byHand('incoming_event', { clientId: 'another', description: copied?.description ?? '' }))
    await save({ webhookSecret: 'another-secret' })
    await sandbox.installation.uninstall()
    expect(sandbox.installation.status).toBe('unregistered')
    expect(ids()).toEqual(foreign.sort())
  })

  it('of another installation with the same app stay when one is uninstalled', async () => {
    await open()
    const url = 'https://webhook.botpress.cloud/another-installation'
    const first = ours()[0]
    for (const action of actions) byHand(action, { url, description: first?.description ?? '' })
    await save({ webhookSecret: 'another-secret' })
    expect(ours(url)).toHaveLength(actions.length)
    await sandbox.installation.uninstall()
    expect(all().map((each) => each.url)).toEqual(actions.map(() => url))
  })

  const elsewhere = (count: number) => {
    for (let made = 0; made < count; made += 1) byHand('chat_deactivated', { url: `https://other.example.com/${made}` })
  }

  it('and that fill LiveChat’s limit of three are named, with what to do', async () => {
    await open()
    for (const { id } of ours()) sandbox.livechat.webhooks.remove(id)
    elsewhere(3)
    const { status, statusReason } = await save()
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(/three Chat Webhooks for "chat_deactivated".*Remove one that is no longer needed/s)
  })

  it('by hand for this bot are named first when the limit is reached', async () => {
    await open()
    for (const { id } of ours()) sandbox.livechat.webhooks.remove(id)
    elsewhere(2)
    byHand('chat_deactivated')
    expect((await save()).statusReason).toMatch(/made by hand with the webhook URL of this bot/)
  })

  it.each([
    ['limit_reached', undefined],
    ['another error', 'validation'],
  ])('and that leave room for one let ours be replaced by the new one (%s)', async (_name, type) => {
    await open()
    elsewhere(2)
    if (type) {
      const route = 'configuration/register_webhook'
      const skip = ours().findIndex(({ action }) => action === 'chat_deactivated')
      sandbox.faults.livechat.add({ route, skip, effect: errorFault(type) })
    }
    expect((await save({ webhookSecret: 'another-secret' })).status).toBe('registered')
    expect(effects('another-secret')).toHaveLength(actions.length)
    expect(all()).toHaveLength(actions.length + 2)
  })
})

describe('agent access that does not work says what to do:', () => {
  const without = (...lacking: string[]): string[] => agentScopes.filter((scope) => !lacking.includes(scope))
  const saveWithScopes = (scopes: readonly string[]) => save({ agentAccess: addAgentAccess(sandbox.livechat, scopes) })

  it.each(['webhooks.configuration:rw', 'webhooks.state:rw', 'agents--all:ro', 'groups--all:ro'])(
    'the scope %s is missing',
    async (scope) => {
      await open()
      const { status, statusReason } = await saveWithScopes(without(scope))
      expect(status).toBe('registration_failed')
      expect(statusReason).toContain(`lacks the scope ${scope}.`)
      expect(statusReason).toContain('Developer Console > Settings > Authorization > Personal Access Tokens')
      expect(statusReason).toContain('cannot be changed')
    },
  )

  it('several scopes are missing, all told at once', async () => {
    await open()
    const { statusReason } = await saveWithScopes(['chats--all:rw'])
    for (const scope of without('chats--all:rw')) expect(statusReason).toContain(scope)
  })

  it('only the scope for tags is missing, which is no error', async () => {
    await open()
    expect((await saveWithScopes(without('chats--all:rw'))).status).toBe('registered')
  })

  it('webhooks were switched off for the license, and the token may only read that', async () => {
    await open()
    sandbox.livechat.license.disableWebhooks(clientId)
    const readOnly = [...without('webhooks.state:rw'), 'webhooks.state:ro']
    expect((await saveWithScopes(readOnly)).statusReason).toContain('lacks the scope webhooks.state:rw.')
  })

  it('webhooks were switched off for the license: they are switched on again', async () => {
    await open()
    sandbox.livechat.license.disableWebhooks(clientId)
    const mark = sandbox.ledger.mark()
    expect((await save()).status).toBe('registered')
    expect(configurationCalls(mark)).toContain('configuration/enable_license_webhooks')
  })

  const good = () => sandbox.configuration['agentAccess'] as { accountId: string; personalAccessToken: string }
  it.each<[string, () => Record<string, unknown>, RegExp]>([
    [
      'the token is wrong',
      () => ({ ...good(), personalAccessToken: 'us:wrong' }),
      /"Account ID".*"Personal Access Token"/,
    ],
    ['the account is wrong', () => ({ ...good(), accountId: 'wrong' }), /"Account ID".*"Personal Access Token"/],
    [
      'the token is missing',
      () => ({ accountId: good().accountId }),
      /"Agent access": "Personal Access Token" is empty: make a token under /,
    ],
    [
      'the account is missing',
      () => ({ personalAccessToken: 'x' }),
      /"Agent access": "Account ID" is empty: copy it from /,
    ],
  ])('%s', async (_name, agentAccess, text) => {
    await open()
    const { status, statusReason } = await save({ agentAccess: agentAccess() })
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(text)
    expect(statusReason).not.toContain(good().personalAccessToken)
  })

  it('spaces that came with copying do not matter', async () => {
    await open()
    const { accountId, personalAccessToken } = good()
    const agentAccess = { accountId: ` ${accountId}\n`, personalAccessToken: `${personalAccessToken} ` }
    expect((await save({ agentAccess })).status).toBe('registered')
  })

  it.each([[null], [{}], [{ accountId: '', personalAccessToken: ' ' }]])('%j counts as none', async (agentAccess) => {
    await open()
    const mark = sandbox.ledger.mark()
    expect((await save({ agentAccess: agentAccess ?? undefined })).status).toBe('registered')
    expect(configurationCalls(mark)).toEqual([])
  })

  it('the app is not installed', async () => {
    await open()
    sandbox.livechat.license.setInstalled(clientId, false)
    const { status, statusReason } = await save()
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(/not installed.*Private Installation/s)
  })

  it('the app belongs to another organization', async () => {
    await open()
    const { webhookUrl } = sandbox.installation
    sandbox.livechat.license.addApp({ clientId: 'theirs', redirectUris: [webhookUrl], isOfOthers: true })
    const { status, statusReason } = await save({ clientId: 'theirs' })
    expect(status).toBe('registration_failed')
    expect(statusReason).toMatch(/"Client ID".*same organization/s)
  })

  it('LiveChat cannot be reached, which is no mistake in the settings', async () => {
    await open()
    sandbox.faults.livechat.add({ route: /^configuration\//, times: Infinity, effect: { kind: 'status', status: 503 } })
    expect((await save()).statusReason).toMatch(/could not be reached/)
  })
})

describe('uninstalling', () => {
  it('removes the other webhooks although one cannot be removed', async () => {
    await open()
    sandbox.faults.livechat.add({
      route: 'configuration/unregister_webhook',
      effect: { kind: 'status', status: 400, body: { error: { type: 'validation', message: 'No' } } },
    })
    await sandbox.installation.uninstall()
    expect(ours()).toHaveLength(1)
    expect(sandbox.integration.logs().join()).toContain('webhooks_may_remain')
  })

  it('removes everything that was registered, also with earlier secrets', async () => {
    await open()
    const [first] = ours()
    byHand('incoming_chat', { description: `${first?.description ?? ''} older` })
    await sandbox.installation.uninstall()
    expect(all()).toEqual([])
  })

  it.each<[string, () => unknown]>([
    ['the token was revoked', () => sandbox.livechat.license.revokePats()],
    [
      'LiveChat cannot be reached',
      () => sandbox.faults.livechat.add({ route: /^configuration\//, times: Infinity, effect: { kind: 'reset' } }),
    ],
    [
      'LiveChat never answers',
      () => sandbox.faults.livechat.add({ route: /^configuration\//, times: Infinity, effect: { kind: 'hang' } }),
    ],
  ])('works although %s, and the log names what is left', async (_name, spoil) => {
    await open()
    spoil()
    await sandbox.installation.uninstall()
    expect(sandbox.installation.status).toBe('unregistered')
    expect(ours()).toHaveLength(actions.length)
    const lines = sandbox.integration.logs().filter((line) => line.includes('webhooks_may_remain'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(sandbox.installation.webhookUrl)
  })

  it('makes no call to LiveChat without agent access', async () => {
    await open()
    await save({ agentAccess: undefined })
    const mark = sandbox.ledger.mark()
    await sandbox.installation.uninstall()
    expect(configurationCalls(mark)).toEqual([])
  })
})
