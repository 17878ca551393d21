import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/start-sandbox'
import { botEvents, timelineSteps } from '../helpers/bot-events'
import { addWebhooks } from '../helpers/content'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
}

const goOffline = (): void => {
  for (const { email } of [amber, birch]) sandbox.livechat.desk.setStatus(email, 'offline')
}

describe('before a session, checkAvailability', () => {
  it.each([
    ['agents who are free', () => undefined, 'online'],
    ['nobody', goOffline, 'offline'],
  ])('tells of %s, with one call and no new customer', async (_name, prepare, status) => {
    await open()
    prepare()
    const customers = sandbox.livechat.license.customers().length
    await sandbox.installation.runAction('checkAvailability', { groupId: salesGroup.id })
    const mark = sandbox.ledger.mark()
    const output = await sandbox.installation.runAction('checkAvailability', { groupId: salesGroup.id })
    expect(output).toEqual({ status, canStart: true, groups: [{ groupId: salesGroup.id, status }] })
    expect(sandbox.ledger.since(mark, { kind: 'call' }).map(({ name }) => name)).toEqual([
      'customer/list_group_statuses',
    ])
    expect(sandbox.livechat.license.customers()).toHaveLength(customers)
  })

  it('says that a start would fail when the bot would rather go on', async () => {
    await open({ configuration: { whenOffline: 'fail' } })
    goOffline()
    expect(await sandbox.installation.runAction('checkAvailability', {})).toMatchObject({
      status: 'offline',
      canStart: false,
    })
  })
})

describe('while a session waits', () => {
  it('the bot learns at once, and the end user hears nothing from us', async () => {
    await open()
    goOffline()
    const talk = await startTalk(sandbox)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toMatchObject([
      { hitlConversationId: talk.conversationId, livechatChatId: talk.chatId, livechatThreadId: talk.threadId },
    ])
    expect(talk.userSees()).toHaveLength(1)
  })
})

describe('an agent who is told of by further webhooks', () => {
  it.each([{ webhookShuffle: false }, { webhookShuffle: true }])('is announced once: %o', async (knobs) => {
    await open({ livechatKnobs: { autoAssign: false, ...knobs } })
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
    'when %s is told to the bot with its reason and counts, after the plugin gave back the conversation',
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

describe('rating', () => {
  it('by the bot’s question is written where LiveChat keeps ratings, after the end, and comes back as an event', async () => {
    await open()
    addWebhooks(sandbox, ['thread_properties_updated'])
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    const input = { hitlConversationId: talk.conversationId, score: 'good', comment: 'Quick!' }
    expect(await sandbox.installation.runAction('rateSession', input)).toEqual({})
    await sandbox.settle()
    expect(botEvents(sandbox, 'hitlSessionRated')).toMatchObject([
      { hitlConversationId: talk.conversationId, ratingScore: 1, ratingComment: 'Quick!' },
    ])
  })

  it('of something that is no session says so', async () => {
    await open()
    await expect(
      sandbox.installation.runAction('rateSession', { hitlConversationId: 'conv_none', score: 'bad' }),
    ).rejects.toThrow(/there is no LiveChat session/)
  })
})

describe('a person who comes back soon after LiveChat closed for inactivity', () => {
  it.each([
    [10, salesGroup.id],
    [0, 0],
  ])('goes to the same group when resumeWithinMinutes is %i', async (resumeWithinMinutes, groupId) => {
    await open({ configuration: { groupId: 0, resumeWithinMinutes } })
    const talk = await startTalk(sandbox, { start: { title: 'Buy', hitlSession: { groupId: salesGroup.id } } })
    await sandbox.advance(31 * 60_000)
    expect(talk.user.session.active).toBe(false)
    await talk.user.askForHuman({ title: 'Back again' })
    await sandbox.settle()
    const next = talkOf(sandbox, talk.user)
    expect(sandbox.livechat.desk.chats().find(({ chatId }) => chatId === next.chatId)?.groupIds).toEqual([groupId])
  })
})

describe('the timeline', () => {
  it('has each step once, for dashboards', async () => {
    await open({ configuration: { timeline: true }, livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    await sandbox.settle()
    await agentSays(sandbox, talk.chatId, 'Hello')
    await agentSays(sandbox, talk.chatId, 'Still there?')
    sandbox.livechat.desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    sandbox.livechat.desk.close(talk.chatId, birch.email)
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(timelineSteps(sandbox)).toEqual(['requested', 'queued', 'assigned', 'firstAnswer', 'transferred', 'ended'])
  })

  it('is silent unless it is wanted', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(timelineSteps(sandbox)).toEqual([])
  })
})
