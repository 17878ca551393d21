import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorFault, type WebhookFilters } from '../../../sandbox/livechat'
import { addAgentAccess, agentScopes, clientId, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import {
  callsOf,
  chatApi,
  diagnose,
  expectRow,
  farAway,
  lesson,
  otherApp,
  refuse,
  statuses,
  type Row,
  type Status,
} from '../../helpers/diagnose'

type Webhook = ReturnType<Sandbox['livechat']['webhooks']['list']>[number]

/** Changes the webhook of one action that the integration has registered. Saving the configuration repairs it. */
const alter =
  (action: string, change: (webhook: Webhook) => void) =>
  ({ livechat: { webhooks } }: Sandbox) => {
    const webhook = webhooks.list().find((each) => each.action === action)
    if (!webhook) throw new Error(`no webhook for ${action}`)
    const before = { ...webhook }
    change(webhook)
    return () => Object.assign(webhook, before)
  }
/** Registers a webhook as if somebody had made it by hand. */
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
    words: [
      'several webhooks for incoming_event',
      /made by hand: without a description \(id \w+\)/,
      'Remove those without',
    ],
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
    name: 'a Client ID that LiveChat does not know, which is not the token’s fault',
    settings: () => ({ clientId: '0'.repeat(32) }),
    check: 'credentials',
    status: 'problem',
    words: ['"Client ID"'],
  },
  {
    name: 'times that are short for messengers, and no way back to the same agent',
    break: ({ livechat: { license } }) => {
      license.setProperty('chats', 'archive_chat_after_min', 30)
      license.setProperty('chats', 'chat_inactive_after_min', 600)
      license.setProperty('chats', 'prefer_recent_agent', false)
      return () => {
        license.setProperty('chats', 'archive_chat_after_min', 1440)
        license.setProperty('chats', 'prefer_recent_agent', true)
      }
    },
    check: 'chatSettings',
    status: 'warning',
    words: ['closed after 30 min', /^(?!.*chat_inactive_after_min)/, 'Inactivity timeouts', 'Chat assignment'],
  },
  {
    name: 'settings of LiveChat that suit any channel',
    break: ({ livechat: { license } }) => {
      license.setProperty('chats', 'archive_offline_chat_after_min', 1440)
      return undefined
    },
    check: 'chatSettings',
    status: 'ok',
    words: ['any channel'],
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

describe('the action diagnose, with agent access,', () => {
  let sandbox: Sandbox
  let usual: Record<string, Status>
  beforeAll(async () => {
    sandbox = await startSandbox({ timeScale: 5, agentAccess: agentScopes })
    usual = statuses((await diagnose(sandbox)).checks)
  })
  afterAll(() => sandbox.close())

  it('finds everything in order, except what only the first session can show', async () => {
    const { ok, checks } = await diagnose(sandbox)
    expect(ok).toBe(true)
    expect(checks.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(['lastWebhook'])
  })

  it('costs eight calls to LiveChat, and none of them changes anything', async () => {
    const calls = await callsOf(sandbox, () => diagnose(sandbox))
    expect(calls.sort()).toEqual([
      'accounts/token',
      'agent/get_chat',
      'configuration/get_group',
      'configuration/get_license_webhooks_state',
      'configuration/list_agents',
      'configuration/list_license_properties',
      'configuration/list_webhooks',
      ...lesson(sandbox),
      chatApi,
    ])
  })

  it.each(withAgentAccess)('$name', (row) => expectRow(sandbox, usual, row))
})
