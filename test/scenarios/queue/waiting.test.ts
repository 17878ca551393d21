import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import {
  amber,
  birch,
  salesGroup,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { botEvents, sendHome } from '../../helpers/bot-events'
import { addWebhooks } from '../../helpers/content'
import { startTalk, type Talk } from '../../helpers/talk'

/** Sessions that wait: what the end user and the flows learn, once each. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
}

const supportGroup = { id: 5, name: 'Support' }
const places = (): unknown[] =>
  botEvents(sandbox, 'hitlSessionQueued').map(({ reason, position }) => [reason, position])

/** Delivers LiveChat's report that the session waits at this place. */
const tellPlace = async (talk: Talk, position: number | undefined, fields: object = {}): Promise<void> => {
  const queue = { ...(position === undefined ? {} : { position, wait_time: 60 * position }), ...fields }
  const status = await sandbox.deliverWebhook('chat_transferred', {
    chat_id: talk.chatId,
    thread_id: talk.threadId,
    reason: 'other',
    transferred_to: { group_ids: [0] },
    queue,
  })
  expect(status).toBe(200)
  await sandbox.settle()
}

describe('while a session waits', () => {
  it('the flows are told at once, and we say nothing to the end user', async () => {
    await open()
    sendHome(sandbox, amber.email, birch.email)
    const talk = await startTalk(sandbox)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toMatchObject([
      { hitlConversationId: talk.conversationId, livechatChatId: talk.chatId, livechatThreadId: talk.threadId },
    ])
    expect(talk.userSees()).toHaveLength(1)
  })
})

describe('a session that waits through two transfers', () => {
  it.each<[string, SandboxOptions, { restarts?: true }]>([
    ['each webhook once and in order', {}, {}],
    [
      'each webhook three times and in any order',
      { livechatKnobs: { webhookDuplicates: 3, webhookShuffle: true } },
      {},
    ],
    ['under webhooks of 3.5', { webhookVersion: '3.5' }, {}],
    ['to a new process each time', {}, { restarts: true }],
  ])('is reported once at each step: %s', async (_, options, { restarts }) => {
    await open({
      ...options,
      livechatKnobs: { autoAssign: false, ...options.livechatKnobs },
    })
    const { desk, license } = sandbox.livechat
    license.addGroup(supportGroup)
    addWebhooks(sandbox, ['incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'], options.webhookVersion)
    const talk = await startTalk(sandbox)
    for (const { email } of [amber, birch]) desk.setStatus(email, 'not_accepting_chats')
    const next = async (happens: () => void): Promise<void> => {
      happens()
      await sandbox.settle()
      await sandbox.advance(10_000)
    }
    await next(() => desk.pickUp(talk.chatId, amber.email))
    await next(() => desk.say(talk.chatId, amber.email, 'I pass you to Sales'))
    if (restarts) await sandbox.integration.restart()
    await next(() => desk.transferToGroup(talk.chatId, amber.email, salesGroup.id))
    if (restarts) await sandbox.integration.restart()
    await next(() => desk.transferToGroup(talk.chatId, birch.email, supportGroup.id))
    await next(() => desk.pickUp(talk.chatId, birch.email))
    await next(() => desk.say(talk.chatId, birch.email, 'Support here'))

    expect(talk.userSees().slice(1)).toEqual([
      `bot: ${pluginTexts.agentAssigned}`,
      'Agent Amber: I pass you to Sales',
      'LiveChat: You are being transferred. Please wait for the next available agent.',
      `bot: ${pluginTexts.agentAssigned}`,
      'Agent Birch: Support here',
    ])
    expect(talk.user.session.agentName).toBe(birch.name)
    expect(places()).toEqual([
      ['inQueue', 1],
      ['transferred', 1],
    ])
  })
})

describe('a place in the queue that LiveChat writes into the properties of the thread', () => {
  it('is told to the bot when it changes, and no more once an agent is there', async () => {
    await open({
      livechatKnobs: {
        autoAssign: false,
        queuePlaceInProperties: true,
        chatTransferredOnFirstAssignment: 'fromQueue',
      },
      botpressKnobs: { processingOrder: 'creation' },
    })
    addWebhooks(sandbox, ['thread_properties_updated'])
    const [first, second] = [await startTalk(sandbox), await startTalk(sandbox)]
    expect(places()).toEqual([
      ['inQueue', 1],
      ['inQueue', 2],
    ])
    await sandbox.advance(60_000)
    sandbox.livechat.desk.pickUp(first.chatId, amber.email)
    await sandbox.settle()
    expect(places().slice(2)).toEqual([['inQueue', 1]])
    const told = {
      chat_id: first.chatId,
      thread_id: first.threadId,
      properties: { lc2: { queue_pos: 3, queue_waiting_time: 300 } },
    }
    await sandbox.deliverWebhook('thread_properties_updated', told)
    expect(places()).toHaveLength(3)
    await sandbox.advance(60_000)
    await sandbox.deliverWebhook('thread_properties_updated', {
      ...told,
      thread_id: second.threadId,
      chat_id: second.chatId,
    })
    expect(botEvents(sandbox, 'hitlSessionQueued').at(-1)).toMatchObject({ position: 3, waitTimeSeconds: 300 })
  })

  it.each([{ queue_pos: '2' }, { queue_pos: 0 }, { queue_pos: null }, { other: 1 }])(
    'is not told if it is %j',
    async (lc2) => {
      await open({ livechatKnobs: { autoAssign: false } })
      const talk = await startTalk(sandbox)
      const payload = { chat_id: talk.chatId, thread_id: talk.threadId, properties: { lc2 } }
      expect(await sandbox.deliverWebhook('thread_properties_updated', payload)).toBe(200)
      expect(places()).toHaveLength(1)
    },
  )
})

describe('a place in the queue', () => {
  it('reaches the bot at most once a minute, however often it changes, and without polling', async () => {
    await open({ livechatKnobs: { autoAssign: false, region: 'none' } })
    const talk = await startTalk(sandbox)
    const mark = sandbox.ledger.mark()
    for (const place of [9, 8, 7]) await tellPlace(talk, place)
    await sandbox.advance(60_000)
    for (const place of [6, 5]) await tellPlace(talk, place)
    await sandbox.advance(59_000)
    await tellPlace(talk, 4)
    await sandbox.advance(1_000)
    await sandbox.integration.restart()
    await tellPlace(talk, 3)
    await tellPlace(talk, 3)
    await sandbox.advance(3_600_000 / 4)
    await tellPlace(talk, 3)
    await tellPlace(talk, undefined)
    expect(places()).toEqual([
      ['inQueue', 1],
      ['inQueue', 6],
      ['inQueue', 3],
      ['inQueue', undefined],
    ])
    expect(botEvents(sandbox, 'hitlSessionQueued').at(1)).toMatchObject({ waitTimeSeconds: 360 })
    const asked = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })
    // A process that did not start a session reads its thread once.
    expect(asked.map(({ name }) => name)).toEqual(['customer/get_chat'])
    // The integration says nothing to the end user. The bot may.
    expect(talk.userSees()).toEqual([`bot: ${pluginTexts.handoff}`])
  })

  it('that LiveChat reports after the end is not reported to anybody', async () => {
    await open()
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    const before = [talk.userSees(), sandbox.installation.botEvents().length]
    await tellPlace(talk, 3)
    await sandbox.advance(5_000)
    expect([talk.userSees(), sandbox.installation.botEvents().length]).toEqual(before)
  })
})

describe('while nobody is online', () => {
  it('a session waits, the bot knows at once, and the first agent to come is announced', async () => {
    await open({ livechatKnobs: { chatTransferredOnFirstAssignment: 'fromQueue' } })
    sendHome(sandbox, amber.email, birch.email)
    const talk = await startTalk(sandbox)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toHaveLength(1)
    expect(talk.userSees()).toEqual([`bot: ${pluginTexts.handoff}`])
    sandbox.livechat.desk.setStatus(birch.email, 'accepting_chats')
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(birch.name)
  })
})
