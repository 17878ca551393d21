import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { startTalk, userSays } from '../../helpers/talk'

/** A webhook that fails is caught up with the next operation on its session, whatever its action. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('an agent whom only `incoming_chat` reported', () => {
  it('is announced after the end user’s next message if Botpress failed just then', async () => {
    sandbox = await startSandbox({ timeScale: 20, livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    const lost = sandbox.faults.botpress.add({
      route: 'webhook/receive',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    lost()
    const heal = sandbox.faults.botpress.add({
      route: 'POST /v1/chat/events',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    const chat = {
      id: talk.chatId,
      users: [{ id: amber.email, type: 'agent', visibility: 'all' }],
      thread: { id: talk.threadId },
    }
    expect(await sandbox.deliverWebhook('incoming_chat', { chat })).toBe(503)
    heal()
    await userSays(sandbox, talk.user, 'Is anybody there?')
    await sandbox.advance(10_000)
    const tags = sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)?.tags
    expect(tags?.['assignedAgentUserId']).toMatch(/^user_/)
  })
})
