import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bodyOf, json, refusal, scriptedLiveChat, type Answer } from '../../test/helpers/scripted-livechat'
import type { AgentAccess } from './agent-call'
import { createAgentChatApi } from './agent-chat-api'
import { createConfigurationApi } from './configuration-api'
import { LiveChatNetworkError, LiveChatTimeoutError } from './errors'
import type { HttpResponse } from './transport/http'

const empty: HttpResponse = { status: 200, text: '', headers: {} }
const reset = new LiveChatNetworkError('any', 'ECONNRESET')
const lost = new LiveChatTimeoutError('any')
const canary = 'dal:canary-token'

/** Both APIs on a scripted LiveChat. */
const createApis = (answers: Answer[], region?: string) => {
  const { http, runtime, deadline, requests, waits } = scriptedLiveChat(answers)
  let named = region
  const access: AgentAccess = {
    accountId: 'account-1',
    personalAccessToken: canary,
    get region() {
      return named
    },
    followRegion: (name) => {
      named = name
    },
  }
  return {
    requests,
    waits,
    configuration: createConfigurationApi(runtime, http, access, 'client-1', deadline),
    agentChat: createAgentChatApi(runtime, http, access, deadline),
  }
}
const webhook = { action: 'incoming_event', url: 'https://x.example', secretKey: 's', description: 'd', filters: {} }

describe('calls as the owner of a Personal Access Token', () => {
  it('carry account id and token as Basic authorization, and the app as owner', async () => {
    const { configuration, requests } = createApis([json(200, [])])
    await configuration.listWebhooks()
    expect(requests[0]?.url).toBe('https://api.livechatinc.com/v3.6/configuration/action/list_webhooks')
    expect(requests[0]?.headers['authorization']).toBe(`Basic ${btoa(`account-1:${canary}`)}`)
    expect(requests[0]?.headers).not.toHaveProperty('x-region')
    expect(bodyOf(requests[0])).toEqual({ owner_client_id: 'client-1' })
  })

  it('register a webhook of the license', async () => {
    const { configuration, requests } = createApis([json(200, { id: 'webhook-1' })])
    expect(await configuration.registerWebhook(webhook)).toBe('webhook-1')
    expect(bodyOf(requests[0])).toEqual({
      owner_client_id: 'client-1',
      type: 'license',
      action: 'incoming_event',
      url: 'https://x.example',
      secret_key: 's',
      description: 'd',
      filters: {},
    })
  })

  it('follow once the region that LiveChat names, and remember it', async () => {
    const wrong = refusal('misdirected_request', 421, { region: 'fra' })
    const { configuration, requests } = createApis([wrong, json(200, []), json(200, [])])
    await configuration.listWebhooks()
    await configuration.listWebhooks()
    expect(requests.map(({ headers }) => headers['x-region'])).toEqual([undefined, 'fra', 'fra'])
    const again = createApis([wrong, wrong])
    await expect(again.configuration.listWebhooks()).rejects.toMatchObject({ type: 'misdirected_request' })
    const nameless = createApis([refusal('misdirected_request', 421)])
    await expect(nameless.configuration.listWebhooks()).rejects.toMatchObject({ type: 'misdirected_request' })
  })

  it.each([
    ['a reset connection', reset],
    ['no answer', lost],
    ['an internal error', refusal('internal', 500)],
    ['a rate limit', refusal('too_many_requests', 429)],
  ])('retry reads and removals after %s', async (_name, failure) => {
    const { configuration, agentChat, waits } = createApis([
      ...[failure, json(200, { license_webhooks_enabled: true })],
      ...[failure, empty],
      ...[failure, json(200, { thread: { tags: ['vip'] } })],
      ...[failure, empty],
    ])
    expect(await configuration.licenseWebhooksEnabled()).toBe(true)
    await configuration.unregisterWebhook('webhook-1')
    expect(await agentChat.getThreadTags('chat-1', 'thread-1')).toEqual(['vip'])
    await agentChat.tagThread('chat-1', 'thread-1', 'vip')
    expect(waits).toHaveLength(4)
  })

  it.each([reset, lost, refusal('internal', 500)])(
    'do not retry the registration of a webhook that may already exist: %o',
    async (failure) => {
      const { configuration, requests } = createApis([failure])
      await expect(configuration.registerWebhook(webhook)).rejects.toMatchObject({ mayHaveLanded: true })
      expect(requests).toHaveLength(1)
    },
  )

  it('retry the registration of a webhook if it certainly did not reach LiveChat', async () => {
    const { configuration } = createApis([
      new LiveChatNetworkError('any', 'ECONNREFUSED'),
      refusal('service_unavailable', 503),
      json(200, { id: 'webhook-1' }),
    ])
    expect(await configuration.registerWebhook(webhook)).toBe('webhook-1')
  })

  it('succeed in removing a webhook that does not exist', async () => {
    const { configuration } = createApis([refusal('not_found', 404)])
    await configuration.unregisterWebhook('webhook-1')
  })

  it.each(['authentication', 'authorization', 'validation', 'something_new'])(
    'fail at once with %s, and never quote the token',
    async (type) => {
      const { configuration, requests } = createApis([refusal(type)])
      const error: unknown = await configuration.listWebhooks().catch((caught: unknown) => caught)
      expect(error).toMatchObject({ type, action: 'list_webhooks' })
      expect(requests).toHaveLength(1)
      for (const secret of [canary, btoa(`account-1:${canary}`)]) {
        expect(inspect(error, { depth: 9 })).not.toContain(secret)
      }
    },
  )
})

