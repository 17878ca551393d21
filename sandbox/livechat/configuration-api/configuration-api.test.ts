import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  AMBER,
  BIRCH,
  CLIENT_ID,
  dig,
  like,
  REDIRECT_URI,
  startBench,
  type Answer,
  type Bench,
  type Json,
} from '../test-bench'

const SCOPES = [
  ...['webhooks.configuration:rw', 'webhooks.state:rw', 'properties.configuration:rw'],
  ...['agents--all:ro', 'agents-bot--all:rw', 'groups--all:ro', 'tags--all:ro'],
]

let bench: Bench
let call: (action: string, body?: Json, authorization?: string) => Promise<Answer>
let pat: string
beforeEach(async () => {
  bench = await startBench()
  bench.livechat.license.addAgent({ email: BIRCH, name: 'Agent Birch', role: 'administrator' })
  pat = `Basic ${bench.livechat.license.addPat({ agentEmail: BIRCH, scopes: SCOPES })}`
  call = (action, body = {}, authorization = pat) =>
    bench.api(`/v3.6/configuration/action/${action}`, body, authorization ? { authorization } : {})
})
afterEach(() => bench.close())

const errorOf = (answer: { body: Json }): unknown => dig(answer.body, 'error', 'type')
const owner = { owner_client_id: CLIENT_ID }
const webhook = {
  ...owner,
  action: 'incoming_event',
  type: 'license',
  url: REDIRECT_URI,
  secret_key: 'hush-hush',
  filters: { only_my_chats: true },
  additional_data: ['chat_presence_user_ids'],
  description: 'a bot',
}

describe('webhooks', () => {
  it('are registered, listed without their secret, and removed', async () => {
    const { body } = await call('register_webhook', webhook)
    expect(body).toEqual({ id: like(/./) })
    const listed = await call('list_webhooks', owner)
    expect(listed.body).toEqual([
      {
        id: body['id'],
        url: REDIRECT_URI,
        description: 'a bot',
        action: 'incoming_event',
        filters: { only_my_chats: true },
        owner_client_id: CLIENT_ID,
        type: 'license',
      },
    ])
    expect(listed.text).not.toContain('hush-hush')
    expect((await call('unregister_webhook', { ...owner, id: body['id'] })).status).toBe(200)
    expect(errorOf(await call('unregister_webhook', { ...owner, id: body['id'] }))).toBe('not_found')
    expect((await call('list_webhooks', owner)).body).toEqual([])
  })

  it('are limited to 3 per action', async () => {
    for (let count = 0; count < 3; count += 1) expect((await call('register_webhook', webhook)).status).toBe(200)
    expect(errorOf(await call('register_webhook', webhook))).toBe('limit_reached')
  })

  it.each<[string, Json, string]>([
    ['no owner', { owner_client_id: undefined }, 'validation'],
    ['a foreign owner', { owner_client_id: 'somebody' }, 'validation'],
    ['no action', { action: undefined }, 'validation'],
    ['no secret', { secret_key: undefined }, 'validation'],
    ['no type', { type: undefined }, 'validation'],
    ['a url that is none', { url: 'here' }, 'validation'],
    ['a filter of the wrong type', { filters: { only_my_chats: 'yes' } }, 'validation'],
  ])('are refused with %s', async (_name, change, type) => {
    expect(errorOf(await call('register_webhook', { ...webhook, ...change }))).toBe(type)
  })

  it('need their scope and a valid token', async () => {
    const weak = `Basic ${bench.livechat.license.addPat({ agentEmail: BIRCH, scopes: ['chats--all:rw'] })}`
    expect(errorOf(await call('register_webhook', webhook, weak))).toBe('authorization')
    expect(errorOf(await call('register_webhook', webhook, ''))).toBe('authentication')
    bench.livechat.license.revokePats()
    expect(errorOf(await call('list_webhooks', owner))).toBe('authentication')
  })

  it('can be switched off and on again, installed apps only', async () => {
    const enabled = async () => (await call('get_license_webhooks_state', owner)).body['license_webhooks_enabled']
    expect(await enabled()).toBe(true)
    await call('disable_license_webhooks', owner)
    expect(await enabled()).toBe(false)
    await call('enable_license_webhooks', owner)
    bench.livechat.license.setInstalled(CLIENT_ID, false)
    expect(await enabled()).toBe(false)
    expect((await call('enable_license_webhooks', owner)).status).toBe(200)
    expect(await enabled()).toBe(false)
    await call('disable_license_webhooks', owner)
    bench.livechat.license.setInstalled(CLIENT_ID, true)
    expect(await enabled()).toBe(false)
    expect(errorOf(await call('get_license_webhooks_state'))).toBe('validation')
  })

  it('begin after a delay that the knob sets', async () => {
    bench.livechat.knobs.configurationDelayMs = 120_000
    await call('register_webhook', { ...webhook, action: 'incoming_chat' })
    await bench.call(await bench.customer(), 'start_chat')
    await bench.clock.advance(120_000)
    await bench.call(await bench.customer(), 'start_chat')
    await bench.livechat.settle()
    expect(bench.received).toHaveLength(1)
  })

  it('have names that differ by version, which anybody may list', async () => {
    const names = async (version: string) => {
      const { body } = await call('list_webhook_names', { version }, '')
      return (body as unknown as { action: string }[]).map(({ action }) => action)
    }
    expect(await names('3.6')).toContain('event_deleted')
    expect(await names('3.5')).not.toContain('event_deleted')
    expect(await names('3.5')).toContain('incoming_customer')
  })
})

