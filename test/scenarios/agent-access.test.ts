import { afterEach, describe, expect, it } from 'vitest'
import {
  agentScopes,
  amber,
  birch,
  clientId,
  plum,
  startSandbox,
  webhookSecret,
  type Sandbox,
  type SandboxOptions,
} from '../../sandbox/start-sandbox'
import { playHandoff } from '../../sandbox/story'
import { encodingsOf } from '../reliability/helpers/encodings'
import { agentSays, startTalk, userSays, type Talk } from '../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ agentAccess: agentScopes, ...options })
}

const botEvents = (type: string): Record<string, unknown>[] =>
  sandbox.installation.botEvents().flatMap((event) => (event.type === type ? [event.payload] : []))
const agentSideCalls = (): string[] =>
  sandbox.ledger
    .all({ kind: 'call', side: 'livechat' })
    .flatMap(({ name }) => (/^(configuration|agent)\//.test(name) ? [name] : []))
const logged = (code: string): string[] => sandbox.integration.logs().filter((line) => line.includes(code))

describe('the token', () => {
  it('leaves in no log, error, tag or event, even when LiveChat quotes it', { timeout: 60_000 }, async () => {
    await open({ timeScale: 10 })
    sandbox.livechat.license.addTag('billing')
    const { accountId, personalAccessToken } = sandbox.configuration['agentAccess'] as Record<string, string>
    const secrets = [personalAccessToken ?? '', btoa(`${accountId}:${personalAccessToken}`)]
    const text = secrets.join(' ')
    const quoting = { error: { type: 'validation', message: text, data: { region: text } } }
    const said: string[] = []
    const story = async () => {
      await sandbox.installation.register()
      said.push(sandbox.installation.statusReason ?? '')
      const talk = await startTalk(sandbox, { start: { title: 'Leak', hitlSession: { tags: ['billing'] } } })
      await agentSays(sandbox, talk.chatId, 'Hello')
      sandbox.livechat.desk.transferToAgent(talk.chatId, amber.email, birch.email)
      await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
      sandbox.livechat.desk.close(talk.chatId, birch.email)
      await sandbox.settle()
    }
    await story()
    for (const effect of [
      { kind: 'status', status: 400, body: quoting },
      { kind: 'status', status: 401, body: { error: { type: text } } },
      { kind: 'status', status: 421, body: { error: { type: 'misdirected_request', data: { region: 'fra' } } } },
      { kind: 'junk', body: JSON.stringify({ [text]: text }) },
      { kind: 'reset' },
    ] as const) {
      const heal = sandbox.faults.livechat.add({ route: /^(configuration|agent)\//, times: Infinity, effect })
      await story()
      heal()
    }
    sandbox.faults.livechat.add({
      route: /^configuration\//,
      times: Infinity,
      effect: { kind: 'status', status: 400, body: quoting },
    })
    await sandbox.installation.uninstall()
    const { installation } = sandbox
    const everything = JSON.stringify([
      sandbox.integration.logs(),
      installation.logs(),
      said,
      installation.users(),
      installation.conversations(),
      installation.messages(),
      installation.events(),
    ])
    expect(said.filter((reason) => reason !== '').length).toBeGreaterThan(3)
    for (const secret of secrets)
      for (const [encoding, form] of encodingsOf(secret)) expect(everything.includes(form), encoding).toBe(false)
  })
})

describe('with the webhooks that it registered itself', () => {
  it('and some made by hand, every event is delivered twice and shown once', async () => {
    await open({ livechatKnobs: { webhookDuplicates: 1 } })
    for (const action of ['incoming_event', 'chat_deactivated', 'chat_transferred']) {
      const url = sandbox.installation.webhookUrl
      sandbox.livechat.webhooks.register({ action, url, secretKey: webhookSecret, clientId })
    }
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(sandbox.ledger.all({ kind: 'delivery', name: 'webhook/incoming_event' })).toHaveLength(2)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Hello')).toHaveLength(1)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(2_000)
    expect(botEvents('hitlSessionEnded')).toHaveLength(1)
  })

  const story = async (options: SandboxOptions) => {
    sandbox = await startSandbox(options)
    try {
      const { endUserSaw, agentSaw } = await playHandoff(sandbox, { chapter: () => undefined, line: () => undefined })
      // Addresses of files are as random as the ids in them.
      return [...endUserSaw, ...agentSaw].map((line) => ({ ...line, text: line.text.replace(/https:\S+\//g, '') }))
    } finally {
      await sandbox.close()
    }
  }

  it.each<[string, SandboxOptions]>([
    ['chats that are assigned at once', {}],
    ['chats that wait', { livechatKnobs: { autoAssign: false } }],
    ['webhooks in any order, each twice', { livechatKnobs: { webhookShuffle: true, webhookDuplicates: 2 } }],
  ])('a whole handoff reads as with webhooks made by hand: %s', async (_name, options) => {
    const byHand = await story(options)
    expect(byHand.length).toBeGreaterThan(20)
    expect(agentSideCalls()).toEqual([])
    expect(await story({ ...options, agentAccess: agentScopes })).toEqual(byHand)
  })

  const ends: [string, string, (talk: Talk) => unknown][] = [
    ['the agent closes', 'agent', (talk) => sandbox.livechat.desk.close(talk.chatId, amber.email)],
    ['the end user leaves', 'endUserOrBot', (talk) => talk.user.end()],
    ['nobody writes for long', 'inactivity', () => sandbox.advance(31 * 60_000)],
    [
      'LiveChat’s routing gives up',
      'routing',
      (talk) => sandbox.livechat.desk.closeBySystem(talk.chatId, 'routing.archived_offline'),
    ],
  ]
  it.each(ends)('the end is told with its reason when %s', async (_name, reason, act) => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    await act(talk)
    await sandbox.settle()
    await sandbox.advance(2_000)
    expect(talk.user.session.active).toBe(false)
    expect(botEvents('hitlSessionEnded').map((event) => event['reason'])).toEqual([reason])
  })

  it('system messages arrive, which tell why a chat is closed', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await sandbox.advance(31 * 60_000)
    const remark = sandbox.livechat.desk
      .transcript(talk.chatId)
      .find(({ event }) => event['system_message_type'] === 'routing.archived_inactive')
    const delivered = sandbox.ledger
      .all({ kind: 'delivery', name: 'webhook/incoming_event' })
      .map(({ detail }) => detail?.['eventId'])
    expect(delivered).toContain(remark?.eventId)
  })

  it('a secret changed during a session loses nothing, though LiveChat needs two minutes for it', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    sandbox.livechat.knobs.configurationDelayMs = 120_000
    await sandbox.installation.configure({
      ...sandbox.configuration,
      webhookSecret: 'another-secret',
      previousWebhookSecret: webhookSecret,
    })
    expect(sandbox.installation.status).toBe('registered')
    await agentSays(sandbox, talk.chatId, 'Nobody tells of this')
    await sandbox.advance(120_000)
    await agentSays(sandbox, talk.chatId, 'Goodbye')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(2_000)
    for (const text of ['Hello', 'Nobody tells of this', 'Goodbye'])
      expect(talk.userSees().filter((line) => line === `Agent Amber: ${text}`)).toHaveLength(1)
    expect(botEvents('hitlSessionEnded')).toHaveLength(1)
  })

  it('own messages do not come back', async () => {
    await open()
    const talk = await startTalk(sandbox)
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'Hello')
    expect(sandbox.ledger.since(mark, { kind: 'delivery', side: 'livechat' })).toEqual([])
  })

  it('a rating by the bot comes back as an event', async () => {
    await open()
    const talk = await startTalk(sandbox)
    const input = { hitlConversationId: talk.conversationId, score: 'good' }
    await sandbox.installation.runAction('rateSession', input)
    await sandbox.settle()
    expect(botEvents('hitlSessionRated')).toMatchObject([{ ratingScore: 1 }])
  })

  it('agents who join are announced before they write', async () => {
    await open({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: false } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, birch.email)
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(birch.name)
  })
})

describe('an agent’s profile', () => {
  const user = (email: string) => sandbox.installation.users().find(({ tags }) => tags.livechatAgentEmail === email)
  /** A chat that waits until somebody picks it up, which LiveChat does not tell: the first message names the agent. */
  const waiting: SandboxOptions = { livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: false } }
  const openWaiting = async (options: SandboxOptions = {}): Promise<Talk> => {
    await open({ ...waiting, timeScale: 10, ...options })
    // As on a license where only messages tell of agents.
    for (const { id, action } of sandbox.livechat.webhooks.list())
      if (/^(user_|incoming_chat)/.test(action)) sandbox.livechat.webhooks.remove(id)
    return startTalk(sandbox, { pickUpBy: birch.email })
  }
  const unreadable = () =>
    sandbox.faults.livechat.add({
      route: 'customer/get_chat',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })

  it('gives name and picture to the first message, also when the thread cannot be read', async () => {
    const talk = await openWaiting()
    unreadable()
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello')
    expect(user(birch.email)).toMatchObject({
      name: birch.name,
      pictureUrl: 'https://cdn.livechatinc.com/avatars/birch.png',
    })
  })

  it('wins over what LiveChat shows to customers', async () => {
    const talk = await openWaiting()
    const profile = { id: birch.email, name: 'Birch of Sales', avatar: 'cdn.livechatinc.com/avatars/own.png' }
    const effect = { kind: 'status', status: 200, body: profile } as const
    sandbox.faults.livechat.add({ route: 'configuration/get_agent', effect })
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Birch of Sales: Hello')
    expect(user(birch.email)).toMatchObject({
      name: 'Birch of Sales',
      pictureUrl: 'https://cdn.livechatinc.com/avatars/own.png',
    })
  })

  it('is read once for an agent, beside the thread', async () => {
    const talk = await openWaiting({ latencyMs: 20 })
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    await agentSays(sandbox, talk.chatId, 'Again', birch.email)
    const [profile, ...more] = sandbox.ledger.since(mark, { name: 'configuration/get_agent' })
    const [thread] = sandbox.ledger.since(mark, { name: 'customer/get_chat' })
    expect(more).toEqual([])
    expect(profile?.startedMs).toBeLessThan(thread?.endedMs ?? 0)
    expect(thread?.startedMs).toBeLessThan(profile?.endedMs ?? 0)
  })

  it.each([
    ['hangs', { kind: 'hang' }],
    ['fails', { kind: 'status', status: 500 }],
    ['is unreadable', { kind: 'junk', body: '<html>' }],
  ] as const)('that %s costs neither the message nor the name', async (_name, effect) => {
    const talk = await openWaiting()
    sandbox.faults.livechat.add({ route: 'configuration/get_agent', times: Infinity, effect })
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello')
  })

  it('that does not exist is nothing to speak of', async () => {
    const talk = await openWaiting()
    sandbox.faults.livechat.add({
      route: 'configuration/get_agent',
      effect: { kind: 'status', status: 404, body: { error: { type: 'not_found', message: 'Not found' } } },
    })
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello')
    expect(logged('agent_profile_not_read')).toEqual([])
  })

  it('that the token may not read is said once an hour in the log, and not asked for again', async () => {
    const talk = await openWaiting()
    sandbox.faults.livechat.add({
      route: 'configuration/get_agent',
      times: Infinity,
      effect: { kind: 'status', status: 403, body: { error: { type: 'authorization', message: 'no' } } },
    })
    const asked = () => sandbox.ledger.all({ name: 'configuration/get_agent' }).length
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    const other = await startTalk(sandbox, { pickUpBy: amber.email })
    await agentSays(sandbox, other.chatId, 'Hello')
    expect(other.userSees().at(-1)).toBe('Agent Amber: Hello')
    expect(logged('agent_access_refused')).toHaveLength(1)
    expect(logged('agent_access_refused')[0]).toContain('agents--all:ro')
    expect(asked()).toBe(1)
    await sandbox.advance(3_600_000)
    const third = await startTalk(sandbox, { pickUpBy: plum.email })
    await agentSays(sandbox, third.chatId, 'Hello', plum.email)
    expect(asked()).toBe(2)
    expect(logged('agent_access_refused')).toHaveLength(2)
  })

  it('is not asked for a bot', async () => {
    await open({ ...waiting, configuration: { allowBots: true } })
    const bot = sandbox.livechat.license.addBot({ name: 'Robot' })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, bot.id)
    await agentSays(sandbox, talk.chatId, 'Beep', bot.id)
    expect(talk.userSees().at(-1)).toBe('Robot: Beep')
    expect(agentSideCalls().filter((name) => name === 'configuration/get_agent')).toEqual([])
  })
})

describe('tags', () => {
  const tagsOf = (talk: Talk): string[] =>
    sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)?.tags ?? []
  const startWith = (tags: string[]): Promise<Talk> =>
    startTalk(sandbox, { start: { title: 'Leak', hitlSession: { tags } } })
  const addTags = (...tags: string[]) => {
    for (const tag of tags) sandbox.livechat.license.addTag(tag)
  }
  const endedWith = async (talk: Talk): Promise<unknown> => {
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(2_000)
    return botEvents('hitlSessionEnded').at(-1)?.['tags']
  }

  it('that the bot names are on the chat, and those at its end come back', async () => {
    await open()
    addTags('billing', 'vip', 'solved')
    const talk = await startWith(['billing', ' vip '])
    expect(tagsOf(talk)).toEqual(['billing', 'vip'])
    sandbox.livechat.desk.tagThread(talk.chatId, amber.email, 'solved')
    expect(await endedWith(talk)).toEqual(['billing', 'vip', 'solved'])
  })

  it('that LiveChat does not know fail nothing: the agent reads them, the log says which', async () => {
    await open()
    addTags('billing')
    const talk = await startWith(['Billing', 'billing'])
    expect(tagsOf(talk)).toEqual(['billing'])
    expect(talk.agentSees()[0]).toContain('Tags: Billing, billing')
    expect(logged('tags_not_set')[0]).toMatch(/places\W+1\W/)
    expect(await endedWith(talk)).toEqual(['billing'])
  })

  it('without agent access are for the agent to read', async () => {
    sandbox = await startSandbox()
    const talk = await startWith(['billing'])
    expect(talk.agentSees()[0]).toContain('Tags: billing')
    expect(logged('tags_need_agent_access')).toHaveLength(1)
    expect(agentSideCalls()).toEqual([])
  })

  it('cost nothing where there are none', async () => {
    await open()
    await startTalk(sandbox)
    expect(agentSideCalls()).not.toContain('agent/tag_thread')
  })

  it.each(['hang', 'reset'] as const)('that cannot be set or read (%s) hold up neither start nor end', async (kind) => {
    await open({ timeScale: 10 })
    addTags('billing')
    sandbox.faults.livechat.add({ route: /^agent\//, times: Infinity, effect: { kind } })
    const talk = await startWith(['billing'])
    expect(talk.user.session.active).toBe(true)
    expect(await endedWith(talk)).toBeUndefined()
    expect(botEvents('hitlSessionEnded')).toHaveLength(1)
    expect(talk.user.session.active).toBe(false)
  })

  it('that the token may not touch are named in the log, with the scope', async () => {
    await open({ agentAccess: agentScopes.filter((scope) => !scope.startsWith('chats')) })
    addTags('billing')
    const talk = await startWith(['billing'])
    expect(logged('agent_access_refused').join()).toContain('chats--all:rw')
    expect(await endedWith(talk)).toBeUndefined()
    expect(talk.user.session.active).toBe(false)
  })
})