describe('an answer', () => {
  it('is read without odd webhooks and odd filters', async () => {
    const good = { id: 'a', action: 'incoming_event', url: 'https://x.example', type: 'license', new_field: 1 }
    const { configuration } = createApis([json(200, [good, { id: 'b' }, null, { ...good, id: 'c', filters: 'odd' }])])
    const list = await configuration.listWebhooks()
    expect(list.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(list[1]?.filters).toBeUndefined()
  })

  it.each([
    ['avatar', { id: 'a@x.example', name: 'Teal', avatar: 'cdn/1.png' }],
    ['avatar_path', { id: 'a@x.example', name: 'Teal', avatar_path: 'cdn/1.png' }],
  ])('may name the picture of an agent %s', async (field, body) => {
    const { configuration } = createApis([json(200, body)])
    expect(await configuration.getAgent('a@x.example')).toMatchObject({ name: 'Teal', [field]: 'cdn/1.png' })
  })

  it('holds groups with their agents', async () => {
    const group = { id: 3, name: 'Sales', agent_priorities: { 'a@x.example': 'first' }, routing_status: 'online' }
    const { configuration, requests } = createApis([json(200, [group, 'odd']), json(200, group)])
    expect(await configuration.listGroups()).toEqual([group])
    expect(await configuration.getGroup(3)).toEqual(group)
    expect(bodyOf(requests[1])).toEqual({ id: 3, fields: ['agent_priorities', 'routing_status'] })
  })

  it.each([[{ thread: {} }], [{ thread: { tags: 'odd' } }]])('without readable tags gives none: %j', async (body) => {
    const { agentChat } = createApis([json(200, body)])
    expect(await agentChat.getThreadTags('chat-1', 'thread-1')).toEqual([])
  })

  it('that lacks a required field fails with its path', async () => {
    const { configuration, agentChat } = createApis([json(200, {}), json(200, { id: 'chat-1' })])
    await expect(configuration.licenseWebhooksEnabled()).rejects.toMatchObject({ paths: ['license_webhooks_enabled'] })
    await expect(agentChat.getThreadTags('chat-1', 'thread-1')).rejects.toMatchObject({ paths: ['thread'] })
  })
})
