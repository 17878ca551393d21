import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { addWebhooks } from '../../helpers/content'
import { startTalk, type Talk } from '../../helpers/talk'

let sandbox: Sandbox

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
  /** Delivers LiveChat's webhook about a rating, whoever gave it. */
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

  it('given after the end reaches the bot once, whichever process gets the webhook', async () => {
    talk = await startTalk(sandbox)
    expect(await ended()).not.toHaveProperty('ratingScore')
    await rate({ score: 'bad' })
    await sandbox.integration.restart()
    expect(await tellRated({ score: 0 })).toBe(200)
    await sandbox.settle()
    expect(ratings()).toEqual([[0, undefined]])
  })

  it('that is changed reaches the bot again with its new value', async () => {
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

  it('that LiveChat reports late and in two parts is reported as the thread has it', async () => {
    talk = await startTalk(sandbox)
    await rate({ score: 'good', comment: 'Quick!' })
    for (const part of [{ comment: 'Quick!' }, { score: 0 }]) expect(await tellRated(part)).toBe(200)
    await sandbox.settle()
    expect(ratings()).toEqual([[1, 'Quick!']])
  })

  it('is reported as the webhook says if the thread cannot be read', async () => {
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

describe('the action rateSession', () => {
  afterEach(() => sandbox.close())

  it('stores a rating after the end where LiveChat keeps ratings, and the rating comes back as an event', async () => {
    sandbox = await startSandbox()
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

  it.each([null, '', 7, { a: 1 }])('stores the score whatever the comment is: %j', async (comment) => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    const input = { hitlConversationId: talk.conversationId, score: 'good', comment }
    expect(await sandbox.installation.runAction('rateSession', input)).toEqual({})
  })

  it('fails and says so if the conversation is no session', async () => {
    sandbox = await startSandbox()
    await expect(
      sandbox.installation.runAction('rateSession', { hitlConversationId: 'conv_none', score: 'bad' }),
    ).rejects.toThrow(/there is no LiveChat session/)
  })
})
