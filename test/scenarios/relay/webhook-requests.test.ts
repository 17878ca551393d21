import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, webhookSecret, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
let talk: Talk
beforeAll(async () => {
  sandbox = await startSandbox()
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
})
afterAll(() => sandbox.close())

const envelope = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    webhook_id: 'w1',
    action: 'incoming_event',
    payload: {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      event: { id: 'forged-1', type: 'message', text: 'forged', author_id: amber.email, visibility: 'all' },
    },
    ...fields,
  })

const platformCalls = () =>
  sandbox.ledger.all({ side: 'botpress', kind: 'call' }).filter(({ name }) => name !== 'webhook/receive').length

describe('a request that is not LiveChat’s', () => {
  it.each([
    ['GET', 'GET', () => '', 405],
    ['PUT', 'PUT', () => '{}', 405],
    ['not JSON', 'POST', () => 'hello', 400],
    ['an empty body', 'POST', () => '', 400],
    [
      'more than a megabyte',
      'POST',
      () => JSON.stringify({ secret_key: webhookSecret, filler: 'x'.repeat(1_048_576) }),
      413,
    ],
    ['no secret', 'POST', () => envelope({}), 401],
    ['an empty secret', 'POST', () => envelope({ secret_key: '' }), 401],
    ['a wrong secret', 'POST', () => envelope({ secret_key: 'guess' }), 401],
    ['the secret in other case', 'POST', () => envelope({ secret_key: webhookSecret.toUpperCase() }), 401],
    ['the beginning of the secret', 'POST', () => envelope({ secret_key: webhookSecret.slice(0, -1) }), 401],
    ['the secret and more', 'POST', () => envelope({ secret_key: `${webhookSecret}x` }), 401],
    ['the secret in an array', 'POST', () => envelope({ secret_key: [webhookSecret] }), 401],
    ['the secret in an object', 'POST', () => envelope({ secret_key: { value: webhookSecret } }), 401],
    ['the secret one level down', 'POST', () => envelope({ payload: { secret_key: webhookSecret } }), 401],
    ['a number', 'POST', () => '42', 401],
    ['null', 'POST', () => 'null', 401],
    ['an array', 'POST', () => JSON.stringify([{ secret_key: webhookSecret }]), 401],
  ])('%s is refused before any call to the platform', async (_name, method, body, status) => {
    const before = platformCalls()
    const answer = await sandbox.postWebhook(body(), method)
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain(webhookSecret)
    expect(platformCalls()).toBe(before)
    expect(talk.userSees().join()).not.toContain('forged')
  })

  it('gets one and the same answer, whatever is wrong with the secret', async () => {
    const bodies = [envelope({}), envelope({ secret_key: 'guess' }), '42'].map(
      async (body) => (await sandbox.postWebhook(body)).body,
    )
    expect(new Set(await Promise.all(bodies)).size).toBe(1)
  })

  it('does not block the genuine event of the same id', async () => {
    await sandbox.postWebhook(envelope({ secret_key: 'guess' }))
    expect((await sandbox.postWebhook(envelope({ secret_key: webhookSecret }))).status).toBe(200)
    await sandbox.settle()
    expect(talk.userSees().at(-1)).toBe('Agent Amber: forged')
  })
})

describe('a valid delivery that is not for the end user is answered with 200 and dropped', () => {
  const event = (fields: Record<string, unknown>) => ({
    chat_id: talk.chatId,
    thread_id: talk.threadId,
    event: {
      id: `drop-${JSON.stringify(fields)}`,
      type: 'message',
      text: 'must not be shown',
      author_id: amber.email,
      visibility: 'all',
      ...fields,
    },
  })
  it.each([
    ['a private note', { visibility: 'agents' }],
    ['no visibility', { visibility: undefined }],
    ['a visibility never heard of', { visibility: 'everyone' }],
    ['a visibility in capitals', { visibility: 'ALL' }],
    ['a list as visibility', { visibility: ['all'] }],
    ['no author', { author_id: undefined }],
    ['a system message', { type: 'system_message', author_id: undefined, system_message_type: 'routing.idle' }],
    ['a system event', { type: 'system', author_id: undefined, source: 'messaging' }],
    ['a form', { type: 'filled_form', fields: [] }],
    ['a custom event', { type: 'custom', content: {} }],
    ['an unknown type', { type: 'hologram' }],
    ['a deleted event', { deleted: true }],
    ['a message without text', { text: undefined }],
  ])('%s', async (_name, fields) => {
    const before = talk.userSees().length
    expect(await sandbox.deliverWebhook('incoming_event', event(fields))).toBe(200)
    await sandbox.settle()
    expect(talk.userSees()).toHaveLength(before)
  })

  it('an echo of our own message', async () => {
    const customerId = sandbox.installation.conversations()[0]?.tags.livechatCustomerId
    const before = talk.userSees().length
    expect(await sandbox.deliverWebhook('incoming_event', event({ author_id: customerId }))).toBe(200)
    expect(talk.userSees()).toHaveLength(before)
  })

  it.each([
    ['an unknown action', 'agent_created', { id: 'x' }],
    [
      'an unknown chat',
      'incoming_event',
      {
        chat_id: 'NOTOURS',
        thread_id: 'T',
        event: { id: 'e', type: 'message', text: 'x', author_id: 'a@example.com', visibility: 'all' },
      },
    ],
    ['the end of an unknown chat', 'chat_deactivated', { chat_id: 'NOTOURS', thread_id: 'T' }],
    [
      'a transfer of an unknown chat',
      'chat_transferred',
      { chat_id: 'NOTOURS', thread_id: 'T', reason: 'manual', transferred_to: { agent_ids: ['a@example.com'] } },
    ],
    ['a transfer without a thread', 'chat_transferred', { chat_id: 'NOTOURS', reason: 'manual', transferred_to: {} }],
    ['an unreadable payload', 'incoming_event', { chat_id: 7 }],
  ])('%s creates nothing', async (_name, action, payload) => {
    const mark = sandbox.ledger.mark()
    expect(await sandbox.deliverWebhook(action, payload)).toBe(200)
    expect(sandbox.ledger.since(mark, { side: 'botpress', kind: 'effect' })).toEqual([])
  })
})

describe('a change of secret', () => {
  it('accepts the old and the new one while both are configured, and only then', async () => {
    const other = await startSandbox({ configuration: { previousWebhookSecret: 'the-old-one' } })
    try {
      const body = (secret: string) => JSON.stringify({ secret_key: secret, action: 'agent_created', payload: {} })
      expect((await other.postWebhook(body('the-old-one'))).status).toBe(200)
      expect((await other.postWebhook(body(webhookSecret))).status).toBe(200)
      const { previousWebhookSecret: _, ...without } = other.configuration
      await other.installation.configure(without)
      expect((await other.postWebhook(body('the-old-one'))).status).toBe(401)
    } finally {
      await other.close()
    }
  })
})
