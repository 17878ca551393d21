import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { addWebhooks } from '../../helpers/content'
import { agentSays, startTalk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const announcements = (lines: string[]): number =>
  lines.filter((line) => line === `bot: ${pluginTexts.agentAssigned}`).length
/** Without those that only stood in for an agent whose name nobody knew yet. */
const agentUsers = () =>
  sandbox.installation.users().filter(({ tags }) => tags.livechatAgentEmail && tags.livechatAgentId)

describe('an agent', () => {
  it('who is there at the start is announced by name, once, before their first word', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    expect(announcements(talk.userSees())).toBe(1)
    expect(talk.user.session.agentName).toBe(amber.name)
    await agentSays(sandbox, talk.chatId, 'Hello, how can I help?')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Hello, how can I help?')
    expect(announcements(talk.userSees())).toBe(1)
  })

  it.each([true, false])(
    'who picks up later is announced once (LiveChat reports a first assignment: %s)',
    async (tells) => {
      sandbox = await startSandbox({
        livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: tells ? 'fromQueue' : 'never' },
      })
      const talk = await startTalk(sandbox)
      expect(announcements(talk.userSees())).toBe(0)
      sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
      await sandbox.settle()
      expect(announcements(talk.userSees())).toBe(tells ? 1 : 0)
      await agentSays(sandbox, talk.chatId, 'Hello')
      await agentSays(sandbox, talk.chatId, 'Still there?')
      expect(announcements(talk.userSees())).toBe(1)
      expect(talk.user.session.agentName).toBe(amber.name)
    },
  )

  it('to whom the chat is transferred is announced, and no other agent is', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'I will ask a colleague')
    sandbox.livechat.desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    expect(announcements(talk.userSees())).toBe(2)
    expect(talk.user.session.agentName).toBe(birch.name)
    await agentSays(sandbox, talk.chatId, 'Hello, I am the colleague', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Hello, I am the colleague')
    expect(announcements(talk.userSees())).toBe(2)
  })

  it('is nobody while the chat waits in a queue again, and is announced when the next one comes', async () => {
    sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    await agentSays(sandbox, talk.chatId, 'Hello')
    sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    sandbox.livechat.desk.transferToGroup(talk.chatId, amber.email, salesGroup.id)
    await sandbox.settle()
    expect(announcements(talk.userSees())).toBe(1)
    sandbox.livechat.desk.pickUp(talk.chatId, birch.email)
    await agentSays(sandbox, talk.chatId, 'Sales here', birch.email)
    expect(announcements(talk.userSees())).toBe(2)
    expect(talk.user.session.agentName).toBe(birch.name)
  })

  it('is one Botpress user with name and picture, whichever webhook or read named them first', async () => {
    sandbox = await startSandbox()
    sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    const first = await startTalk(sandbox)
    await agentSays(sandbox, first.chatId, 'Hello')
    const second = await startTalk(sandbox)
    await agentSays(sandbox, second.chatId, 'Hello to you, too')
    expect(agentUsers()).toHaveLength(1)
    expect(agentUsers()[0]).toMatchObject({
      name: amber.name,
      pictureUrl: 'https://cdn.livechatinc.com/avatars/amber.png',
    })
  })

  it('who only watches is not announced', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.supervise(talk.chatId, birch.email)
    await sandbox.settle()
    expect(announcements(talk.userSees())).toBe(1)
    expect(talk.user.session.agentName).toBe(amber.name)
  })

  it('is never confused with another agent because of a late webhook', async () => {
    sandbox = await startSandbox()
    sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    const talk = await startTalk(sandbox)
    // A redelivery that comes when Birch has left long ago. Only Amber is in the chat.
    await sandbox.deliverWebhook('chat_transferred', {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      reason: 'manual',
      transferred_to: { agent_ids: [birch.email] },
    })
    await agentSays(sandbox, talk.chatId, 'Amber here')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Amber here')
    sandbox.livechat.desk.addAgentToChat(talk.chatId, amber.email, birch.email)
    await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
    await agentSays(sandbox, talk.chatId, 'Birch again', birch.email)
    expect(talk.userSees().at(-1)).toBe('Agent Birch: Birch again')
  })

  it('is called an agent, not the bot, while LiveChat does not tell the name, and by name from then on', async () => {
    sandbox = await startSandbox({
      livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' },
      timeScale: 20,
    })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    const heal = sandbox.faults.livechat.add({
      route: 'customer/get_chat',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    await agentSays(sandbox, talk.chatId, 'One')
    heal()
    await agentSays(sandbox, talk.chatId, 'Two')
    await agentSays(sandbox, talk.chatId, 'Three')
    expect(talk.userSees().slice(-3)).toEqual(['Agent: One', 'Agent Amber: Two', 'Agent Amber: Three'])
    expect(agentUsers()).toHaveLength(1)
  })

  it.each([
    ['in the language of the session', 'es', {}, 'Agente: Hello'],
    ['in the words of the configuration', 'es', { texts: { namelessAgent: 'Support' } }, 'Support: Hello'],
    ['as the bot, if the configuration says so', 'es', { texts: { namelessAgent: '' } }, 'bot: Hello'],
  ])('who has no name is shown %s', async (_name, language, configuration, shown) => {
    sandbox = await startSandbox({ livechatKnobs: { autoAssign: false }, configuration, timeScale: 20 })
    const start = { title: 'Hello', hitlSession: { language } }
    const talk = await startTalk(sandbox, { pickUpBy: amber.email, start })
    sandbox.faults.livechat.add({
      route: 'customer/get_chat',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toBe(shown)
  })
})

describe('an agent whom several kinds of webhooks report', () => {
  it.each([{ webhookShuffle: false }, { webhookShuffle: true }])('is announced once: %o', async (knobs) => {
    sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, ...knobs } })
    addWebhooks(sandbox, ['incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'])
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(amber.name)
    sandbox.livechat.desk.supervise(talk.chatId, birch.email)
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(amber.name)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().filter((line) => line.includes('joined the conversation'))).toHaveLength(1)
  })
})
