import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { addWebhooks } from '../../helpers/content'
import { createProcesses, type Processes } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** An agent has the own name and picture, whichever webhook or read brings them first. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  const knobs = { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } as const
  sandbox = await startSandbox({ ...options, livechatKnobs: { ...knobs, ...options.livechatKnobs } })
}
const agentUsers = () =>
  sandbox.installation.users().filter(({ tags }) => tags.livechatAgentEmail ?? tags.livechatAgentId)
const announcements = ({ userSees }: Talk): number =>
  userSees().filter((line) => line === `bot: ${pluginTexts.agentAssigned}`).length

const user = { id: birch.email, type: 'agent', present: true, visibility: 'all' }
/** Each names Birch, who has left the chat by now. */
const lateWebhooks: [string, (talk: Talk) => Record<string, unknown>][] = [
  ['chat_transferred', () => ({ reason: 'manual', transferred_to: { agent_ids: [birch.email] } })],
  ['user_added_to_chat', () => ({ user, reason: 'manual' })],
  ['incoming_chat', ({ chatId, threadId }) => ({ chat: { id: chatId, users: [user], thread: { id: threadId } } })],
]

describe('a late webhook about a colleague who has left lends nobody a name:', () => {
  it.each(lateWebhooks)('%s', async (action, payload) => {
    await open()
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    await sandbox.deliverWebhook(action, { chat_id: talk.chatId, thread_id: talk.threadId, ...payload(talk) })
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(amber.name)
    await agentSays(sandbox, talk.chatId, 'Amber here')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Amber here')
    const other = await startTalk(sandbox, { pickUpBy: birch.email })
    await agentSays(sandbox, other.chatId, 'Birch here', birch.email)
    expect(other.userSees().at(-1)).toBe('Agent Birch: Birch here')
    expect(announcements(talk)).toBe(1)
    expect(agentUsers().map(({ name, pictureUrl }) => [name, pictureUrl])).toEqual([
      [amber.name, 'https://cdn.livechatinc.com/avatars/amber.png'],
      [birch.name, 'https://cdn.livechatinc.com/avatars/birch.png'],
    ])
  })
})

describe('an agent who joins a colleague', () => {
  it('speaks under the own name, although nobody could tell it when the agent was announced', async () => {
    await open()
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    sandbox.livechat.desk.addAgentToChat(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    // Two agents are in the chat, and nobody has written.
    await sandbox.deliverWebhook('chat_transferred', {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      reason: 'manual',
      transferred_to: { agent_ids: [birch.email] },
    })
    await sandbox.settle()
    await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
    await agentSays(sandbox, talk.chatId, 'Amber here')
    expect(talk.userSees().slice(-2)).toEqual(['Agent Birch: Birch here', 'Agent Amber: Amber here'])
    // Who stood in for Birch is known to be Birch: a redelivery announces nobody.
    const heard = announcements(talk)
    await sandbox.deliverWebhook('user_added_to_chat', { chat_id: talk.chatId, thread_id: talk.threadId, user })
    await sandbox.settle()
    expect(announcements(talk)).toBe(heard)
    expect(agentUsers().map(({ name }) => name)).toEqual(['Agent', birch.name, amber.name])
  })
})

describe('an agent whom two processes meet', () => {
  let processes: Processes
  it.each([
    ['the news first', 0],
    ['the words first', 1],
  ])('is one Botpress user, announced once: %s', async (_name, first) => {
    processes = createProcesses(2)
    await open({ startIntegration: processes.start })
    addWebhooks(sandbox, ['user_added_to_chat'])
    const talk = await startTalk(sandbox)
    processes.serve((body) => (body.includes('"incoming_event"') ? 1 : 0))
    const slow = { kind: 'delay', delayMs: 100 } as const
    sandbox.faults.botpress.add({ route: /^(GET|POST) .*users/, skip: first, effect: slow })
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Hello')
    await sandbox.settle()
    await agentSays(sandbox, talk.chatId, 'How can I help?')
    await sandbox.advance(5_000)
    expect(agentUsers()).toHaveLength(1)
    expect(talk.userSees().at(-1)).toBe('Agent Amber: How can I help?')
  })
})