describe('a scope', () => {
  const needed: [scope: string, action: string, body: Json][] = [
    ['webhooks.configuration:rw', 'list_webhooks', owner],
    ['webhooks.configuration:rw', 'register_webhook', webhook],
    ['webhooks.configuration:rw', 'unregister_webhook', { ...owner, id: 'x' }],
    ['webhooks.state:ro', 'get_license_webhooks_state', owner],
    ['webhooks.state:rw', 'enable_license_webhooks', owner],
    ['webhooks.state:rw', 'disable_license_webhooks', owner],
    ['agents--all:ro', 'get_agent', { id: AMBER }],
    ['agents--all:ro', 'list_agents', {}],
    ['groups--all:ro', 'list_groups', {}],
    ['groups--all:ro', 'get_group', { id: 0 }],
    ['tags--all:ro', 'list_tags', {}],
  ]
  const all = [...new Set([...needed.map(([scope]) => scope), 'chats--all:rw'])]
  const withScopes = (scopes: string[]): string =>
    `Basic ${bench.livechat.license.addPat({ agentEmail: BIRCH, scopes })}`

  it.each(needed)('%s is necessary and sufficient for %s', async (scope, action, body) => {
    const related = scope.split(':')[0] ?? scope
    const others = all.filter((other) => !other.startsWith(related))
    expect(errorOf(await call(action, body, withScopes(others)))).toBe('authorization')
    expect(errorOf(await call(action, body, withScopes([scope])))).not.toBe('authorization')
  })

  it('to read does not include the scope to write', async () => {
    const reader = withScopes(['webhooks.state:ro'])
    expect((await call('get_license_webhooks_state', owner, reader)).status).toBe(200)
    expect(errorOf(await call('enable_license_webhooks', owner, reader))).toBe('authorization')
  })

  it('of an administrator is not given to others', () => {
    const give = (scope: string) => bench.livechat.license.addPat({ agentEmail: AMBER, scopes: [scope] })
    expect(() => give('webhooks.configuration:rw')).toThrow(/role normal/)
    expect(() => give('agents--all:ro')).not.toThrow()
  })
})

describe('an app of another organization', () => {
  it('may be installed, but not configured', async () => {
    bench.livechat.license.addApp({ clientId: 'theirs', redirectUris: [], isOfOthers: true })
    const theirs = { owner_client_id: 'theirs' }
    for (const action of ['list_webhooks', 'get_license_webhooks_state'])
      expect(errorOf(await call(action, theirs))).toBe('validation')
    expect(errorOf(await call('register_webhook', { ...webhook, ...theirs }))).toBe('validation')
  })
})

