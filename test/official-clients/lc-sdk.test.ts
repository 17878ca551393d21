import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../sandbox/clock'
import { Faults } from '../../sandbox/faults'
import { Ledger } from '../../sandbox/ledger'
import { startLiveChat, type LiveChatEmulator } from '../../sandbox/livechat'
import { seededRandom } from '../../sandbox/random'

/**
 * Drives the emulator with LiveChat's own client (`@livechat/lc-sdk-js` 4.0.2). The client speaks v3.4 over https only,
 * so its addresses are mapped from outside, and only methods whose fields have not changed since are called. Its upload
 * lacks a scheme and a token, so it is left out. Proven: paths, methods, envelope, bodies and answers of these calls as
 * the vendor's client makes and reads them. Not proven: what came after 3.4, tokens and cookies, webhooks, timing.
 */

type Api = 'Customer' | 'Agent' | 'Configuration'
type Answer = { id: number; value?: Record<string, never>; error?: { type: string } }

const clientId = '9cbf3a968289727cb3cdfe83ab1d9836'
const agent = 'amber@example.com'
const scopes = [
  'chats--all:rw',
  'customers:rw',
  'agents--all:ro',
  'agents-bot--all:ro',
  'agents--all:rw',
  'groups--all:ro',
  'webhooks.configuration:rw',
  'webhooks.state:rw',
  'tags--all:ro',
]

let livechat: LiveChatEmulator
let child: ChildProcess
let calls = 0
const tokens: Partial<Record<Api, string>> = {}

beforeAll(async () => {
  const clock = new VirtualClock()
  livechat = await startLiveChat({
    clock,
    ledger: new Ledger(clock),
    faults: new Faults(),
    random: seededRandom(1),
    deliver: () => Promise.resolve({ status: 200 }),
  })
  livechat.license.addApp({ clientId, redirectUris: ['https://hook.example.com/'] })
  livechat.license.addAgent({ email: agent, name: 'Agent Amber', role: 'administrator' })
  tokens.Agent = livechat.license.addAgentToken({ agentEmail: agent, clientId, scopes })
  tokens.Configuration = tokens.Agent
  tokens.Customer = await customerToken()
  child = fork(resolve(__dirname, 'lc-sdk-child.cjs'), [], {
    execArgv: ['--require', resolve(__dirname, '../../sandbox/integration/child/preload.cjs')],
    env: { SANDBOX_ADDRESS_MAP: JSON.stringify({ 'api.livechatinc.com': livechat.port }) },
  })
  await once(child, 'message')
})
afterAll(async () => {
  child.kill()
  await livechat.close()
})

