import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorFault } from '../../../sandbox/livechat'
import { amber, birch, startSandbox, webhookSecret, type Sandbox } from '../../../sandbox/start-sandbox'
import {
  accountsSay,
  callsOf,
  chatApi,
  diagnose,
  expectRow,
  knob,
  lesson,
  otherApp,
  refuse,
  statuses,
  type Row,
  type Status,
} from '../../helpers/diagnose'
import { agentSays, startTalk } from '../../helpers/talk'

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
    words: ['"Agent access": "Account ID" is empty', 'Personal Access Tokens'],
  },
  {
    name: 'agent access with an account but no token',
    settings: () => ({ agentAccess: { accountId: 'account' } }),
    check: 'settings',
    status: 'problem',
    words: ['"Agent access": "Personal Access Token" is empty', 'Personal Access Tokens'],
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
    name: 'a secret in quotes',
    settings: () => ({ webhookSecret: `"${webhookSecret}"` }),
    check: 'webhookSecret',
    status: 'problem',
    words: ['"Webhook secret" is in quotes', 'Chat Webhooks'],
  },
  {
    name: 'a group that no number can name',
    settings: () => ({ groupId: 1e20 }),
    check: 'settings',
    status: 'problem',
    words: ['"Group ID" is not a whole number', 'Team > Groups'],
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
    words: ({ installation }) => ['Redirect URI whitelist', 'The address is exactly: ', installation.webhookUrl],
  },
  {
    name: 'an app with a slash behind this address',
    settings: withApp(({ installation }) => [`${installation.webhookUrl}/`]),
    check: 'credentials',
    status: 'problem',
    words: ({ installation }) => ['Redirect URI whitelist', 'The address is exactly: ', installation.webhookUrl],
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
    name: 'the page of a proxy in place of a token',
    break: refuse('accounts/token', { kind: 'junk', body: '<html>Sign in</html>' }),
    check: 'credentials',
    status: 'problem',
    words: ['does not come from LiveChat itself', 'proxy'],
  },
  {
    name: 'a company that lets nobody through to the chat API',
    break: refuse(chatApi, { kind: 'status', status: 403, body: '<html>Blocked</html>' }),
    check: 'chatApi',
    status: 'problem',
    words: [/^It gave no answer\. /, 'administrator allow accounts.livechat.com'],
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
    // LiveChat's answer has whole seconds. The difference that it proves may be a second less.
    words: [/1(19|20) s ahead/, 'Set the clock'],
  },
]

describe('the action diagnose, with three fields,', () => {
  let sandbox: Sandbox
  let usual: Record<string, Status>
  beforeAll(async () => {
    sandbox = await startSandbox({ timeScale: 5 })
    usual = statuses((await diagnose(sandbox)).checks)
  })
  afterAll(() => sandbox.close())

  it('finds no problem in right settings, and says what only the first session can show', async () => {
    const { ok, checks } = await diagnose(sandbox)
    expect(ok).toBe(true)
    const open = checks.filter(({ status }) => status !== 'ok').map(({ id, seen }) => `${id}: ${seen}`)
    expect(open).toEqual([
      expect.stringMatching(/^appInstalled: Not checked, because only the first webhook/),
      expect.stringMatching(/^webhooks: Not checked, because they cannot be seen without "Agent access"/),
      expect.stringMatching(/^lastWebhook: No webhook has been recorded yet/),
    ])
  })

  it.each(withThreeFields)('$name', (row) => expectRow(sandbox, usual, row))

  it('costs two calls to LiveChat', async () => {
    expect(await callsOf(sandbox, () => diagnose(sandbox))).toEqual(['accounts/token', ...lesson(sandbox), chatApi])
  })

  it('makes no customer in LiveChat except the one that checks', async () => {
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
