import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { answered } from '../../helpers/answered'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'
import { createWorkers, type Workers } from '../../helpers/in-process'

let sandbox: Sandbox
let workers: Workers
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  workers = createWorkers(2)
  sandbox = await startSandbox({ timeScale: 20, startIntegration: workers.start, ...options })
}
const desk = () => sandbox.livechat.desk
const announcements = (lines: string[]): number =>
  lines.filter((line) => line.endsWith(pluginTexts.agentAssigned)).length
const endsOf = ({ conversationId }: Talk): unknown[] =>
  botEvents(sandbox, 'hitlSessionEnded').filter(({ hitlConversationId }) => hitlConversationId === conversationId)
const webhook = (action: string, worker: (nth: number) => number): void => {
  let nth = 0
  workers.serve((body) => (body.includes(action) ? worker(nth++) : 0))
}

describe('an agent whom one worker has announced is not announced again by another', () => {
  it('that relays their first words later', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    await agentSays(sandbox, talk.chatId, 'Hi')
    desk().setStatus(birch.email, 'not_accepting_chats')
    desk().transferToGroup(talk.chatId, amber.email, 0)
    await sandbox.settle()
    await sandbox.advance(20_000)
    workers.serve(1)
    desk().pickUp(talk.chatId, birch.email)
    await sandbox.settle()
    await sandbox.advance(20_000)
    expect(announcements(talk.userSees())).toBe(2)
    workers.serve(0)
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

it('an agent’s last words arrive although one worker failed with them and another heard of the end', async () => {
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

describe('an end that two workers hear of reaches the bot once', () => {
  it('when LiveChat delivers it twice at the same moment', async () => {
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

  it('when the end user writes while LiveChat tells of it', async () => {
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

  it('when the first worker fails after it has begun to tell', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    webhook('chat_deactivated', (nth) => nth % 2)
    // The plugin is told; the bot's flows are not.
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

describe('a person whom one worker knows as a LiveChat customer stays that customer', () => {
  const customers = (): number => sandbox.livechat.license.customers().length

  it('for a worker that once found none', async () => {
    await open()
    const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    const heal = sandbox.faults.livechat.add({
      route: 'accounts/token',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    workers.serve(1)
    expect(await user.askForHuman({ title: 'First' })).toMatchObject({ started: false })
    heal()
    workers.serve(0)
    expect(await user.askForHuman({ title: 'Second' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    const { chatId } = talkOf(sandbox, user)
    await user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = customers()
    workers.serve(1)
    expect(await user.askForHuman({ title: 'Third' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(customers()).toBe(before)
    expect(talkOf(sandbox, user).chatId).toBe(chatId)
  })

  it('for a worker that knows only the first of two', async () => {
    await open()
    const email = 'teal@example.com'
    const first = await startTalk(sandbox, { user: { name: 'Teal', email } })
    workers.serve(1)
    await userSays(sandbox, first.user, 'This worker knows me, too')
    workers.serve(0)
    await sandbox.advance(60_000)
    const second = await startTalk(sandbox, { user: { name: 'Teal', email, channel: 'whatsapp' } })
    await second.user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = customers()
    workers.serve(1)
    expect(await second.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    expect(customers()).toBe(before)
  })

  it('although another worker writes the same state while a second session starts', async () => {
    await open()
    const email = 'teal@example.com'
    const first = await startTalk(sandbox, { user: { name: 'Teal', email } })
    workers.serve(1)
    await userSays(sandbox, first.user, 'This worker knows me, too')
    await sandbox.advance(60_000)
    sandbox.livechat.license.expireTokens()
    // It has read the state, and writes it back after the other has added to it.
    sandbox.faults.botpress.add({ route: /^GET .*states/, effect: { kind: 'delay', delayMs: 300, when: 'after' } })
    sandbox.faults.livechat.add({
      route: 'customer/start_chat',
      effect: { kind: 'delay', delayMs: 600, when: 'after' },
    })
    const mark = sandbox.ledger.mark()
    const renewing = first.user.say('My token is renewed')
    await answered(sandbox, 'accounts/token', mark)
    workers.serve(0)
    const phone = sandbox.installation.endUser({ name: 'Teal', email, channel: 'whatsapp' })
    expect(await phone.askForHuman({ title: 'Second' })).toMatchObject({ started: true })
    await renewing
    await sandbox.settle()
    await sandbox.advance(10_000)
    workers.serve(1)
    await userSays(sandbox, phone, 'To the agent')
    expect(talkOf(sandbox, phone).agentSees().at(-1)).toBe('Teal: To the agent')
  })
})
