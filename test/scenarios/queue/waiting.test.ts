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
import { botEvents, sendHome, timelineSteps } from '../../helpers/bot-events'
import { addWebhooks } from '../../helpers/content'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Sessions that wait: what the end user, the flows and the timeline learn, once each. */

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
      configuration: { timeline: true },
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
      ['allAgentsBusy', 1],
      ['transferred', 1],
    ])
    expect(timelineSteps(sandbox)).toEqual(['requested', 'queued', 'assigned', 'firstAnswer', 'queued', 'assigned'])
    const timeline = botEvents(sandbox, 'hitlSessionTimeline')
    expect(timeline.at(4)).toMatchObject({ reason: 'manual' })
    for (const step of timeline) {
      expect(step).toMatchObject({ hitlConversationId: talk.conversationId, livechatThreadId: talk.threadId })
      expect(step['at']).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\dT/))
    }
  })
})

describe('a place in the queue that LiveChat writes into the properties of the thread', () => {
  it('is told to the bot when it changes, and no more once an agent is there', async () => {
    await open({
      configuration: { queueEventsEverySeconds: 0 },
      livechatKnobs: { autoAssign: false, queuePlaceInProperties: true },
    })
    addWebhooks(sandbox, ['thread_properties_updated'])
    const [first, second] = [await startTalk(sandbox), await startTalk(sandbox)]
    expect(places()).toEqual([
      ['allAgentsBusy', 1],
      ['allAgentsBusy', 2],
    ])
    sandbox.livechat.desk.pickUp(first.chatId, amber.email)
    await sandbox.settle()
    expect(places().slice(2)).toEqual([['allAgentsBusy', 1]])
    const told = {
      chat_id: first.chatId,
      thread_id: first.threadId,
      properties: { lc2: { queue_pos: 3, queue_waiting_time: 300 } },
    }
    await sandbox.deliverWebhook('thread_properties_updated', told)
    expect(places()).toHaveLength(3)
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

const placeTexts = [
  ['en', 'Your place in the queue: 2.'],
  ['es-MX', 'Su lugar en la cola: 2.'],
  ['fr', 'Votre place dans la file d’attente\u00a0: 2.'],
  ['de-AT', 'Ihr Platz in der Warteschlange: 2.'],
  ['pt-BR', 'Seu lugar na fila: 2.'],
  ['xx', 'Your place in the queue: 2.'],
] as const

describe('with relayQueue the end user learns their place', () => {
  it('in each language, from a sender LiveChat that the plugin announces, as it later announces the agent', async () => {
    await open({
      configuration: { relayQueue: true },
      livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' },
      botpressKnobs: { processingOrder: 'creation' },
    })
    for (const { email } of [amber, birch]) sandbox.livechat.desk.setStatus(email, 'not_accepting_chats')
    await startTalk(sandbox)
    for (const [language, text] of placeTexts) {
      const talk = await startTalk(sandbox, { start: { title: 'Hello', hitlSession: { language } } })
      expect(talk.userSees().slice(1), language).toEqual([`bot: ${pluginTexts.agentAssigned}`, `LiveChat: ${text}`])
      expect(talk.user.session.agentName).toBe('LiveChat')
      sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
      await sandbox.settle()
      await agentSays(sandbox, talk.chatId, 'Hello')
      expect(talk.userSees().slice(3)).toEqual([`bot: ${pluginTexts.agentAssigned}`, 'Agent Amber: Hello'])
      expect(talk.user.session.agentName).toBe(amber.name)
      // Back in a queue, the place is news again, although it is the same one.
      sandbox.livechat.desk.transferToGroup(talk.chatId, amber.email, 0)
      await sandbox.settle()
      expect(talk.userSees().slice(5)).toHaveLength(2)
      expect(talk.userSees().slice(5)).toContain(`LiveChat: ${text}`)
      await talk.user.end()
      await sandbox.settle()
    }
  })

  it('and the agent who picks up is announced even if LiveChat does not report a first assignment', async () => {
    await open({
      configuration: { relayQueue: true },
      livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' },
      botpressKnobs: { processingOrder: 'creation' },
    })
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    await agentSays(sandbox, talk.chatId, 'Hello')
    // Only their message shows who they are, so the announcement follows it.
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: Hello', `bot: ${pluginTexts.agentAssigned}`])
    expect(talk.user.session.agentName).toBe(amber.name)
  })

  it.each([
    ['in the words of the configuration', 'Number {position}!', ['LiveChat: Number 1!']],
    ['not at all when these are empty', '', []],
  ])('%s', async (_, queuePlace, seen) => {
    await open({ configuration: { relayQueue: true, texts: { queuePlace } }, livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    expect(talk.userSees().filter((line) => line.startsWith('LiveChat: '))).toEqual(seen)
  })
})

describe('a place in the queue', () => {
  it('reaches the bot at most once in the configured time, however often it changes, and without polling', async () => {
    await open({ configuration: { queueEventsEverySeconds: 60 }, livechatKnobs: { autoAssign: false } })
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
      ['allAgentsBusy', 1],
      ['noAgentYet', 6],
      ['noAgentYet', 3],
      ['noAgentYet', undefined],
    ])
    expect(botEvents(sandbox, 'hitlSessionQueued').at(1)).toMatchObject({ waitTimeSeconds: 360 })
    const asked = sandbox.ledger.since(mark, { side: 'livechat', kind: 'call' })
    expect(asked.map(({ name }) => name)).toEqual([])
    // The integration says nothing to the end user. The bot may.
    expect(talk.userSees()).toEqual([`bot: ${pluginTexts.handoff}`])
  })

  it('is reported each time if no time is configured', async () => {
    await open({ configuration: { queueEventsEverySeconds: 0 }, livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    for (const place of [3, 3, 2, 1]) await tellPlace(talk, place)
    expect(places().map((each) => (each as unknown[])[1])).toEqual([1, 3, 2, 1])
  })

  it('that LiveChat reports after the end is not reported to anybody', async () => {
    await open({ configuration: { timeline: true, relayQueue: true, queueEventsEverySeconds: 0 } })
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
    await open({ configuration: { timeline: true }, livechatKnobs: { chatTransferredOnFirstAssignment: 'fromQueue' } })
    sendHome(sandbox, amber.email, birch.email)
    const talk = await startTalk(sandbox)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toHaveLength(1)
    expect(talk.userSees()).toEqual([`bot: ${pluginTexts.handoff}`])
    sandbox.livechat.desk.setStatus(birch.email, 'accepting_chats')
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(birch.name)
    expect(timelineSteps(sandbox)).toEqual(['requested', 'queued', 'assigned'])
  })
})
