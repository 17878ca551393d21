import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { agentSeesMore } from '../../helpers/content'
import { agentSays, startTalk, talkOf, userSays } from '../../helpers/talk'

/** One odd input must not keep an end user from an agent. */

let sandbox: Sandbox
const open = async (options: SandboxOptions = {}): Promise<Sandbox> => (sandbox = await startSandbox(options))
const ownLog = (): string => sandbox.integration.logs().join('\n')

describe('a session whose details are as the Studio leaves them reaches an agent', () => {
  beforeAll(() => open({ livechatKnobs: { refuseSystemMessageFromCustomer: false } }))
  afterAll(() => sandbox.close())

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no phone', { phone: null }, /^LiveChat: Help$/],
    ['no custom fields', { customFields: null }, /^LiveChat: Help$/],
    [
      'a custom field without a value',
      { customFields: { Order: null, Plan: 'Gold' } },
      /^LiveChat: Help\n\nPlan: Gold$/,
    ],
    [
      'a custom field of another kind',
      { customFields: { Order: 4711, VIP: true, Items: ['a', 'b'] } },
      /Order: 4711\nVIP: true\nItems: a, b$/,
    ],
    ['no language', { language: null }, /^LiveChat: Help$/],
    ['no tags', { tags: null }, /^LiveChat: Help$/],
    ['a tag that is none', { tags: ['vip', null] }, /^LiveChat: Help\n\nTags: vip$/],
    ['no group', { groupId: null }, /^LiveChat: Help$/],
    ['an empty group', { groupId: '' }, /^LiveChat: Help$/],
    ['a group as text', { groupId: '3' }, /^LiveChat: Help$/],
    ['a group as text with a point', { groupId: '3.0' }, /^LiveChat: Help$/],
    ['a group in a list', { groupId: [3] }, /^LiveChat: Help$/],
    ['"null" as a group', { groupId: 'null' }, /^LiveChat: Help$/],
    ['no as a group', { groupId: false }, /^LiveChat: Help$/],
    ['an empty map and list as a group', { groupId: {}, tags: {}, customFields: [] }, /^LiveChat: Help$/],
    ['a text of 600 kB', { customFields: { Story: 'long '.repeat(120_000) } }, /Story: long .*…/],
    ['a phone of 60 characters', { phone: '1'.repeat(60) }, /Phone: 1{60}$/],
    ['a language of 30 characters', { language: 'l'.repeat(30) }, /Language: l{30}$/],
    ['a language of 2,000 characters', { language: 'l'.repeat(2_000) }, /Language: l{2000}$/],
    ['a map where a text should be', { phone: { home: 1 }, language: [] }, /^LiveChat: Help$/],
    ['fields that we do not know', { department: 'sales', priority: null }, /^LiveChat: Help$/],
  ])('%s', async (_, hitlSession, briefing) => {
    const talk = await startTalk(sandbox, { start: { title: 'Help', hitlSession } })
    expect(talk.agentSees()[0]).toMatch(briefing)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Hello')
    sandbox.livechat.desk.close(talk.chatId, 'amber@example.com')
    await sandbox.settle()
  })

  it('and the owner’s log names what was not used, once and without values', async () => {
    const before = ownLog().length
    await startTalk(sandbox, {
      start: { title: 'Help', hitlSession: { department: 'secret-words', phone: ['secret'] } },
    })
    const log = ownLog().slice(before)
    expect(log.match(/session_fields_not_used/g)).toHaveLength(1)
    expect(log).toContain('phone, department')
    expect(log).not.toContain('secret')
  })

  it.each<[unknown, string]>([
    ['sales', 'a text that is no such number'],
    [-1, 'the number -1'],
    [2.5, 'the number 2.5'],
    [1e20, 'the number 100000000000000000000'],
    [true, '"true"'],
    [[1, 2], 'a list'],
  ])('but not if the group is %j, which says so', async (groupId, found) => {
    const user = sandbox.installation.endUser()
    const result = await user.askForHuman({ title: 'Help', hitlSession: { groupId } })
    expect(result.started).toBe(false)
    const reason = 'reason' in result ? result.reason : ''
    expect(reason).toContain('the field "LiveChat group" (groupId) of the card')
    expect(reason).toContain(found)
    expect(reason).not.toContain('sales')
  })
})