const customerToken = async (): Promise<string> => {
  const response = await fetch(`${livechat.url}/v2/customer/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'cookie',
      response_type: 'token',
      client_id: clientId,
      organization_id: livechat.license.organizationId,
      redirect_uri: 'https://hook.example.com/',
    }),
  })
  return ((await response.json()) as { access_token: string }).access_token
}

/** One call of the vendor's client. */
const call = (api: Api, method: string, ...args: unknown[]): Promise<Answer> => {
  const id = (calls += 1)
  const token = { accessToken: tokens[api], organizationID: livechat.license.organizationId, region: 'dal' }
  return new Promise((done) => {
    const listen = (answer: Answer): void => {
      if (answer.id !== id) return
      child.off('message', listen)
      done(answer)
    }
    child.on('message', listen)
    child.send({ id, api, token, method, args })
  })
}

describe('LiveChat’s own client finds in the emulator what it finds in LiveChat', () => {
  it('as a customer: starts, reads, writes, ends and resumes the one chat', async () => {
    await call('Customer', 'updateCustomer', { name: 'Teal', email: 'teal@example.com' })
    expect(await call('Customer', 'getCustomer')).toMatchObject({
      value: { name: 'Teal', email: 'teal@example.com' },
    })
    const events = [{ type: 'message', text: 'Hello', custom_id: 'c-1' }]
    const started = await call('Customer', 'startChat', {
      chat: { thread: { events } },
      active: true,
      continuous: true,
    })
    const { chat_id: chatId, thread_id: threadId } = started.value ?? {}
    expect(started).toMatchObject({ value: { chat_id: expect.any(String) as string, event_ids: [expect.any(String)] } })
    expect((await call('Customer', 'startChat', {})).error?.type).toMatch(/limit/)
    expect((await call('Customer', 'sendEvent', chatId, { type: 'message', text: 'More' })).value).toHaveProperty(
      'event_id',
    )
    const chat = await call('Customer', 'getChat', chatId, threadId)
    expect(chat).toMatchObject({
      value: { id: chatId, thread: { id: threadId, active: true, events: [{ text: 'Hello' }, { text: 'More' }] } },
    })
    expect(await call('Customer', 'listChats')).toMatchObject({
      value: { total_chats: 1, chats_summary: [{ id: chatId, active: true }] },
    })
    expect(await call('Customer', 'listThreads', chatId)).toMatchObject({ value: { found_threads: 1 } })
    expect(await call('Customer', 'listGroupStatuses', true)).toMatchObject({
      value: { groups_status: { '0': 'online' } },
    })
    expect(
      (await call('Customer', 'updateThreadProperties', chatId, threadId, { rating: { score: 1 } })).error,
    ).toBeUndefined()
    expect((await call('Customer', 'sendSneakPeek', chatId, 'I am typ')).error).toBeUndefined()
    expect((await call('Customer', 'deactivateChat', chatId)).error).toBeUndefined()
    expect((await call('Customer', 'sendEvent', chatId, { type: 'message', text: 'Late' })).error?.type).toBe(
      'chat_inactive',
    )
    const resumed = await call('Customer', 'resumeChat', { chat: { id: chatId }, continuous: true })
    expect(resumed.value).toHaveProperty('thread_id')
    expect(resumed.value?.['thread_id']).not.toBe(threadId)
  })

  it('as an agent: sees the chat in the agent’s shape, answers, notes, tags and closes', async () => {
    const [{ chatId, threadId } = { chatId: '', threadId: '' }] = livechat.desk.chats()
    expect(await call('Agent', 'listChats')).toMatchObject({
      value: { chats_summary: [{ id: chatId, last_thread_summary: { id: threadId, active: true } }] },
    })
    expect((await call('Agent', 'addUserToChat', chatId, agent, 'agent', 'all', true)).error?.type ?? 'joined').toMatch(
      /joined|validation/,
    )
    expect(
      (await call('Agent', 'sendEvent', chatId, { type: 'message', text: 'Hello Teal', recipients: 'all' })).value,
    ).toHaveProperty('event_id')
    const chat = await call('Agent', 'getChat', chatId)
    expect(JSON.stringify(chat.value)).toContain('Hello Teal')
    expect(JSON.stringify(chat.value)).toContain(agent)
    livechat.license.addTag('kettle')
    expect((await call('Agent', 'tagThread', chatId, threadId, 'kettle')).error).toBeUndefined()
    expect(await call('Agent', 'listRoutingStatuses')).toMatchObject({
      value: [{ agent_id: agent, status: 'accepting_chats' }],
    })
    expect((await call('Agent', 'deactivateChat', chatId, true)).error).toBeUndefined()
    expect(livechat.desk.chats()[0]?.state).toBe('closed')
  })

  it('as an administrator: registers, lists and removes webhooks', async () => {
    const webhook = { action: 'incoming_event', secret_key: 's', url: 'https://hook.example.com/', type: 'license' }
    const { value } = await call('Configuration', 'registerWebhook', webhook, clientId)
    expect(value).toHaveProperty('id')
    expect(await call('Configuration', 'listWebhooks', clientId)).toMatchObject({
      value: [{ id: value?.['id'], action: 'incoming_event' }],
    })
    expect(await call('Configuration', 'getLicenseWebhooksState', clientId)).toMatchObject({
      value: { license_webhooks_enabled: true },
    })
    expect((await call('Configuration', 'unregisterWebhook', value?.['id'], clientId)).error).toBeUndefined()
    expect(await call('Configuration', 'listWebhooks', clientId)).toMatchObject({ value: [] })
    expect(await call('Configuration', 'getAgent', agent)).toMatchObject({ value: { id: agent, name: 'Agent Amber' } })
    expect(await call('Configuration', 'listGroups')).toMatchObject({ value: [{ id: 0, name: 'General' }] })
  })

  it('refuses a bad token as documented', async () => {
    const good = tokens.Customer
    tokens.Customer = 'dal:nonsense'
    expect((await call('Customer', 'listChats')).error?.type).toBe('authentication')
    if (good !== undefined) tokens.Customer = good
  })
})
