import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { addWebhooks } from '../../helpers/content'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Several webhooks report one arrival, each to another process, at the same moment. The end user hears of it once. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** `action`: the webhooks of this action go to another process than all others. */
const open = async (options: SandboxOptions = {}, action = 'chat_transferred'): Promise<void> => {
  const processes = createProcesses(2)
  processes.serve((body) => (body.includes(`"${action}"`) ? 1 : 0))
  sandbox = await startSandbox({ latencyMs: 3, timeScale: 3, startIntegration: processes.start, ...options })
  addWebhooks(sandbox, ['user_added_to_chat', 'user_removed_from_chat'])
  // While one process announces, the other learns of the same agent.
  const slow = { kind: 'delay', delayMs: 40, when: 'after' } as const
  sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', times: Infinity, effect: slow })
}
const announcements = ({ userSees }: Talk): number =>
  userSees().filter((line) => line === `bot: ${pluginTexts.agentAssigned}`).length
const rounds = 4

describe('an agent is announced once', () => {
  it('who picks up a waiting chat', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    for (let round = 0; round < rounds; round += 1) {
      const talk = await startTalk(sandbox, { pickUpBy: amber.email })
      await sandbox.advance(5_000)
      expect(announcements(talk)).toBe(1)
      expect(talk.user.session.agentName).toBe(amber.name)
      sandbox.livechat.desk.close(talk.chatId, amber.email)
      await sandbox.settle()
    }
  })

  it('who picks up a waiting chat and writes at the same moment', async () => {
    await open({ livechatKnobs: { autoAssign: false } }, 'incoming_event')
    // The agent's words come to the plugin before the announcement, so the plugin announces their author.
    const late = { kind: 'delay', delayMs: 60, when: 'before' } as const
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', times: Infinity, effect: late })
    for (let round = 0; round < rounds; round += 1) {
      const talk = await startTalk(sandbox)
      sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
      await agentSays(sandbox, talk.chatId, 'Hello')
      await sandbox.advance(5_000)
      expect(
        talk
          .userSees()
          .filter((line) => !/You are|waiting/i.test(line))
          .slice(-2),
      ).toEqual([`bot: ${pluginTexts.agentAssigned}`, 'Agent Amber: Hello'])
      expect(announcements(talk)).toBe(1)
      sandbox.livechat.desk.close(talk.chatId, amber.email)
      await sandbox.settle()
    }
  })

  it('who is there at the start, while the start still runs', async () => {
    await open({ livechatKnobs: { chatTransferredOnFirstAssignment: 'always' } })
    for (let round = 0; round < rounds; round += 1) {
      const talk = await startTalk(sandbox)
      expect(announcements(talk)).toBe(1)
      for (const agent of [amber, birch]) {
        const { agentIds } = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId) ?? {}
        if (agentIds?.includes(agent.email)) sandbox.livechat.desk.close(talk.chatId, agent.email)
      }
      await sandbox.settle()
    }
  })

  it('who comes after the chat went back to the queue', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    for (let round = 0; round < rounds; round += 1) {
      const talk = await startTalk(sandbox, { pickUpBy: amber.email })
      await agentSays(sandbox, talk.chatId, 'One moment')
      await sandbox.advance(60_000)
      sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
      sandbox.livechat.desk.transferToGroup(talk.chatId, amber.email, 0)
      await sandbox.settle()
      sandbox.livechat.desk.setStatus(birch.email, 'accepting_chats')
      sandbox.livechat.desk.pickUp(talk.chatId, birch.email)
      await sandbox.settle()
      await sandbox.advance(5_000)
      expect(announcements(talk)).toBe(2)
      expect(talk.user.session.agentName).toBe(birch.name)
      sandbox.livechat.desk.close(talk.chatId, birch.email)
      await sandbox.settle()
    }
  })
})
