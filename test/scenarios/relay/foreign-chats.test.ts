import { afterEach, describe, expect, it } from 'vitest'
import { agentScopes, amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/**
 * A license also has chats of other bots and of agents themselves. Their webhooks arrive here if no filter keeps them
 * away.
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const platformCalls = (mark: number): number =>
  sandbox.ledger.since(mark, { side: 'botpress', kind: 'call' }).filter(({ name }) => name !== 'webhook/receive').length

const lookUps = (mark: number): number => sandbox.ledger.since(mark, { name: 'GET /v1/chat/conversations' }).length

const say = (ids: { chat_id: string; thread_id: string }, eventId: string): Promise<number> =>
  sandbox.deliverWebhook('incoming_event', {
    ...ids,
    event: { id: eventId, type: 'message', text: eventId, author_id: amber.email, visibility: 'all' },
  })

describe('a chat that is no session of this bot', () => {
  it('is answered with 200, creates nothing, and costs one call, and one more for all such chats', async () => {
    sandbox = await startSandbox()
    const foreign = { chat_id: 'F0RE1GNCHT', thread_id: 'F0RE1GNTHR' }
    const before = sandbox.installation.conversations().length
    const first = sandbox.ledger.mark()
    for (let index = 0; index < 5; index += 1) expect(await say(foreign, `early-${index}`)).toBe(200)
    expect(lookUps(first)).toBe(1)
    await sandbox.advance(31_000)
    await say(foreign, 'second')
    expect(lookUps(first)).toBe(2)
    const mark = sandbox.ledger.mark()
    for (let index = 0; index < 50; index += 1) expect(await say(foreign, `later-${index}`)).toBe(200)
    await sandbox.deliverWebhook('chat_transferred', { ...foreign, transferred_to: { agent_ids: [amber.email] } })
    await sandbox.deliverWebhook('chat_deactivated', foreign)
    expect(platformCalls(mark)).toBe(0)
    expect(sandbox.installation.conversations()).toHaveLength(before)
  })

  it('does not make its next thread be ignored, which may be a session', async () => {
    sandbox = await startSandbox()
    const first = await startTalk(sandbox)
    await say({ chat_id: first.chatId, thread_id: 'EARL1ERTHR' }, 'once')
    await sandbox.advance(31_000)
    await say({ chat_id: first.chatId, thread_id: 'EARL1ERTHR' }, 'twice')
    await agentSays(sandbox, first.chatId, 'Still with you')
    expect(first.userSees().at(-1)).toBe('Agent Amber: Still with you')
  })
})

it('a license with 1,000 foreign chats an hour costs one call a chat, and one a minute for all of them', async () => {
  sandbox = await startSandbox()
  const mark = sandbox.ledger.mark()
  const minutes = 6
  const chatsAMinute = 17
  for (let minute = 0; minute < minutes; minute += 1) {
    const idsOf = (age: number, nth: number) => ({
      chat_id: `CHAT${minute - age}X${nth}`,
      thread_id: `THREAD${minute - age}X${nth}`,
    })
    const texts = Array.from({ length: chatsAMinute }, (_, nth) =>
      // Each chat goes on for five minutes.
      Array.from({ length: Math.min(5, minute + 1) }, (_each, age) =>
        say(idsOf(age, nth), `event-${minute}-${age}-${nth}`),
      ),
    )
    const statuses = await Promise.all(texts.flat())
    expect(new Set(statuses)).toEqual(new Set([200]))
    await sandbox.advance(60_000)
  }
  expect(lookUps(mark)).toBeLessThanOrEqual(minutes * chatsAMinute + minutes)
})

/** A customer of another app, such as the license's own website. */
const otherApp = { clientId: '0ther000000000000000000000000000', redirectUri: 'https://website.example.com/' }
const createForeignCustomer = async () => {
  const { url, license } = sandbox.livechat
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    }
    return (await (await fetch(url + path, init)).json()) as Record<string, string>
  }
  const { organizationId } = license
  const { access_token } = await post('/v2/customer/token', {
    grant_type: 'cookie',
    client_id: otherApp.clientId,
    organization_id: organizationId,
    redirect_uri: otherApp.redirectUri,
    response_type: 'token',
  })
  return (action: string, body: unknown) =>
    post(`/v3.6/customer/action/${action}?organization_id=${organizationId}`, body, {
      authorization: `Bearer ${access_token}`,
    })
}

describe('the chats of other apps on the license, with the webhooks that the integration registers', () => {
  it('cost per chat of 20 messages as many deliveries as they have events, and one look-up', async () => {
    sandbox = await startSandbox({
      agentAccess: agentScopes,
      livechatKnobs: { additionalData: 'as_in_samples', region: 'none', webhookDuplicates: 1 },
    })
    sandbox.livechat.license.addApp({
      clientId: otherApp.clientId,
      redirectUris: [otherApp.redirectUri],
      installed: true,
    })
    const call = await createForeignCustomer()
    const mark = sandbox.ledger.mark()
    const chatId = String((await call('start_chat', { active: true }))['chat_id'])
    for (let index = 0; index < 10; index += 1) {
      await call('send_event', { chat_id: chatId, event: { type: 'message', text: `Question ${index}` } })
      sandbox.livechat.desk.say(chatId, amber.email, `Answer ${index}`)
      await sandbox.settle()
      await sandbox.advance(31_000)
    }
    sandbox.livechat.desk.close(chatId, amber.email)
    await sandbox.settle()
    const deliveries = sandbox.ledger.since(mark, { side: 'botpress', kind: 'call' })
    expect({
      deliveries: deliveries.filter(({ name }) => name === 'webhook/receive').length,
      lookUps: deliveries.filter(({ name }) => name === 'GET /v1/chat/conversations').length,
    }).toEqual({ deliveries: 22, lookUps: 1 })
  })

  it.each([true, false])('an agent who reopened the chat does not silence its later sessions (%s)', async (takes) => {
    sandbox = await startSandbox({ agentAccess: agentScopes, livechatKnobs: { agentReopenTakesSource: takes } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    sandbox.livechat.desk.reopen(talk.chatId, amber.email, 'One more thing')
    await sandbox.settle()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    await agentSays(sandbox, talk.chatId, 'Here again')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Here again')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(talk.user.session.active).toBe(false)
  })
})