describe('fields of a channel that we do not know matter in no message', () => {
  beforeAll(() => open())
  afterAll(() => sandbox.close())
  const at = (name: string): string =>
    sandbox.botpress.addPublicFile({ name, contentType: 'application/pdf', bytes: Buffer.from('x') })

  it.each<[string, () => [string, Record<string, unknown>], RegExp]>([
    [
      'a picture of the webchat',
      () => ['image', { imageUrl: 'https://files.bpcontent.cloud/leak.png', fileId: 'file_1' }],
      /Image: https:\/\/files/,
    ],
    [
      'a file',
      () => ['file', { fileUrl: 'https://files.bpcontent.cloud/a.pdf', fileId: 'file_1', filename: 'a.pdf' }],
      /File "a.pdf": https:\/\/files/,
    ],
    ['a text', () => ['text', { text: 'Hi there', metadata: { a: [1] }, value: null }], /Hi there/],
    [
      'a bloc',
      () => [
        'bloc',
        {
          items: [{ type: 'image', payload: { imageUrl: 'https://files.bpcontent.cloud/b.png', fileId: 'f' } }],
          id: 7,
        },
      ],
      /Image: https:\/\/files/,
    ],
  ])('before the session: %s', async (_, message, shown) => {
    const user = sandbox.installation.endUser({ name: 'Teal' })
    const [type, payload] = message()
    user.seedHistory([{ from: 'me', type, payload }])
    await user.askForHuman({ title: 'Help' })
    await sandbox.settle()
    expect(talkOf(sandbox, user).agentSees()[0]).toMatch(shown)
  })

  it.each<[string, () => [string, Record<string, unknown>], RegExp]>([
    ['a text', () => ['text', { text: 'Hi there', metadata: { a: [1] }, value: null }], /^Teal: Hi there$/],
    ['a file', () => ['file', { fileUrl: at('a.pdf'), fileId: 'f', size: 1 }], /^Teal: \[application\/pdf a\.pdf\]$/],
    [
      'a bloc',
      () => ['bloc', { items: [{ type: 'text', payload: { text: 'Hi there', fileId: 'f' } }], id: 7 }],
      /^Teal: Hi there$/,
    ],
  ])('in the session: %s', async (_, message, shown) => {
    const talk = await startTalk(sandbox)
    const [type, payload] = message()
    const [seen] = await agentSeesMore(sandbox, talk, () => talk.user.send(type, payload))
    expect(seen).toMatch(shown)
  })
})

describe('messages of types that we do not know', () => {
  beforeEach(() => open())
  afterEach(() => sandbox.close())

  it('before a session cost nobody an agent, and the log names them', async () => {
    const { user } = await startTalk(sandbox)
    const { userId } = user.session
    await user.end()
    await sandbox.settle()
    const source = { type: 'user', userId }
    const messageHistory = [
      null,
      'x',
      { source, type: 'text' },
      { source, type: 'reaction', payload: { code: ['x'] } },
      { source, type: 'sticker', payload: { imageUrl: 'https://files.bpcontent.cloud/s.webp' } },
      {
        source,
        type: 'bloc',
        payload: { items: [null, { type: 'voice', payload: { audioUrl: 'https://files.bpcontent.cloud/v.ogg' } }] },
      },
      { source, type: 'text', payload: { text: 'My kettle leaks', deep: deep } },
      { source, type: 'bloc', payload: { items: deep } },
      { source, type: deep, payload: deep },
    ]
    const answer = await callStart({
      userId,
      title: null,
      description: deep,
      hitlSession: null,
      messageHistory,
    })
    expect(answer.status).toBe(200)
    const briefing = talkOf(sandbox, user, newest()).agentSees().join('\n')
    expect(briefing).toContain('Teal: My kettle leaks')
    expect(briefing).toContain('Image: https://files.bpcontent.cloud/s.webp')
    expect(briefing).toContain('Audio: https://files.bpcontent.cloud/v.ogg')
    expect(briefing).not.toMatch(/undefined|null|\[object/)
    expect(ownLog()).toMatch(/history_types_not_known.*reaction/)
    expect(ownLog()).toMatch(/session_fields_not_used.*description/)
    expect(ownLog()).toMatch(/history_messages_empty.*\d/)
  })

  const newest = (): string => sandbox.installation.conversations().at(-1)?.id ?? ''

  it('and maps 20,000 deep in every field cost nobody an agent', async () => {
    const { user } = await startTalk(sandbox)
    const { userId } = user.session
    await user.end()
    await sandbox.settle()
    const hitlSession = {
      customFields: { Order: deep, Size: 'L' },
      phone: deep,
      tags: [deep],
      language: deep,
      other: deep,
    }
    const answer = await callStart({ userId, title: deep, description: 'Help', hitlSession, messageHistory: [] })
    expect(answer.status).toBe(200)
    expect(talkOf(sandbox, user, newest()).agentSees().join('\n')).toMatch(/Help\n\nOrder: .*….*\nSize: L$/m)
  })

  /** In a call, a map of which each holds the next, so deep that writing it overflows the stack. */
  const deep = 'a deep map'

  /** Calls the action as the platform would if it let everything pass. */
  const callStart = (input: Record<string, unknown>): Promise<Response> => {
    const { installation, configuration } = sandbox
    return fetch(sandbox.integration.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-bot-id': installation.botId,
        'x-bot-user-id': 'user_bot',
        'x-integration-id': installation.integrationId,
        'x-integration-alias': installation.alias,
        'x-webhook-id': installation.webhookId,
        'x-bp-operation': 'action_triggered',
        'x-bp-configuration': Buffer.from(JSON.stringify(configuration)).toString('base64'),
      },
      body: JSON.stringify({ type: 'startHitl', input }).replaceAll(
        `"${deep}"`,
        '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000),
      ),
    })
  }
})

