import { afterEach, describe, expect, it } from 'vitest'
import { agentScopes, amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Botpress' lists may lag behind its writes. A process that did not start a session finds it late. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** The start runs in one process, and what the agent does reaches another. */
const open = async (options: SandboxOptions = {}): Promise<Talk> => {
  const processes = createProcesses(2)
  sandbox = await startSandbox({
    startIntegration: processes.start,
    timeScale: 20,
    botpressKnobs: { listLagMs: 8_000 },
    ...options,
  })
  processes.serve((body) => (/"action":"(incoming_event|chat_deactivated)"/.test(body) ? 1 : 0))
  return startTalk(sandbox, { pastDropWindow: false })
}
const seen = ({ userSees }: Talk, text: string): number =>
  userSees().filter((line) => line === `Agent Amber: ${text}`).length

describe('while lists do not show a new session yet', () => {
  it('the agent’s words arrive by redelivery, if the webhooks name the app of the chat', async () => {
    const talk = await open({ agentAccess: agentScopes, livechatKnobs: { additionalData: 'as_in_samples' } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    await sandbox.advance(90_000)
    expect(seen(talk, 'Hello')).toBe(1)
  })

  it('an agent’s end frees the end user, if the webhooks name the app of the chat', async () => {
    const talk = await open({ agentAccess: agentScopes, livechatKnobs: { additionalData: 'as_in_samples' } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(90_000)
    expect(talk.user.session.active).toBe(false)
  })

  it('the agent’s words arrive by redelivery in a chat that had a session before', async () => {
    const first = await open()
    await sandbox.advance(20_000)
    sandbox.livechat.desk.close(first.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(await first.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await agentSays(sandbox, first.chatId, 'Hello again')
    await sandbox.advance(90_000)
    expect(seen(first, 'Hello again')).toBe(1)
  })

  it.each([
    ['as soon as a list shows the session', 12_000],
    ['half a minute later', 40_000],
  ])('they arrive with the agent’s next words, if nothing says whose chat it is: %s', async (_when, laterMs) => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    await sandbox.advance(laterMs)
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    await sandbox.advance(12_000)
    expect([seen(talk, 'Hello'), seen(talk, 'Are you there?')]).toEqual([1, 1])
  })
})
