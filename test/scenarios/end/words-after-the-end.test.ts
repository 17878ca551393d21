import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Messages of an agent that LiveChat delivers after the session has ended. The plugin would give them to the bot. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const late = (talk: Talk, id: string, writtenAtMs: number) => ({
  chat_id: talk.chatId,
  thread_id: talk.threadId,
  event: {
    id,
    type: 'message',
    text: 'Too late',
    author_id: amber.email,
    visibility: 'all',
    created_at: new Date(writtenAtMs).toISOString(),
  },
})
const messagesIn = (talk: Talk): string[] =>
  sandbox.installation.messages(talk.conversationId).map(({ payload }) => String(payload['text']))
const logOf = (): string => sandbox.integration.logs().join('\n')

describe('messages of an agent that arrive after the end', () => {
  it('are not relayed, and the bot’s owner is told how many there were', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    const writtenAtMs = sandbox.clock.nowMs()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = messagesIn(talk)
    for (const id of ['late_1', 'late_2']) {
      expect(await sandbox.deliverWebhook('incoming_event', late(talk, id, writtenAtMs))).toBe(200)
    }
    await sandbox.settle()
    expect(messagesIn(talk)).toEqual(before)
    expect(logOf()).toMatch(/message_after_end .*count\W*2/)
    expect(logOf()).not.toContain('Too late')
  })

  it('are not relayed by a process that does not know of the end either', async () => {
    const processes = createProcesses(2)
    sandbox = await startSandbox({ startIntegration: processes.start })
    const talk = await startTalk(sandbox)
    // Both processes know the session. One of them ends it.
    processes.serve(1)
    await agentSays(sandbox, talk.chatId, 'Hi')
    processes.serve(0)
    const writtenAtMs = sandbox.clock.nowMs()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = messagesIn(talk)
    processes.serve(1)
    expect(await sandbox.deliverWebhook('incoming_event', late(talk, 'late_1', writtenAtMs))).toBe(200)
    await sandbox.settle()
    expect(messagesIn(talk)).toEqual(before)
  })

  it('are not put there by a catch-up either, when their first delivery had failed and the bot has stopped since', async () => {
    sandbox = await startSandbox({ timeScale: 20 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    const route = 'POST /v1/chat/messages/get-or-create'
    const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
    await agentSays(sandbox, talk.chatId, 'Too late')
    await sandbox.installation.runAction('stopHitl', { conversationId: talk.conversationId })
    await sandbox.settle()
    heal()
    const before = messagesIn(talk)
    await sandbox.advance(120_000)
    expect(messagesIn(talk)).toEqual(before)
    expect(logOf()).toContain('message_after_end')
  })

  it('are followed by no text of ours, when a deletion is what shows that the chat was closed', async () => {
    sandbox = await startSandbox({ timeScale: 8 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    const event_id = sandbox.installation.messages(talk.conversationId).at(-1)?.tags.livechatEventId
    const route = 'GET /v1/chat/conversations/:id'
    const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    const before = messagesIn(talk)
    const { chatId: chat_id, threadId: thread_id } = talk
    expect(await sandbox.deliverWebhook('event_deleted', { chat_id, thread_id, event_id })).toBe(200)
    await sandbox.settle()
    expect(messagesIn(talk)).toEqual(before)
  })
})

it('what the end user writes after LiveChat has refused their words does not go into the thread that an agent opened since', async () => {
  sandbox = await startSandbox()
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  // The end cannot be recorded, and its webhook does not arrive.
  for (const route of ['POST /v1/chat/events', 'PUT /v1/chat/conversations/:id'])
    sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
  sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect: { kind: 'status', status: 503 } })
  sandbox.livechat.desk.close(talk.chatId, amber.email)
  await talk.user.say('Are you there?')
  await sandbox.settle()
  const threadId = sandbox.livechat.desk.reopen(talk.chatId, amber.email)
  await talk.user.say('Hello?')
  await sandbox.settle()
  const words = sandbox.livechat.desk
    .transcript(talk.chatId)
    .filter((entry) => entry.threadId === threadId)
    .map(({ text }) => text)
  expect(words.join()).not.toContain('Hello?')
})
