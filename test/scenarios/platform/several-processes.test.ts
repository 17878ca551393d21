import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { answered } from '../../helpers/answered'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'
import { addWebhooks } from '../../helpers/content'
import { createProcesses, type Processes } from '../../helpers/in-process'

let sandbox: Sandbox
let processes: Processes
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  processes = createProcesses(2)
  sandbox = await startSandbox({ timeScale: 20, startIntegration: processes.start, ...options })
}
const desk = () => sandbox.livechat.desk
const announcements = (lines: string[]): number =>
  lines.filter((line) => line.endsWith(pluginTexts.agentAssigned)).length
const endsOf = ({ conversationId }: Talk): unknown[] =>
  botEvents(sandbox, 'hitlSessionEnded').filter(({ hitlConversationId }) => hitlConversationId === conversationId)
const webhook = (action: string, processFor: (nth: number) => number): void => {
  let nth = 0
  processes.serve((body) => (body.includes(action) ? processFor(nth++) : 0))
}

describe('an agent whom one process has announced is not announced again by another process', () => {
  it('that relays their first message later', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    await agentSays(sandbox, talk.chatId, 'Hi')
    desk().setStatus(birch.email, 'not_accepting_chats')
    desk().transferToGroup(talk.chatId, amber.email, 0)
    await sandbox.settle()
    await sandbox.advance(20_000)
    processes.serve(1)
    desk().pickUp(talk.chatId, birch.email)
    await sandbox.settle()
    await sandbox.advance(20_000)
    expect(announcements(talk.userSees())).toBe(2)
    processes.serve(0)
    await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
    await sandbox.advance(5_000)
    expect(announcements(talk.userSees())).toBe(2)
  })

  it('that is still starting the session', async () => {
    await open({ timeScale: 1 })
    webhook('chat_transferred', () => 1)
    desk().setStatus(birch.email, 'not_accepting_chats')
    sandbox.faults.livechat.add({ route: 'customer/get_chat', effect: { kind: 'delay', delayMs: 700 } })
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    const starting = user.askForHuman({ title: 'Broken kettle' })
    await expect.poll(() => sandbox.installation.conversations()).toHaveLength(1)
    const [chat] = desk().chats()
    await sandbox.deliverWebhook('chat_transferred', {
      chat_id: chat?.chatId,
      thread_id: chat?.threadId,
      reason: 'assigned',
      transferred_to: { agent_ids: [amber.email] },
    })
    await starting
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(announcements(user.chat().map(({ text }) => text ?? ''))).toBe(1)
  })
})

it('an agent’s first words arrive at once, although their process heard of the chat before it had a conversation', async () => {
  await open({ livechatKnobs: { autoAssign: false } })
  addWebhooks(sandbox, ['incoming_chat'])
  webhook('"incoming_', () => 1)
  const route = 'POST /v1/chat/conversations/get-or-create'
  sandbox.faults.botpress.add({ route, effect: { kind: 'delay', delayMs: 500 } })
  const talk = await startTalk(sandbox)
  await sandbox.advance(10_000)
  desk().pickUp(talk.chatId, amber.email)
  await agentSays(sandbox, talk.chatId, 'Hello')
  expect(talk.userSees()).toContain('Agent Amber: Hello')
})

it('an agent’s last message arrives although one process failed to relay it and another process got the end', async () => {
  await open()
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  webhook('chat_deactivated', () => 1)
  const route = 'POST /v1/chat/messages/get-or-create'
  const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
  desk().say(talk.chatId, amber.email, 'Your code is 4711')
  desk().close(talk.chatId, amber.email)
  await sandbox.settle()
  heal()
  await sandbox.advance(120_000)
  expect(talk.userSees()).toContain('Agent Amber: Your code is 4711')
  expect(talk.user.session.active).toBe(false)
})

