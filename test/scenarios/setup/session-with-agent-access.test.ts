import { afterEach, describe, expect, it } from 'vitest'
import {
  agentScopes,
  amber,
  birch,
  clientId,
  startSandbox,
  webhookSecret,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { playHandoff } from '../../../sandbox/story'
import { encodingsOf } from '../../reliability/helpers/encodings'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  const { agentAccess, ...others } = { agentAccess: agentScopes, ...options }
  sandbox = await startSandbox({ ...others, ...(agentAccess ? { agentAccess } : {}) })
}

const agentSideCalls = (): string[] =>
  sandbox.ledger
    .all({ kind: 'call', side: 'livechat' })
    .flatMap(({ name }) => (/^(configuration|agent)\//.test(name) ? [name] : []))

describe('a bot that stops a session', () => {
  const stop = async (options: SandboxOptions, isTaken: boolean): Promise<{ isPinned: boolean; calls: string[] }> => {
    await open({ livechatKnobs: { autoAssign: false, pinnedAfterCustomerClose: true }, ...options })
    const talk = await startTalk(sandbox, isTaken ? { pickUpBy: amber.email } : {})
    const before = agentSideCalls().length
    expect(await talk.user.botStops()).toEqual({ stopped: true })
    await sandbox.settle()
    const chat = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)
    expect(chat?.state).toBe('closed')
    return { isPinned: chat?.isPinned ?? true, calls: agentSideCalls().slice(before) }
  }

  it('that waits takes its chat out of the agents’ list of unassigned chats', async () => {
    expect(await stop({}, false)).toMatchObject({ isPinned: false })
  })

  it('leaves it there without agent access, or without the scope, and stops all the same', async () => {
    expect(await stop({ agentAccess: undefined }, false)).toMatchObject({ isPinned: true })
    await sandbox.close()
    expect(await stop({ agentAccess: agentScopes.filter((scope) => !scope.startsWith('chats')) }, false)).toMatchObject(
      {
        isPinned: true,
      },
    )
  })

  it('that an agent has makes no call for it', async () => {
    const { isPinned, calls } = await stop({}, true)
    expect(isPinned).toBe(false)
    expect(calls).not.toContain('agent/update_chat_properties')
  })
})

describe('the token', () => {
  it('is in no log, error, tag or event, even if LiveChat repeats it', { timeout: 60_000 }, async () => {
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
  it('and some made by hand, every event is delivered twice and relayed once', async () => {
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
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
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
  it.each(ends)('the end is reported with its reason when %s', async (_name, reason, act) => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    await act(talk)
    await sandbox.settle()
    await sandbox.advance(2_000)
    expect(talk.user.session.active).toBe(false)
    expect(botEvents(sandbox, 'hitlSessionEnded').map((event) => event['reason'])).toEqual([reason])
  })

  it('system messages arrive, which say why a thread is closed', async () => {
    await open({ livechatKnobs: { closingRemarkAs: 'system_message' } })
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

  it('changing the secret during a session loses nothing, although LiveChat needs two minutes for it', async () => {
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
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
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
    expect(botEvents(sandbox, 'hitlSessionRated')).toMatchObject([{ ratingScore: 1 }])
  })

  it('agents who join are announced before they write', async () => {
    await open({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, birch.email)
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(birch.name)
  })
})
