import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import {
  agentScopes,
  amber,
  birch,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { botEvents } from '../../helpers/bot-events'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'

/** An agent reopens a closed chat and writes. No session stands for the new thread. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const desk = () => sandbox.livechat.desk
const open = async (options: SandboxOptions = {}): Promise<void> => {
  const configuration = { mergeByEmail: false, ...options.configuration }
  sandbox = await startSandbox({ ...options, configuration })
}

/** A session that the agent has closed a while ago. */
const endedTalk = async (): Promise<Talk> => {
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
  desk().close(talk.chatId, amber.email)
  await sandbox.settle()
  await sandbox.advance(60_000)
  return talk
}
/** @returns the id of the new thread */
const reopen = async (talk: Talk, firstWords: string): Promise<string> => {
  const threadId = desk().reopen(talk.chatId, amber.email)
  await sandbox.settle()
  await agentSays(sandbox, talk.chatId, firstWords)
  return threadId
}
const returns = () => botEvents(sandbox, 'hitlAgentReturned')
const logOf = (): string => sandbox.integration.logs().join('\n')
const stateOf = ({ chatId }: Talk) =>
  desk()
    .chats()
    .find((chat) => chat.chatId === chatId)?.state
const comeBack = async ({ user }: Talk): Promise<Talk> => {
  await userSays(sandbox, user, 'A person, please')
  // The bot may have started a session, which the plugin activates a little later.
  await sandbox.advance(5_000)
  if (!user.session.active) expect(await user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
  await sandbox.settle()
  await sandbox.advance(10_000)
  return talkOf(sandbox, user)
}

describe('an agent who reopens a closed chat and writes', () => {
  it('is told to the flows once, with the first words, and to the owner without words', async () => {
    await open()
    const talk = await endedTalk()
    const threadId = await reopen(talk, 'I have found your parcel')
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    await sandbox.advance(120_000)
    await agentSays(sandbox, talk.chatId, 'Hello?')
    const agentUser = sandbox.installation.users().find(({ name }) => name === amber.name)
    expect(returns()).toMatchObject([
      {
        hitlConversationId: talk.conversationId,
        livechatChatId: talk.chatId,
        livechatThreadId: threadId,
        agentUserId: agentUser?.id,
        firstWords: 'I have found your parcel',
      },
    ])
    expect(logOf().match(/"agent_returned \{/g)).toHaveLength(1)
    expect(logOf()).not.toContain('parcel')
    expect(stateOf(talk)).toBe('assigned')
  })

  it('is told again when the chat was closed and reopened once more', async () => {
    await open()
    const talk = await endedTalk()
    await reopen(talk, 'First')
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    await reopen(talk, 'Second')
    expect(returns().map(({ firstWords }) => firstWords)).toEqual(['First', 'Second'])
  })

  it('is told once by two processes that learn of it at the same moment', async () => {
    const processes = createProcesses(2)
    await open({ startIntegration: processes.start, livechatKnobs: { webhookDuplicates: 2 } })
    const talk = await endedTalk()
    let nth = 0
    processes.serve((body) => (body.includes('incoming_event') ? nth++ % 2 : 0))
    await reopen(talk, 'I have found your parcel')
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    expect(returns()).toHaveLength(1)
  })

  it('is told from the message that opened the chat, where LiveChat reports new chats', async () => {
    await open({ agentAccess: agentScopes, livechatKnobs: { agentReopenTakesSource: false } })
    const talk = await endedTalk()
    desk().reopen(talk.chatId, amber.email, 'I have found your parcel')
    await sandbox.settle()
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    expect(returns()).toMatchObject([{ firstWords: 'I have found your parcel' }])
  })

  it('is told although LiveChat cannot say at first who has opened the chat', async () => {
    await open({ timeScale: 5 })
    const talk = await endedTalk()
    desk().reopen(talk.chatId, amber.email)
    await sandbox.settle()
    const effect = { kind: 'status', status: 500 } as const
    const heal = sandbox.faults.livechat.add({ route: 'customer/get_chat', times: Infinity, effect })
    await agentSays(sandbox, talk.chatId, 'I have found your parcel')
    heal()
    await sandbox.advance(120_000)
    expect(returns()).toMatchObject([{ firstWords: 'I have found your parcel' }])
  })

  it('frees an end user whose session had ended unnoticed', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    const effect = { kind: 'status', status: 502 } as const
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect })
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    await reopen(talk, 'I have found your parcel')
    await sandbox.advance(10_000)
    expect(talk.user.session.active).toBe(false)
    expect(returns()).toHaveLength(1)
  })
})

describe('an agent who writes while a start of the end user is under way', () => {
  it('has not returned: the session brings the words', async () => {
    await open()
    const talk = await endedTalk()
    sandbox.faults.botpress.add({
      route: 'POST /v1/chat/conversations/get-or-create',
      effect: { kind: 'delay', delayMs: 500 },
    })
    const mark = sandbox.ledger.mark()
    const starting = talk.user.askForHuman({ title: 'Again' })
    await answered(sandbox, 'customer/resume_chat', mark)
    desk().say(talk.chatId, amber.email, 'Welcome back')
    await starting
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(returns()).toEqual([])
    expect(talk.userSees().filter((line) => line.endsWith(': Welcome back'))).toHaveLength(1)
  })
})

describe('a start while an agent waits in the reopened chat', () => {
  it('by the same end user joins the agent, and brings what was said so far', async () => {
    await open()
    const talk = await endedTalk()
    const threadId = await reopen(talk, 'I have found your parcel')
    const again = await comeBack(talk)
    expect(again.threadId).toBe(threadId)
    expect(stateOf(talk)).toBe('assigned')
    expect(again.userSees().filter((line) => line === 'Agent Amber: I have found your parcel')).toHaveLength(1)
    expect(again.userSees().filter((line) => line.endsWith(pluginTexts.agentAssigned))).toHaveLength(2)
    expect(again.agentSees().filter((line) => line.includes('A person, please'))).toHaveLength(1)
    await userSays(sandbox, talk.user, 'Wonderful')
    expect(again.agentSees().at(-1)).toBe('Teal: Wonderful')
    await agentSays(sandbox, talk.chatId, 'Goodbye')
    expect(again.userSees().at(-1)).toBe('Agent Amber: Goodbye')
    expect(sandbox.livechat.license.customers()).toHaveLength(2)
  })

  it('joins at once, before half a minute is over', async () => {
    await open()
    const talk = await endedTalk()
    const threadId = desk().reopen(talk.chatId, amber.email)
    await sandbox.settle()
    expect((await comeBack(talk)).threadId).toBe(threadId)
  })

  it('by somebody with the same address gets a chat of its own, and never shows the words', async () => {
    await open({ configuration: { mergeByEmail: true } })
    const talk = await endedTalk()
    const threadId = await reopen(talk, 'I have found your parcel')
    const email = sandbox.installation.users().find(({ tags }) => tags.email)?.tags.email ?? ''
    const other = await startTalk(sandbox, { user: { name: 'Moss', email, channel: 'whatsapp' } })
    expect(other.threadId).not.toBe(threadId)
    expect(other.chatId).not.toBe(talk.chatId)
    expect(other.userSees().join()).not.toContain('parcel')
    expect(stateOf(talk)).toBe('assigned')
    await agentSays(sandbox, talk.chatId, 'Still there?')
    expect(other.userSees().join()).not.toContain('Still there')
  })

  it('leaves the agent’s chat open if the start fails', async () => {
    await open()
    const talk = await endedTalk()
    await reopen(talk, 'I have found your parcel')
    const route = 'POST /v1/chat/conversations/get-or-create'
    sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 400 } })
    expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: false })
    await sandbox.settle()
    expect(stateOf(talk)).toBe('assigned')
  })
})

it('a foreign chat in which agents write costs one look-up in half a minute', async () => {
  await open()
  const mark = sandbox.ledger.mark()
  const event = { id: 'F_1', type: 'message', text: 'Hi', author_id: birch.email, visibility: 'all' }
  await sandbox.deliverWebhook('incoming_event', { chat_id: 'FOREIGN', thread_id: 'F', event })
  expect(sandbox.ledger.since(mark, { kind: 'call', name: 'GET /v1/chat/conversations' })).toHaveLength(1)
})
