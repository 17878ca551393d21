import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
}

describe('the end of a session', () => {
  const end: [string, string, (talk: Talk) => Promise<void> | void][] = [
    ['the agent closes', 'agent', (talk) => sandbox.livechat.desk.close(talk.chatId, amber.email)],
    ['the end user leaves', 'endUserOrBot', (talk) => talk.user.end()],
    ['nobody writes for long', 'inactivity', () => sandbox.advance(31 * 60_000)],
    [
      'LiveChat’s routing gives up',
      'routing',
      (talk) => sandbox.livechat.desk.closeBySystem(talk.chatId, 'routing.archived_offline'),
    ],
  ]
  it.each(end)(
    'when %s is reported to the flows with its reason and counts, after the plugin has released the conversation',
    async (_name, reason, act) => {
      await open({ livechatKnobs: { closingRemarksForAgentsOnly: false } })
      const talk = await startTalk(sandbox)
      await userSays(sandbox, talk.user, 'Hello')
      await agentSays(sandbox, talk.chatId, 'Hello to you')
      await agentSays(sandbox, talk.chatId, 'How can I help?')
      await act(talk)
      await sandbox.settle()
      await sandbox.advance(1_000)
      expect(talk.user.session.active).toBe(false)
      await sandbox.advance(5_000)
      expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
      const agentUser = sandbox.installation.users().find(({ name }) => name === amber.name)
      expect(botEvents(sandbox, 'hitlSessionEnded')[0]).toMatchObject({
        hitlConversationId: talk.conversationId,
        livechatChatId: talk.chatId,
        livechatThreadId: talk.threadId,
        reason,
        agentUserId: agentUser?.id,
        messagesFromEndUser: 1,
        messagesFromAgents: 2,
      })
    },
  )

  it.each<[string, string, (talk: Talk) => void]>([
    ['inactivity', 'nobody writes for long', () => sandbox.livechat.desk.setStatus(amber.email, 'accepting_chats')],
    ['agent', 'the agent closes', (talk) => sandbox.livechat.desk.close(talk.chatId, amber.email)],
  ])('is %s, when %s, where LiveChat remarks by events of type `system`', async (reason, _, act) => {
    await open({ livechatKnobs: { closingRemarkAs: 'system' }, filterAgentsOnly: false })
    const talk = await startTalk(sandbox)
    const details = { odd: { nested: [null, '"'] } }
    sandbox.livechat.desk.addSystemEvent(talk.chatId, { source: 'cdp', subtype: 'merged', details, visibility: 'all' })
    await sandbox.settle()
    act(talk)
    await sandbox.settle()
    await sandbox.advance(31 * 60_000)
    await sandbox.advance(5_000)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ reason }])
    expect(talk.userSees().join()).not.toContain('merged')
  })

  it('is by routing, where LiveChat says so by an event of type `system`', async () => {
    await open({ livechatKnobs: { closingRemarkAs: 'system', closingRemarksForAgentsOnly: false } })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello to you')
    sandbox.livechat.desk.closeBySystem(talk.chatId, 'routing.archived_offline')
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ reason: 'routing' }])
  })

  it('is told once, however often and in whatever order LiveChat tells it', async () => {
    await open({ livechatKnobs: { webhookDuplicates: 4, webhookShuffle: true }, filterAgentsOnly: false })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Goodbye')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Goodbye')).toHaveLength(1)
  })
})