describe('a customer card keeps what LiveChat accepts', () => {
  beforeAll(() => open())
  afterAll(() => sandbox.close())
  const fieldsOf = (chatId: string) =>
    sandbox.livechat.desk.chats().find((found) => found.chatId === chatId)?.customer.sessionFields
  const cardOf = (chatId: string) => {
    const chat = sandbox.livechat.desk.chats().find((found) => found.chatId === chatId)
    return sandbox.livechat.license.customers().find(({ id }) => id === chat?.customer.id) ?? {}
  }

  it.each<[string, { name: string; email: string; pictureUrl?: string }, object]>([
    [
      'a refused picture',
      { name: 'Plum', email: 'plum1@example.com', pictureUrl: 'https://' },
      { name: 'Plum', email: 'plum1@example.com' },
    ],
    [
      'a refused address',
      { name: 'Plum', email: 'plum at example', pictureUrl: 'https://a.example/p.png' },
      { name: 'Plum' },
    ],
    ['both refused', { name: 'Plum', email: 'plum at example', pictureUrl: 'https://' }, { name: 'Plum' }],
    [
      'a picture that is all in its address',
      { name: 'Plum', email: 'plum2@example.com', pictureUrl: `data:image/png;base64,${'A'.repeat(60_000)}` },
      { name: 'Plum', email: 'plum2@example.com' },
    ],
  ])('%s', async (_, user, card) => {
    const talk = await startTalk(sandbox, {
      user,
      start: { title: 'Help', hitlSession: { customFields: { Order: '17' } } },
    })
    expect(cardOf(talk.chatId)).toMatchObject(card)
    expect(fieldsOf(talk.chatId)).toContainEqual({ Order: '17' })
  })
})

describe('our own records that were reset or cannot be read', () => {
  beforeEach(() => open())
  afterEach(() => sandbox.close())

  it.each<[string, unknown]>([
    ['a reset state', null],
    ['a state without customers', { clientId: '9cbf3a968289727cb3cdfe83ab1d9836', organizationId: 'x' }],
    ['a state whose customers are no list', { customers: 'x' }],
    ['a text', 'x'],
  ])('cost nobody an agent: %s', async (_, payload) => {
    const first = await startTalk(sandbox)
    await first.user.end()
    await sandbox.settle()
    await sandbox.integration.restart()
    sandbox.faults.botpress.add({
      route: /^GET .*states/,
      effect: { kind: 'junk', body: JSON.stringify({ state: { payload }, meta: { cached: false } }) },
    })
    const result = await first.user.askForHuman({ title: 'Again' })
    expect(result.started).toBe(true)
    await sandbox.settle()
    await sandbox.advance(10_000)
    await userSays(sandbox, first.user, 'Are you there?')
    expect(talkOf(sandbox, first.user).agentSees().at(-1)).toBe('Teal: Are you there?')
  })

  it('a profile of somebody else in the history that fails costs only the name', async () => {
    const user = sandbox.installation.endUser({ name: 'Teal' })
    user.seedHistory([
      { from: { name: 'Plum' }, type: 'text', payload: { text: 'It leaks' } },
      { from: 'me', type: 'text', payload: { text: 'It is red' } },
    ])
    sandbox.faults.botpress.add({
      route: /^GET .*users/,
      skip: 1,
      effect: { kind: 'status', status: 403, body: { id: 'x', code: 403, type: 'Forbidden', message: 'no' } },
    })
    const result = await user.askForHuman({ title: 'Help' })
    expect(result.started).toBe(true)
    await sandbox.settle()
    expect(talkOf(sandbox, user).agentSees()[0]).toContain('It leaks')
  })
})
