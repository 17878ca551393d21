import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { agentScopes, amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, talkOf, type Talk } from '../../helpers/talk'

/** The end user ends a session, but LiveChat cannot close the chat. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
}
const desk = () => sandbox.livechat.desk
const stateOf = ({ chatId }: Talk) =>
  desk()
    .chats()
    .find((chat) => chat.chatId === chatId)?.state
const logOf = (): string => sandbox.integration.logs().join('\n')
const ends = () => botEvents(sandbox, 'hitlSessionEnded')
const returns = () => botEvents(sandbox, 'hitlAgentReturned')

const startedTalk = async (): Promise<Talk> => {
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
  return talk
}
/** The end user ends the session while LiveChat closes no chat. */
const endWhileDown = async (talk: Talk): Promise<void> => {
  await sandbox.advance(60_000)
  const heal = sandbox.faults.livechat.add({
    route: 'customer/deactivate_chat',
    times: Infinity,
    effect: { kind: 'status', status: 503 },
  })
  await talk.user.end()
  await sandbox.settle()
  heal()
  await sandbox.advance(60_000)
}

describe('the end user who ends the session', () => {
  it.each([
    ['answers with errors', { kind: 'status', status: 503 }],
    ['does not answer', { kind: 'hang' }],
    ['bans the customer', { kind: 'status', status: 403, body: { error: { type: 'customer_banned', message: '' } } }],
  ] as const)('is back with the bot, while LiveChat %s', async (_, effect) => {
    await open()
    const talk = await startedTalk()
    sandbox.faults.livechat.add({ route: 'customer/deactivate_chat', times: Infinity, effect })
    await talk.user.end()
    await sandbox.settle()
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().at(-1)).toBe(`bot: ${pluginTexts.closedByUser}`)
    expect(logOf()).toContain('chat_left_open')
  })

  it('is back with the bot although the identity is lost, and the owner is told that the chat is open', async () => {
    await open()
    const talk = await startedTalk()
    for (const { id } of sandbox.livechat.license.customers()) sandbox.livechat.license.forgetIdentity(id)
    sandbox.livechat.license.expireTokens()
    await talk.user.end()
    await sandbox.settle()
    expect(talk.user.session.active).toBe(false)
    expect(logOf()).toContain('chat_left_open')
    expect(stateOf(talk)).toBe('assigned')
  })

  it('although the identity is lost, leaves no open chat if there is agent access', async () => {
    await open({ agentAccess: agentScopes })
    const talk = await startedTalk()
    for (const { id } of sandbox.livechat.license.customers()) sandbox.livechat.license.forgetIdentity(id)
    sandbox.livechat.license.expireTokens()
    await talk.user.end()
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(stateOf(talk)).toBe('closed')
    expect(logOf()).not.toContain('chat_left_open')
  })

  it('is back with the bot although Botpress does not say which session it is', async () => {
    await open()
    const talk = await startedTalk()
    await sandbox.integration.restart()
    const route = 'GET /v1/chat/conversations/:id'
    sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
    expect(await sandbox.installation.runAction('stopHitl', { conversationId: talk.conversationId })).toEqual({})
    expect(logOf()).toContain('chat_left_open')
  })
})

describe('a chat that was left open', () => {
  it('is closed when the agent next writes, and the words are told, not dropped', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    expect(stateOf(talk)).toBe('assigned')
    const seen = talk.userSees()
    await agentSays(sandbox, talk.chatId, 'Are you still there?')
    await sandbox.advance(5_000)
    expect(stateOf(talk)).toBe('closed')
    expect(returns()).toMatchObject([
      { hitlConversationId: talk.conversationId, livechatThreadId: talk.threadId, firstWords: 'Are you still there?' },
    ])
    expect(talk.userSees()).toEqual(seen)
    expect(ends()).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('is closed by a process that learns of the stop only minutes later', async () => {
    const processes = createProcesses(2)
    await open({ startIntegration: processes.start })
    const talk = await startedTalk()
    processes.serve(1)
    await endWhileDown(talk)
    await sandbox.advance(300_000)
    processes.serve(0)
    await agentSays(sandbox, talk.chatId, 'Are you still there?')
    expect(returns()).toHaveLength(1)
    expect(stateOf(talk)).toBe('closed')
  })

  it('has its agent’s words told when it is closed, if another process has taken them for a session that goes on', async () => {
    const processes = createProcesses(2)
    await open({ startIntegration: processes.start })
    const talk = await startedTalk()
    processes.serve(1)
    await endWhileDown(talk)
    processes.serve(0)
    await agentSays(sandbox, talk.chatId, 'Are you still there?')
    expect(returns()).toEqual([])
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(returns()).toMatchObject([{ livechatThreadId: talk.threadId, firstWords: 'Are you still there?' }])
    expect(ends()).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('has no words told that the agent wrote before the stop', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(returns()).toEqual([])
    expect(ends()).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('has its agent’s words told, and not relayed, by the register that finds it closed', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    const seen = talk.userSees()
    const effect = { kind: 'status', status: 502 } as const
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect })
    await agentSays(sandbox, talk.chatId, 'Are you still there?')
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    const before = sandbox.installation.messages(talk.conversationId).length
    await sandbox.installation.register()
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(returns()).toMatchObject([{ firstWords: 'Are you still there?' }])
    expect(sandbox.installation.messages(talk.conversationId)).toHaveLength(before)
    expect(talk.userSees()).toEqual(seen)
    expect(ends()).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('is closed by the end user’s next start, which makes no second customer', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    const before = sandbox.livechat.license.customers().length
    const again = await startTalkOf(talk)
    expect(again.chatId).toBe(talk.chatId)
    expect(again.threadId).not.toBe(talk.threadId)
    expect(sandbox.livechat.license.customers()).toHaveLength(before)
    await sandbox.advance(5_000)
    expect(ends()).toMatchObject([{ hitlConversationId: talk.conversationId, reason: 'endUserOrBot' }])
  })

  it('is closed by the next register', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    await sandbox.installation.register()
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(stateOf(talk)).toBe('closed')
    expect(ends()).toHaveLength(1)
  })

  it('ends at the next register, if LiveChat has closed it since and an agent has opened the chat again', async () => {
    await open()
    const talk = await startedTalk()
    await endWhileDown(talk)
    const effect = { kind: 'status', status: 502 } as const
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect })
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    desk().reopen(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.installation.register()
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(ends()).toMatchObject([{ reason: 'endUserOrBot' }])
    expect(stateOf(talk)).toBe('assigned')
  })
})

const startTalkOf = async (talk: Talk): Promise<Talk> => {
  expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
  await sandbox.settle()
  await sandbox.advance(10_000)
  return talkOf(sandbox, talk.user)
}
