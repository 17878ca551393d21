import { afterEach, describe, expect, it } from 'vitest'
import {
  agentScopes,
  amber,
  birch,
  plum,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ agentAccess: agentScopes, ...options })
}

const agentSideCalls = (): string[] =>
  sandbox.ledger
    .all({ kind: 'call', side: 'livechat' })
    .flatMap(({ name }) => (/^(configuration|agent)\//.test(name) ? [name] : []))
const logged = (code: string): string[] => sandbox.integration.logs().filter((line) => line.includes(code))

describe('an agent’s profile', () => {
  const user = (email: string) => sandbox.installation.users().find(({ tags }) => tags.livechatAgentEmail === email)
  /** A chat that waits until somebody picks it up, which LiveChat does not tell: the first message names the agent. */
  const waiting: SandboxOptions = { livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } }
  const openWaiting = async (options: SandboxOptions = {}): Promise<Talk> => {
    await open({ ...waiting, timeScale: 10, ...options })
    // As on a license where only messages name the agent.
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

  it('gives the first message a name and a picture, even if the thread cannot be read', async () => {
    const talk = await openWaiting()
    unreadable()
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello')
    expect(user(birch.email)).toMatchObject({
      name: birch.name,
      pictureUrl: 'https://cdn.livechatinc.com/avatars/birch.png',
    })
  })

  it('is preferred to what LiveChat shows to customers', async () => {
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

  it('is read once for an agent, in parallel with the thread', async () => {
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

  it('that does not exist is not logged', async () => {
    const talk = await openWaiting()
    sandbox.faults.livechat.add({
      route: 'configuration/get_agent',
      effect: { kind: 'status', status: 404, body: { error: { type: 'not_found', message: 'Not found' } } },
    })
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello')
    expect(logged('agent_profile_not_read')).toEqual([])
  })

  it('that the token may not read is logged once an hour, and not requested again', async () => {
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

  it('is not requested for a bot', async () => {
    await open({ ...waiting, configuration: { allowBots: true } })
    const bot = sandbox.livechat.license.addBot({ name: 'Robot' })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, bot.id)
    await agentSays(sandbox, talk.chatId, 'Beep', bot.id)
    expect(talk.userSees().at(-1)).toBe('Robot: Beep')
    expect(agentSideCalls().filter((name) => name === 'configuration/get_agent')).toEqual([])
  })
})

describe('chat tags', () => {
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
    return botEvents(sandbox, 'hitlSessionEnded').at(-1)?.['tags']
  }

  it('that the flows request are set on the thread, and those at its end are reported', async () => {
    await open()
    addTags('billing', 'vip', 'solved')
    const talk = await startWith(['billing', ' vip '])
    expect(tagsOf(talk)).toEqual(['billing', 'vip'])
    sandbox.livechat.desk.tagThread(talk.chatId, amber.email, 'solved')
    expect(await endedWith(talk)).toEqual(['billing', 'vip', 'solved'])
  })

  it('that LiveChat does not know make nothing fail: the agent reads them, and the log says which', async () => {
    await open()
    addTags('billing')
    const talk = await startWith(['Billing', 'billing'])
    expect(tagsOf(talk)).toEqual(['billing'])
    expect(talk.agentSees()[0]).toContain('Tags: Billing, billing')
    expect(logged('chat_tags_not_set')[0]).toMatch(/places\W+1\W/)
    expect(await endedWith(talk)).toEqual(['billing'])
  })

  it('are written to the agent if there is no agent access', async () => {
    sandbox = await startSandbox()
    const talk = await startWith(['billing'])
    expect(talk.agentSees()[0]).toContain('Tags: billing')
    expect(logged('chat_tags_need_agent_access')).toHaveLength(1)
    expect(agentSideCalls()).toEqual([])
  })

  it('cost no call if there are none', async () => {
    await open()
    await startTalk(sandbox)
    expect(agentSideCalls()).not.toContain('agent/tag_thread')
  })

  it.each(['hang', 'reset'] as const)(
    'that cannot be set or read (%s) delay neither the start nor the end',
    async (kind) => {
      await open({ timeScale: 10 })
      addTags('billing')
      sandbox.faults.livechat.add({ route: /^agent\//, times: Infinity, effect: { kind } })
      const talk = await startWith(['billing'])
      expect(talk.user.session.active).toBe(true)
      expect(await endedWith(talk)).toBeUndefined()
      expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
      expect(talk.user.session.active).toBe(false)
    },
  )

  it('that the token may not set are named in the log, with the missing scope', async () => {
    await open({ agentAccess: agentScopes.filter((scope) => !scope.startsWith('chats')) })
    addTags('billing')
    const talk = await startWith(['billing'])
    expect(logged('agent_access_refused').join()).toContain('chats--all:rw')
    expect(await endedWith(talk)).toBeUndefined()
    expect(talk.user.session.active).toBe(false)
  })
})
