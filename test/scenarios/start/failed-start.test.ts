import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, talkOf } from '../../helpers/talk'

/** A start in which Botpress fails after the LiveChat thread and the conversation exist. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
}
const createEvent = 'POST /v1/chat/events'

describe('a start that fails after its conversation was made', () => {
  it('does not tell the flows of the end of a session that never began', async () => {
    await open()
    for (const { id } of sandbox.livechat.license.agents()) sandbox.livechat.desk.setStatus(id, 'offline')
    const heal = sandbox.faults.botpress.add({
      route: /^PUT \/v1\/chat\/conversations/,
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    expect((await user.askForHuman({ title: 'Hello' })).started).toBe(false)
    heal()
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toEqual([])
    expect(user.session.active).toBe(false)
  })
})

describe('an agent who is there at the start', () => {
  it('is announced after a later read if the announcement was not answered', async () => {
    await open({ livechatKnobs: { chatTransferredOnFirstAssignment: 'fromQueue' } })
    sandbox.faults.botpress.add({ route: createEvent, times: 1, effect: { kind: 'hang' } })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    expect((await user.askForHuman({ title: 'Hello' })).started).toBe(true)
    await sandbox.settle()
    const talk = talkOf(sandbox, user)
    const tags = sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)?.tags
    expect(tags?.['assignedAgentUserId'] ?? '').toBe('')
    await sandbox.advance(30_000)
    await agentSays(sandbox, talk.chatId, 'Hello', amber.email)
    await sandbox.advance(10_000)
    expect(talk.userSees()).toContain('Agent Amber: Hello')
    const later = sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)?.tags
    expect(later?.['assignedAgentUserId']).toMatch(/^user_/)
  })

  it('is not followed by the news that nobody is there, when only the record of the announcement hangs', async () => {
    await open()
    const route = /^PUT \/v1\/chat\/conversations/
    sandbox.faults.botpress.add({ route, times: 1, effect: { kind: 'hang' } })
    const user = sandbox.installation.endUser({ name: 'Teal' })
    expect((await user.askForHuman({ title: 'Hello' })).started).toBe(true)
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toEqual([])
  })
})
