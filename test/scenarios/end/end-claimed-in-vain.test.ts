import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk } from '../../helpers/talk'

/** A process claims to tell the flows of an end, and fails before it does. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const always = { times: Infinity }

describe('the flows learn of an end, although the process that claimed to tell them fails:', () => {
  it('LiveChat delivers the end again', async () => {
    const processes = createProcesses(2)
    sandbox = await startSandbox({ startIntegration: processes.start, timeScale: 20 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Bye')
    const lost = { route: 'webhook/receive', ...always, effect: { kind: 'status', status: 502 } } as const
    const deliver = sandbox.faults.botpress.add(lost)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    // The end user's words bring the end first. The plugin is notified, and then Botpress takes no more events.
    const failing = {
      route: 'POST /v1/chat/events',
      skip: 1,
      ...always,
      effect: { kind: 'status', status: 500 },
    } as const
    const heal = sandbox.faults.botpress.add(failing)
    await talk.user.say('Thanks')
    await sandbox.settle()
    expect(botEvents(sandbox, 'hitlSessionEnded')).toEqual([])
    heal()
    deliver()
    processes.serve(1)
    const { chatId: chat_id, threadId: thread_id } = talk
    expect(await sandbox.deliverWebhook('chat_deactivated', { chat_id, thread_id })).toBe(503)
    await sandbox.advance(10_000)
    expect(await sandbox.deliverWebhook('chat_deactivated', { chat_id, thread_id })).toBe(200)
    await sandbox.advance(10_000)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
  })
})
