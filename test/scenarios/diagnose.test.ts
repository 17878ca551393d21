import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorFault, type WebhookFilters } from '../../sandbox/livechat'
import type { FaultEffect } from '../../sandbox/faults'
import {
  addAgentAccess,
  agentScopes,
  amber,
  birch,
  clientId,
  startSandbox,
  webhookSecret,
  type Sandbox,
} from '../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../helpers/talk'

type Status = 'ok' | 'warning' | 'problem'
type Check = { id: string; title: string; status: Status; seen: string; fix?: string }
type Row = {
  name: string
  /** Settings that differ from the right ones. */
  settings?: (sandbox: Sandbox) => Record<string, unknown>
  /** What is wrong beside the settings, once these have been saved. Returns what mends it. */
  break?: (sandbox: Sandbox) => (() => unknown) | undefined
  check: string
  status: Status
  words: (string | RegExp)[] | ((sandbox: Sandbox) => (string | RegExp)[])
  /** Further checks that say so, too. Everything else stays as it is with the right settings. */
  also?: string[]
}

const otherApp = 'f'.repeat(32)
const farAway = 'https://elsewhere.example.com/secret-path'

const diagnose = async (sandbox: Sandbox): Promise<{ ok: boolean; checks: Check[] }> =>
  (await sandbox.installation.runAction('diagnose', {})) as { ok: boolean; checks: Check[] }

const statuses = (checks: Check[]): Record<string, Status> =>
  Object.fromEntries(checks.map(({ id, status }) => [id, status]))

const refuse = (route: string | RegExp, effect: FaultEffect) => (sandbox: Sandbox) =>
  sandbox.faults.livechat.add({ route, times: Infinity, effect })
const accountsSay = (exception: string, status = 401): FaultEffect => ({
  kind: 'status',
  status,
  body: { oauth_exception: exception },
})
const chatApi = 'customer/list_group_statuses'
const knob =
  (changes: Partial<Sandbox['livechat']['knobs']>) =>
  ({ livechat: { knobs } }: Sandbox) => {
    const before = { ...knobs }
    Object.assign(knobs, changes)
    return () => Object.assign(knobs, before)
  }

/** The settings as saved, the result, and everything as it was before. */
const play = async (sandbox: Sandbox, row: Row) => {
  await sandbox.installation.configure({ ...sandbox.configuration, ...row.settings?.(sandbox) })
  const mend = row.break?.(sandbox)
  try {
    return await diagnose(sandbox)
  } finally {
    mend?.()
    await sandbox.installation.configure(sandbox.configuration)
  }
}

