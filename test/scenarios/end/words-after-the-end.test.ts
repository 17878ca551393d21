import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { createWorkers } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** An agent's words that LiveChat delivers after the session has ended: the plugin would give them to the bot. */

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

describe('an agent’s words that arrive after the end', () => {
  it('are not put into the ended conversation; the owner of the bot is told how many there were', async () => {
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

  it('are not put there by a process that has not heard of the end either', async () => {
    const workers = createWorkers(2)
    sandbox = await startSandbox({ startIntegration: workers.start })
    const talk = await startTalk(sandbox)
    // Both processes know the session; one of them ends it.
    workers.serve(1)
    await agentSays(sandbox, talk.chatId, 'Hi')
    workers.serve(0)
    const writtenAtMs = sandbox.clock.nowMs()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = messagesIn(talk)
    workers.serve(1)
    expect(await sandbox.deliverWebhook('incoming_event', late(talk, 'late_1', writtenAtMs))).toBe(200)
    await sandbox.settle()
    expect(messagesIn(talk)).toEqual(before)
  })
})