describe('an end that two processes learn of reaches the bot once', () => {
  it('if LiveChat delivers it twice at the same moment', async () => {
    await open({ livechatKnobs: { webhookDuplicates: 2 } })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    webhook('chat_deactivated', (nth) => nth % 2)
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent' }])
    expect(talk.user.session.active).toBe(false)
  })

  it('if the end user writes while LiveChat reports it', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    webhook('chat_deactivated', () => 1)
    sandbox.faults.livechat.add({ route: 'customer/get_chat', effect: { kind: 'delay', delayMs: 75 } })
    const mark = sandbox.ledger.mark()
    desk().close(talk.chatId, amber.email)
    await answered(sandbox, 'GET /v1/chat/conversations', mark)
    await userSays(sandbox, talk.user, 'Thanks')
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(endsOf(talk)).toHaveLength(1)
  })

  it('if the first process fails after it has begun to report it', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    webhook('chat_deactivated', (nth) => nth % 2)
    // The plugin is notified, but the bot's flows are not told.
    sandbox.faults.botpress.add({
      route: 'POST /v1/chat/events',
      skip: 1,
      times: 1,
      effect: { kind: 'status', status: 503 },
    })
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent' }])
  })
})

describe('an end user whom one process knows as a LiveChat customer stays that customer', () => {
  const customers = (): number => sandbox.livechat.license.customers().length

  it('for a process that found none before', async () => {
    await open()
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    const heal = sandbox.faults.livechat.add({
      route: 'accounts/token',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    processes.serve(1)
    expect(await user.askForHuman({ title: 'First' })).toMatchObject({ started: false })
    heal()
    processes.serve(0)
    expect(await user.askForHuman({ title: 'Second' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    const { chatId } = talkOf(sandbox, user)
    await user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = customers()
    processes.serve(1)
    expect(await user.askForHuman({ title: 'Third' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(customers()).toBe(before)
    expect(talkOf(sandbox, user).chatId).toBe(chatId)
  })

  it('for a process that knows only the first of two', async () => {
    await open({ configuration: { mergeByEmail: true } })
    const email = 'teal@example.com'
    const first = await startTalk(sandbox, { user: { name: 'Teal', email } })
    processes.serve(1)
    await userSays(sandbox, first.user, 'This process knows me, too')
    processes.serve(0)
    await sandbox.advance(60_000)
    const second = await startTalk(sandbox, { user: { name: 'Teal', email, channel: 'whatsapp' } })
    await second.user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = customers()
    processes.serve(1)
    expect(await second.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    expect(customers()).toBe(before)
  })

  it('although another process writes the same state while a second session starts', async () => {
    await open({ configuration: { mergeByEmail: true } })
    const email = 'teal@example.com'
    const first = await startTalk(sandbox, { user: { name: 'Teal', email } })
    processes.serve(1)
    await userSays(sandbox, first.user, 'This process knows me, too')
    await sandbox.advance(60_000)
    sandbox.livechat.license.expireTokens()
    // This process has read the state, and writes it back after the other one has added to it.
    sandbox.faults.botpress.add({ route: /^GET .*states/, effect: { kind: 'delay', delayMs: 300, when: 'after' } })
    sandbox.faults.livechat.add({
      route: 'customer/start_chat',
      effect: { kind: 'delay', delayMs: 600, when: 'after' },
    })
    const mark = sandbox.ledger.mark()
    const renewing = first.user.say('My token is renewed')
    await answered(sandbox, 'accounts/token', mark)
    processes.serve(0)
    const phone = sandbox.installation.endUser({ name: 'Teal', email, channel: 'whatsapp' })
    expect(await phone.askForHuman({ title: 'Second' })).toMatchObject({ started: true })
    await renewing
    await sandbox.settle()
    await sandbox.advance(10_000)
    processes.serve(1)
    await userSays(sandbox, phone, 'To the agent')
    expect(talkOf(sandbox, phone).agentSees().at(-1)).toBe('Teal: To the agent')
  })
})
