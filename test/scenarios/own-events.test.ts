import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../sandbox/start-sandbox'
import { events as ownEvents } from '../../src/definitions/events'
import { botEvents } from '../helpers/bot-events'
import { addWebhooks } from '../helpers/content'
import { agentSays, startTalk, type Talk } from '../helpers/talk'

/** The HITL plugin keeps every event of an active session from the bot, but for ours: they have to get past it. */

let sandbox: Sandbox

describe('every event of our own', () => {
  afterEach(() => sandbox.close())

  it('reaches the bot while the person is in a session', async () => {
    sandbox = await startSandbox({ configuration: { timeline: true }, botpressKnobs: { activationDelayMs: 0 } })
    addWebhooks(sandbox, ['thread_properties_updated'])
    sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    const first = await startTalk(sandbox)
    await agentSays(sandbox, first.chatId, 'Hello')
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, first.chatId, 'A timeline costs a message nothing')
    const calls = sandbox.ledger.since(mark, { side: 'botpress', kind: 'call' }).map(({ name }) => name)
    expect(calls.filter((name) => name !== 'webhook/receive')).toEqual(['POST /v1/chat/messages/get-or-create'])
    const heardWhileActive = new Set<string>()
    const listen = async (happens: () => unknown): Promise<void> => {
      const before = sandbox.installation.botEvents().length
      await happens()
      await sandbox.settle()
      await sandbox.advance(1_500)
      expect(first.user.session.active).toBe(true)
      for (const { type } of sandbox.installation.botEvents().slice(before)) heardWhileActive.add(type)
    }
    await listen(() =>
      sandbox.installation.runAction('rateSession', { hitlConversationId: first.conversationId, score: 'good' }),
    )
    await listen(() => sandbox.livechat.desk.transferToGroup(first.chatId, amber.email, salesGroup.id))
    // The details of an end come a second later: by then the person may be in the next session.
    sandbox.livechat.desk.pickUp(first.chatId, amber.email)
    sandbox.livechat.desk.close(first.chatId, amber.email)
    await sandbox.settle()
    await listen(() => first.user.askForHuman({ title: 'Again' }))

    expect([...heardWhileActive].sort()).toEqual(Object.keys(ownEvents).sort())
    expect(sandbox.ledger.all({ kind: 'effect', name: 'event_kept_from_bot' })).toEqual([])
    for (const { conversationId, payload } of sandbox.installation.botEvents()) {
      expect(conversationId).toBeUndefined()
      expect(payload).not.toHaveProperty('conversationId')
    }
  })
})

describe('a rating', () => {
  let talk: Talk
  beforeAll(async () => {
    sandbox = await startSandbox({ livechatKnobs: { webhookDuplicates: 2 } })
    addWebhooks(sandbox, ['thread_properties_updated'])
  })
  afterAll(() => sandbox.close())

  const ratings = (): unknown[] =>
    botEvents(sandbox, 'hitlSessionRated')
      .filter(({ hitlConversationId }) => hitlConversationId === talk.conversationId)
      .map(({ ratingScore, ratingComment }) => [ratingScore, ratingComment])
  const rate = async (input: { score: 'good' | 'bad'; comment?: string }): Promise<void> => {
    await sandbox.installation.runAction('rateSession', { hitlConversationId: talk.conversationId, ...input })
    await sandbox.settle()
  }
  const ended = async (): Promise<Record<string, unknown> | undefined> => {
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    return botEvents(sandbox, 'hitlSessionEnded').find(
      ({ hitlConversationId }) => hitlConversationId === talk.conversationId,
    )
  }
  /** As LiveChat tells of a rating, whoever gave it. */
  const tellRated = (rating: Record<string, unknown>): Promise<number> =>
    sandbox.deliverWebhook('thread_properties_updated', {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      properties: { rating },
    })

  it('given during the session reaches the bot once, and is among the details of the end', async () => {
    talk = await startTalk(sandbox)
    await rate({ score: 'good', comment: 'Quick!' })
    expect(ratings()).toEqual([[1, 'Quick!']])
    expect(await ended()).toMatchObject({ ratingScore: 1, ratingComment: 'Quick!' })
  })

  it('given after the end reaches the bot once, whichever process hears of it', async () => {
    talk = await startTalk(sandbox)
    expect(await ended()).not.toHaveProperty('ratingScore')
    await rate({ score: 'bad' })
    await sandbox.integration.restart()
    expect(await tellRated({ score: 0 })).toBe(200)
    await sandbox.settle()
    expect(ratings()).toEqual([[0, undefined]])
  })

  it('that is changed reaches the bot again, as it is then', async () => {
    talk = await startTalk(sandbox)
    await rate({ score: 'good', comment: 'Quick!' })
    await rate({ score: 'bad' })
    await rate({ score: 'bad', comment: 'No!' })
    await rate({ score: 'good', comment: 'Quick!' })
    expect(ratings()).toEqual([
      [1, 'Quick!'],
      [0, 'Quick!'],
      [0, 'No!'],
      [1, 'Quick!'],
    ])
  })

  it('that LiveChat tells in two parts and late is told as the thread has it', async () => {
    talk = await startTalk(sandbox)
    await rate({ score: 'good', comment: 'Quick!' })
    for (const part of [{ comment: 'Quick!' }, { score: 0 }]) expect(await tellRated(part)).toBe(200)
    await sandbox.settle()
    expect(ratings()).toEqual([[1, 'Quick!']])
  })

  it('is told as the webhook says it when the thread cannot be read', async () => {
    talk = await startTalk(sandbox)
    sandbox.faults.livechat.add({ route: 'customer/get_chat', effect: { kind: 'status', status: 400 } })
    expect(await tellRated({ score: 1, comment: 'From the widget' })).toBe(200)
    await sandbox.settle()
    expect(ratings()).toEqual([[1, 'From the widget']])
  })

  it.each([
    ['of another chat', { chat_id: 'other', thread_id: 'other' }, { score: 1 }],
    ['without score and comment', {}, { other: 1 }],
    ['of another kind', {}, { score: 'good', comment: 7 }],
  ])('%s is nobody’s news', async (_, ids, rating) => {
    const before = sandbox.installation.botEvents().length
    const payload = { chat_id: talk.chatId, thread_id: talk.threadId, properties: { rating }, ...ids }
    expect(await sandbox.deliverWebhook('thread_properties_updated', payload)).toBe(200)
    await sandbox.settle()
    expect(sandbox.installation.botEvents()).toHaveLength(before)
  })
})