const expectRow = async (sandbox: Sandbox, usual: Record<string, Status>, row: Row): Promise<void> => {
  const { ok, checks } = await play(sandbox, row)
  const found = checks.find(({ id }) => id === row.check)
  expect(found, JSON.stringify(checks, null, 1)).toMatchObject({ status: row.status })
  const text = `${found?.seen} ${found?.fix ?? ''}`
  for (const word of typeof row.words === 'function' ? row.words(sandbox) : row.words) expect(text).toMatch(word)
  if (row.status !== 'ok') expect(found?.fix, 'what to do').toMatch(/^[A-Z"].{20}/)
  expect(ok).toBe(checks.every(({ status }) => status !== 'problem'))
  // Nothing else is blamed: what depends on this says that it was not checked.
  for (const check of checks) {
    if (check.id === row.check || row.also?.includes(check.id)) continue
    if (check.status !== usual[check.id])
      expect(check).toMatchObject({ status: 'warning', seen: /^Not checked, because / })
  }
  const all = JSON.stringify(checks)
  for (const secret of [webhookSecret, 'secret-path', tokenOf(sandbox)]) if (secret) expect(all).not.toContain(secret)
}

const callsOf = async ({ ledger }: Sandbox, work: () => Promise<unknown>): Promise<string[]> => {
  const mark = ledger.mark()
  await work()
  return ledger.since(mark, { side: 'livechat', kind: 'call' }).map(({ name }) => name)
}

/** Who checks has a new token each time, and learns of another region by a call that is refused. */
const lesson = ({ livechat: { knobs } }: Sandbox): string[] => (knobs.region === 'none' ? [] : [chatApi])

const tokenOf = ({ configuration }: Sandbox): string | undefined =>
  (configuration['agentAccess'] as { personalAccessToken: string } | undefined)?.personalAccessToken

const withApp = (redirectUris: (sandbox: Sandbox) => string[]) => (sandbox: Sandbox) => {
  sandbox.livechat.license.addApp({ clientId: otherApp, redirectUris: redirectUris(sandbox), installed: true })
  return { clientId: otherApp }
}
const everybodyOffline = ({ livechat: { desk } }: Sandbox) => {
  for (const { email } of [amber, birch]) desk.setStatus(email, 'offline')
  return () => {
    for (const { email } of [amber, birch]) desk.setStatus(email, 'accepting_chats')
  }
}

const withThreeFields: Row[] = [
  {
    name: 'a Client ID of spaces',
    settings: () => ({ clientId: '   ' }),
    check: 'settings',
    status: 'problem',
    words: [/Correct in the integration's configuration: "Client ID" is empty/],
  },
  {
    name: 'an Organization ID of spaces, and a secret of spaces',
    settings: () => ({ organizationId: ' ', webhookSecret: '  ' }),
    check: 'settings',
    status: 'problem',
    words: ['"Organization ID" is empty', '"Webhook secret" is empty'],
  },
  {
    name: 'agent access with a token but no account',
    settings: () => ({ agentAccess: { personalAccessToken: 'us:token' } }),
    check: 'settings',
    status: 'problem',
    words: ['"Agent access" has a token but no Account ID'],
  },
  {
    name: 'agent access with an account but no token',
    settings: () => ({ agentAccess: { accountId: 'account' } }),
    check: 'settings',
    status: 'problem',
    words: ['"Agent access" has an Account ID but no token'],
  },
  {
    name: 'a secret that begins with a space',
    settings: () => ({ webhookSecret: ` ${webhookSecret}` }),
    check: 'webhookSecret',
    status: 'problem',
    words: ['"Webhook secret" begins or ends with a space', 'Chat Webhooks'],
  },
  {
    name: 'a previous secret that ends with a space',
    settings: () => ({ previousWebhookSecret: 'an earlier secret ' }),
    check: 'webhookSecret',
    status: 'problem',
    words: ['"Previous webhook secret" begins or ends with a space'],
  },
  {
    name: 'a secret that anybody guesses',
    settings: () => ({ webhookSecret: 'kettle' }),
    check: 'webhookSecret',
    status: 'warning',
    words: ['fewer than 12 characters', 'long random text'],
  },
  {
    name: 'a Client ID that does not exist',
    settings: () => ({ clientId: '0'.repeat(32) }),
    check: 'credentials',
    status: 'problem',
    words: ['unauthorized_client', '"Client ID"', 'App Authorization'],
  },
  {
    name: 'an app without this address',
    settings: withApp(() => ['https://elsewhere.example.com/']),
    check: 'credentials',
    status: 'problem',
    words: ({ installation }) => ['redirect URIs exactly: ', installation.webhookUrl],
  },
  {
    name: 'an app with a slash behind this address',
    settings: withApp(({ installation }) => [`${installation.webhookUrl}/`]),
    check: 'credentials',
    status: 'problem',
    words: ({ installation }) => ['redirect URIs exactly: ', installation.webhookUrl],
  },
  {
    name: 'an organization that does not exist',
    settings: () => ({ organizationId: '00000000-0000-0000-0000-000000000000' }),
    check: 'credentials',
    status: 'problem',
    words: ['"Organization ID"', 'Settings > Account'],
  },
  {
    name: 'an app that LiveChat blocks',
    break: refuse('accounts/token', accountsSay('access_denied')),
    check: 'credentials',
    status: 'problem',
    words: ['access_denied', 'installed for your organization'],
  },
  {
    name: 'an accounts server that is down',
    break: refuse('accounts/token', accountsSay('server_error', 500)),
    check: 'credentials',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'a Botpress that does not keep the customer of the check',
    break: ({ faults }) =>
      faults.botpress.add({
        route: /^POST \/v1\/chat\/states/,
        times: Infinity,
        effect: { kind: 'status', status: 503, body: { id: 'x', code: 503, type: 'Internal', message: 'down' } },
      }),
    check: 'credentials',
    status: 'problem',
    words: ['Botpress could not be reached'],
  },
  {
    name: 'a region of its own, which is followed',
    break: knob({ region: 'fra' }),
    check: 'region',
    status: 'ok',
    words: ['asks for fra'],
  },
  {
    name: 'a region that LiveChat names and refuses',
    break: refuse(chatApi, errorFault('misdirected_request', 'before', { region: 'fra' })),
    check: 'region',
    status: 'problem',
    words: ['another region', 'LiveChat support'],
  },
  {
    name: 'a chat API that takes no token of this app',
    break: refuse(chatApi, errorFault('authorization')),
    check: 'chatApi',
    status: 'problem',
    words: ['authorization', 'app belongs to the organization'],
  },
  {
    name: 'a chat API that does not know the organization',
    break: refuse(chatApi, errorFault('license_not_found')),
    check: 'chatApi',
    status: 'problem',
    words: ['license_not_found', '"Organization ID"'],
  },
  {
    name: 'a chat API that is down',
    break: refuse(chatApi, { kind: 'reset' }),
    check: 'chatApi',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'a chat API that never answers',
    break: refuse(chatApi, { kind: 'hang' }),
    check: 'chatApi',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'an accounts server that never answers',
    break: refuse('accounts/token', { kind: 'hang' }),
    check: 'credentials',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'a chat API that answers in words that nobody knows',
    break: refuse(chatApi, { kind: 'junk', body: '{"groups": "all fine"}' }),
    check: 'chatApi',
    status: 'problem',
    words: ['does not understand', 'update of the integration'],
  },
  {
    name: 'a license that has expired',
    break: ({ livechat: { license } }) => {
      license.expire()
      return () => license.renew()
    },
    check: 'plan',
    status: 'problem',
    words: ['license_expired', 'Renew the subscription'],
  },
  {
    name: 'a license of an old version',
    break: refuse(chatApi, errorFault('wrong_product_version')),
    check: 'plan',
    status: 'problem',
    words: ['wrong_product_version', 'LiveChat support'],
  },
  {
    name: 'a limit of the plan',
    break: refuse(chatApi, errorFault('limit_reached')),
    check: 'plan',
    status: 'problem',
    words: ['limit_reached', 'Billing'],
  },
  {
    name: 'a group that does not exist',
    settings: () => ({ groupId: 77 }),
    check: 'group',
    status: 'problem',
    words: ['"Group ID": LiveChat has no group 77', 'Team > Groups'],
  },
  {
    name: 'a group where nobody is while chats may not wait',
    settings: () => ({ whenOffline: 'fail' }),
    break: everybodyOffline,
    check: 'group',
    status: 'warning',
    words: ['no session can start', '"When nobody is online"'],
  },
  {
    name: 'a group where nobody is while chats wait',
    break: everybodyOffline,
    check: 'group',
    status: 'ok',
    words: ['is offline'],
  },
  {
    name: 'a clock that is five minutes behind',
    break: knob({ clockAheadMs: 300_000 }),
    check: 'clock',
    status: 'warning',
    words: ['300 s behind', 'Set the clock'],
  },
  {
    name: 'a clock that is two minutes ahead',
    break: knob({ clockAheadMs: -120_000 }),
    check: 'clock',
    status: 'warning',
    words: ['120 s ahead', 'Set the clock'],
  },
]

type Webhook = ReturnType<Sandbox['livechat']['webhooks']['list']>[number]

/** Alters the webhook of one action that the integration has registered; saving the configuration mends it. */
const alter =
  (action: string, change: (webhook: Webhook) => void) =>
  ({ livechat: { webhooks } }: Sandbox) => {
    const webhook = webhooks.list().find((each) => each.action === action)
    if (!webhook) throw new Error(`no webhook for ${action}`)
    const before = { ...webhook }
    change(webhook)
    return () => Object.assign(webhook, before)
  }
/** As if somebody had made it by hand. */
const byHand = (action: string, change: { filters?: WebhookFilters; type?: 'bot' }) =>
  alter(action, (webhook) => {
    webhook.description = 'by hand'
    Object.assign(webhook, { filters: {} }, change)
  })
const remove = (action: string) => (sandbox: Sandbox) => {
  const { webhooks } = sandbox.livechat
  for (const { id, action: name } of webhooks.list()) if (name === action) webhooks.remove(id)
  return undefined
}
const addForeign =
  (action: string, times: number, url = farAway) =>
  (sandbox: Sandbox) => {
    const { webhooks } = sandbox.livechat
    const ids = Array.from({ length: times }, () =>
      webhooks.register({ action, url, secretKey: 'theirs', clientId, type: 'license' }),
    )
    return () => ids.forEach((id) => webhooks.remove(id))
  }
const without = (scope: string) => agentScopes.filter((each) => each !== scope)
const token = (scopes: readonly string[]) => (sandbox: Sandbox) => ({
  agentAccess: addAgentAccess(sandbox.livechat, scopes),
})

const tokenPage = 'Developer Console > Settings > Authorization > Personal Access Tokens'
const webhookPage = 'Building blocks > Chat Webhooks'

const withAgentAccess: Row[] = [
  {
    name: 'a token that was withdrawn',
    break: ({ faults }) =>
      faults.livechat.add({ route: /^(configuration|agent)\//, times: Infinity, effect: errorFault('authentication') }),
    check: 'agentAccess',
    status: 'problem',
    words: ['authentication', '"Account ID"', '"Personal Access Token"', tokenPage],
  },
  {
    name: 'an Account ID of somebody else',
    settings: ({ configuration }) => ({
      agentAccess: { ...(configuration['agentAccess'] as object), accountId: '00000000-0000-0000-0000-000000000000' },
    }),
    check: 'agentAccess',
    status: 'problem',
    words: ['"Account ID"', '"Personal Access Token"', tokenPage],
  },
  ...['webhooks.configuration:rw', 'webhooks.state:rw', 'agents--all:ro', 'groups--all:ro'].map((scope): Row => ({
    name: `a token without the scope ${scope}`,
    settings: token(without(scope)),
    check: 'agentAccess',
    status: 'problem',
    words: [scope, 'cannot be changed', tokenPage],
  })),
  {
    name: 'a token with no scope at all',
    settings: token([]),
    check: 'agentAccess',
    status: 'problem',
    words: ['webhooks.configuration:rw, webhooks.state:rw, agents--all:ro, groups--all:ro'],
  },
  {
    name: 'a token without the scope for tags',
    settings: token(without('chats--all:rw')),
    check: 'agentAccess',
    status: 'warning',
    words: ['chats--all:rw', 'tags', tokenPage],
  },
  {
    name: 'an app of another organization',
    settings: (sandbox) => {
      const { license } = sandbox.livechat
      license.addApp({ clientId: otherApp, redirectUris: [sandbox.installation.webhookUrl], isOfOthers: true })
      return { clientId: otherApp }
    },
    check: 'agentAccess',
    status: 'problem',
    words: ['same organization', '"Client ID"'],
  },
  {
    name: 'a configuration API that never answers',
    break: refuse(/^configuration\//, { kind: 'hang' }),
    check: 'agentAccess',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'a configuration API that is down',
    break: refuse(/^configuration\//, { kind: 'reset' }),
    check: 'agentAccess',
    status: 'problem',
    words: ['Nothing needs to be changed'],
  },
  {
    name: 'an app that is not installed',
    break: ({ livechat: { license } }) => {
      license.setInstalled(clientId, false)
      return () => license.setInstalled(clientId, true)
    },
    check: 'appInstalled',
    status: 'problem',
    words: ['Private Installation', 'Install app'],
  },
  ...['incoming_event', 'chat_deactivated', 'chat_transferred'].map((action): Row => ({
    name: `no webhook for ${action}`,
    break: remove(action),
    check: 'webhooks',
    status: 'problem',
    words: ({ installation }) => [`no webhook for ${action}`, webhookPage, `URL exactly: ${installation.webhookUrl}`],
  })),
  {
    name: 'no webhook for deletions, which only adds to the rest',
    break: remove('event_deleted'),
    check: 'webhooks',
    status: 'warning',
    words: ['no webhook for event_deleted', 'Save the configuration again'],
  },
  {
    name: 'no webhook at all',
    break: ({ livechat: { webhooks } }) => {
      for (const { id } of webhooks.list()) webhooks.remove(id)
      return undefined
    },
    check: 'webhooks',
    status: 'problem',
    words: ['incoming_event', 'chat_deactivated', 'chat_transferred', 'Save the configuration again'],
  },
  {
    name: 'a webhook with the address of another bot',
    break: (sandbox) => {
      remove('incoming_event')(sandbox)
      return addForeign('incoming_event', 1)(sandbox)
    },
    check: 'webhooks',
    status: 'problem',
    words: ['only to another address: elsewhere.example.com', /URL exactly: https:\S+$/],
  },
  {
    name: 'three webhooks of others, which leave no room',
    break: (sandbox) => {
      remove('incoming_event')(sandbox)
      return addForeign('incoming_event', 3)(sandbox)
    },
    check: 'webhooks',
    status: 'problem',
    words: ['All 3 webhooks for incoming_event go elsewhere', 'Remove one that is no longer needed'],
  },
  {
    name: 'a webhook made by hand beside ours',
    break: (sandbox) => addForeign('incoming_event', 1, sandbox.installation.webhookUrl)(sandbox),
    check: 'webhooks',
    status: 'warning',
    words: ['several webhooks for incoming_event', 'Remove those without the description'],
  },
  {
    name: 'a webhook of ours that was made for another secret',
    break: alter('chat_transferred', (webhook) => {
      webhook.description = (webhook.description ?? '').replace(/\w+$/, '000000000000')
    }),
    check: 'webhooks',
    status: 'problem',
    words: ['another secret', 'Save the configuration again'],
  },
  {
    name: 'a webhook that tells what customers write',
    break: byHand('incoming_event', { filters: { author_type: 'customer' } }),
    check: 'webhooks',
    status: 'problem',
    words: ['author_type customer instead of agent', webhookPage],
  },
  {
    name: 'a webhook that tells only of what we do ourselves',
    break: byHand('chat_deactivated', { filters: { source_type: ['my_client'] } }),
    check: 'webhooks',
    status: 'problem',
    words: ['source_type without other_clients', webhookPage],
  },
  {
    name: 'a webhook that tells only of chats with a bot',
    break: byHand('incoming_event', { filters: { chat_presence: { my_bots: true } } }),
    check: 'webhooks',
    status: 'problem',
    words: ['chat_presence', webhookPage],
  },
  {
    name: 'a webhook of type bot',
    break: byHand('incoming_event', { type: 'bot' }),
    check: 'webhooks',
    status: 'problem',
    words: ['type bot instead of license', webhookPage],
  },
  {
    name: 'a webhook made by hand as the guide says',
    break: byHand('incoming_event', { filters: { author_type: 'agent' } }),
    check: 'webhooks',
    status: 'ok',
    words: ['All of them are there'],
  },
  {
    name: 'a group without agents',
    settings: (sandbox) => {
      sandbox.livechat.license.addGroup({ id: 9, name: 'Empty' })
      return { groupId: 9 }
    },
    check: 'group',
    status: 'problem',
    words: ['has no agents', 'Add agents to it'],
  },
]

describe('the action diagnose', () => {
  describe('with three fields', () => {
    let sandbox: Sandbox
    let usual: Record<string, Status>
    beforeAll(async () => {
      sandbox = await startSandbox({ timeScale: 5 })
      usual = statuses((await diagnose(sandbox)).checks)
    })
    afterAll(() => sandbox.close())

    it('finds no problem in right settings, and says what cannot be known before the first session', async () => {
      const { ok, checks } = await diagnose(sandbox)
      expect(ok).toBe(true)
      const open = checks.filter(({ status }) => status !== 'ok').map(({ id, seen }) => `${id}: ${seen}`)
      expect(open).toEqual([
        expect.stringMatching(/^appInstalled: Not checked, because it shows only by the first webhook/),
        expect.stringMatching(/^webhooks: Not checked, because they cannot be seen without "Agent access"/),
        expect.stringMatching(/^lastWebhook: None was noted yet/),
      ])
    })

    it.each(withThreeFields)('$name', (row) => expectRow(sandbox, usual, row))

    it('costs two calls to LiveChat', async () => {
      expect(await callsOf(sandbox, () => diagnose(sandbox))).toEqual(['accounts/token', ...lesson(sandbox), chatApi])
    })

    it('makes nobody in LiveChat beyond the one who checks', async () => {
      const before = sandbox.livechat.license.customers().length
      for (let time = 0; time < 3; time += 1) await diagnose(sandbox)
      expect(sandbox.livechat.license.customers()).toHaveLength(before)
      expect(sandbox.livechat.desk.chats()).toEqual([])
    })

    it('finds everything in order once webhooks have come, and says when', async () => {
      const first = await startTalk(sandbox)
      await agentSays(sandbox, first.chatId, 'Hello')
      sandbox.livechat.desk.close(first.chatId, amber.email)
      await sandbox.settle()
      await sandbox.advance(30_000)
      const second = await startTalk(sandbox)
      await agentSays(sandbox, second.chatId, 'Hello again')
      const { ok, checks } = await diagnose(sandbox)
      expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
      expect(ok).toBe(true)
      const { seen } = checks.find(({ id }) => id === 'lastWebhook') ?? {}
      expect(seen).toMatch(/incoming_event 2026-01-05T09:\d\d:\d\d\.\d{3}Z.*chat_deactivated 2026-/)
    })
  })

  describe('with agent access', () => {
    let sandbox: Sandbox
    let usual: Record<string, Status>
    beforeAll(async () => {
      sandbox = await startSandbox({ timeScale: 5, agentAccess: agentScopes })
      usual = statuses((await diagnose(sandbox)).checks)
    })
    afterAll(() => sandbox.close())

    it('finds everything in order but what only the first session shows', async () => {
      const { ok, checks } = await diagnose(sandbox)
      expect(ok).toBe(true)
      expect(checks.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(['lastWebhook'])
    })

    it('costs seven calls to LiveChat, none of which changes anything', async () => {
      const calls = await callsOf(sandbox, () => diagnose(sandbox))
      expect(calls.sort()).toEqual([
        'accounts/token',
        'agent/get_chat',
        'configuration/get_group',
        'configuration/get_license_webhooks_state',
        'configuration/list_agents',
        'configuration/list_webhooks',
        ...lesson(sandbox),
        chatApi,
      ])
    })

    it.each(withAgentAccess)('$name', (row) => expectRow(sandbox, usual, row))
  })

  it('knows at least 25 ways to be wrong', () => {
    const wrong = [...withThreeFields, ...withAgentAccess].filter(({ status }) => status !== 'ok')
    expect(wrong.length).toBeGreaterThanOrEqual(25)
  })
})