describe('apps of one organization', () => {
  const foreign = { owner_client_id: 'another' }
  beforeEach(() => bench.livechat.license.addApp({ clientId: 'another', redirectUris: [REDIRECT_URI] }))

  it('do not touch each other', async () => {
    const { id } = (await call('register_webhook', webhook)).body
    expect((await call('list_webhooks', foreign)).body).toEqual([])
    expect(errorOf(await call('unregister_webhook', { ...foreign, id }))).toBe('not_found')
    await call('register_property', {
      ...foreign,
      name: 'mark',
      type: 'string',
      access: { chat: { customer: ['write'] } },
    })
    const who = await bench.customer()
    const start = () => bench.call(who, 'start_chat', { chat: { properties: { another: { mark: 'x' } } } })
    expect(errorOf(await start())).toBe('validation')
    await call('publish_property', { ...foreign, name: 'mark' })
    expect((await start()).status).toBe(200)
  })
})

describe('agents', () => {
  it('are found by e-mail', async () => {
    const { body } = await call('get_agent', { id: AMBER, fields: ['job_title', 'groups'] })
    expect(body).toMatchObject({
      id: AMBER,
      name: 'Agent Amber',
      avatar: 'cdn.livechatinc.com/avatars/1.png',
      role: 'normal',
      login_status: 'accepting chats',
      job_title: 'Support Agent',
      groups: [{ id: 0 }],
    })
    expect(errorOf(await call('get_agent', { id: 'nobody@example.com' }))).toBe('not_found')
    const list = (await call('list_agents')).body
    expect(dig(list, 0, 'avatar_path')).toBe('cdn.livechatinc.com/avatars/1.png')
    expect(dig(list, 0)).not.toHaveProperty('avatar')
  })

  it('are listed apart from bots, which work with a token of their own', async () => {
    const created = (await call('create_bot', { ...owner, name: 'Helper' })).body
    expect(dig((await call('list_bots', { all: true })).body, 0)).toMatchObject({ id: created['id'], name: 'Helper' })
    expect((await call('get_bot', { id: created['id'] })).body).toMatchObject({ owner_client_id: CLIENT_ID })
    expect((await call('list_agents')).body).toHaveLength(2)
    const token = (secret: unknown) =>
      call(
        'issue_bot_token',
        {
          bot_id: created['id'],
          client_id: CLIENT_ID,
          bot_secret: secret,
          organization_id: bench.livechat.license.organizationId,
        },
        '',
      )
    expect(errorOf(await token('wrong'))).toBe('authentication')
    const authorization = `Bearer ${String((await token(created['secret'])).body['token'])}`
    const setStatus = () =>
      bench.api('/v3.6/agent/action/set_routing_status', { status: 'accepting_chats' }, { authorization })
    expect((await setStatus()).status).toBe(200)
    await bench.clock.advance(24 * 3600_000)
    expect(errorOf(await setStatus())).toBe('authentication')
  })

  it('work in groups', async () => {
    bench.livechat.license.addGroup({ id: 3, name: 'Sales' })
    const list = (await call('list_groups', { fields: ['routing_status'] })).body
    expect(list).toEqual([
      { id: 0, name: 'General', language_code: 'en', routing_status: 'online' },
      { id: 3, name: 'Sales', language_code: 'en', routing_status: 'offline' },
    ])
    expect((await call('get_group', { id: 3 })).body).toEqual({ id: 3, name: 'Sales', language_code: 'en' })
    expect(errorOf(await call('get_group', { id: 9 }))).toBe('group_not_found')
    expect(errorOf(await call('get_group', { id: '3' }))).toBe('validation')
  })
})

describe('properties', () => {
  const property = { ...owner, name: 'mark', type: 'string', access: { chat: { customer: ['read', 'write'] } } }

  it('belong to their app: its customers may use them, a PAT may not', async () => {
    const who = await bench.customer()
    const properties = { [CLIENT_ID]: { mark: 'x' } }
    expect(errorOf(await bench.call(who, 'start_chat', { chat: { properties } }))).toBe('validation')
    expect((await call('register_property', property)).status).toBe(200)
    expect(errorOf(await call('register_property', property))).toBe('already_exists')
    expect((await call('list_properties', owner)).body).toMatchObject({ mark: { type: 'string' } })
    expect((await bench.call(who, 'start_chat', { chat: { properties } })).status).toBe(200)
    expect((await call('publish_property', { ...owner, name: 'mark', access_type: ['read'] })).status).toBe(200)
    expect((await call('unregister_property', { ...owner, name: 'mark' })).status).toBe(200)
    expect(errorOf(await call('unregister_property', { ...owner, name: 'mark' }))).toBe('not_found')
  })
})
