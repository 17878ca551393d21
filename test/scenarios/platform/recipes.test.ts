import { Client } from '@botpress/client'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents, sendHome } from '../../helpers/bot-events'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/**
 * What docs/recipes/ promises to bot builders, played as their flows would: with our actions and events, and with the
 * code of the recipe "from an event to the person".
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const recipes = resolve(__dirname, '../../../docs/recipes')

/** Says something to the end user from a flow that begins with an event. */
const sayFor = async (event: Record<string, unknown> | undefined, text: string): Promise<void> => {
  const { botId } = sandbox.installation
  const client = new Client({ apiUrl: sandbox.botpress.url, token: sandbox.botpress.token, botId })
  const { conversation } = await client.getConversation({ id: String(event?.['hitlConversationId']) })
  const conversationId = conversation.tags['hitl#upstream'] ?? ''
  await client.createMessage({ conversationId, userId: botId, type: 'text', payload: { text }, tags: {} })
}

const closeBy = async ({ chatId }: Talk, email: string): Promise<void> => {
  sandbox.livechat.desk.close(chatId, email)
  await sandbox.settle()
  await sandbox.advance(5_000)
}

describe('the recipe', () => {
  it('offer-when-open: canStart and status follow the agents', async () => {
    sandbox = await startSandbox({ configuration: { whenOffline: 'fail' } })
    const open = await sandbox.installation.runAction('checkAvailability', {})
    expect(open).toMatchObject({ status: 'online', canStart: true })
    sendHome(sandbox, amber.email, birch.email)
    const closed = await sandbox.installation.runAction('checkAvailability', {})
    expect(closed).toMatchObject({ status: 'offline', canStart: false })
  })

  it('say-goodbye: the reason tells a flow what to say', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Done')
    await closeBy(talk, amber.email)
    const [event] = botEvents(sandbox, 'hitlSessionEnded')
    expect(event).toMatchObject({ reason: 'agent' })
    await sayFor(event, 'You are back with the bot. Anything else?')
    expect(talk.userSees().at(-1)).toBe('bot: You are back with the bot. Anything else?')
  })

  it('ask-for-a-rating: the score of a flow stands on the chat in LiveChat', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Done')
    await closeBy(talk, amber.email)
    const [event] = botEvents(sandbox, 'hitlSessionEnded')
    await sandbox.installation.runAction('rateSession', {
      hitlConversationId: String(event?.['hitlConversationId']),
      score: 'good',
      comment: 'Quick!',
    })
    await sandbox.settle()
    const [score, comment] = talk.agentSees().slice(-2)
    expect(score).toMatch(/^LiveChat: Teal rated the chat/)
    expect(comment).toBe('LiveChat: Teal left a comment: Quick!')
  })

  it('order-number: the agent reads each detail of the text', async () => {
    sandbox = await startSandbox()
    const hitlSession = { customFieldsText: 'Order: 4711\nSize: large', phone: '+4930123456' }
    const talk = await startTalk(sandbox, { start: { title: 'Parcel', hitlSession } })
    expect(talk.agentSees()[0]).toMatch(/Order: 4711[^]*Size: large/)
    expect(talk.agentSees()[0]).toContain('+4930123456')
  })

  it('summary: the description stands directly below the title', async () => {
    sandbox = await startSandbox()
    const start = { title: 'Parcel', description: 'The end user waits for a parcel since Monday.' }
    const talk = await startTalk(sandbox, { start })
    expect(talk.agentSees()[0]).toMatch(/Parcel\s+The end user waits for a parcel since Monday\./)
  })

  it('choose-the-group: the session goes to the group that the flow names', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox, {
      start: { title: 'Hello', hitlSession: { groupId: salesGroup.id, language: 'es' } },
    })
    const chat = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)
    expect(chat?.groupIds).toEqual([salesGroup.id])
  })

  it('agent-came-back: the flow tells the words, and the next session joins the chat', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Done')
    await closeBy(talk, amber.email)
    await sandbox.advance(60_000)
    sandbox.livechat.desk.reopen(talk.chatId, amber.email)
    await agentSays(sandbox, talk.chatId, 'I have found your parcel')
    const [event] = botEvents(sandbox, 'hitlAgentReturned')
    await sayFor(event, `An agent has answered: ${String(event?.['firstWords'])}`)
    expect(talk.userSees().at(-1)).toBe('bot: An agent has answered: I have found your parcel')
    await talk.user.say('Yes, please')
    expect(await talk.user.askForHuman({ title: 'Parcel' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: I have found your parcel')).toHaveLength(1)
  })
})

/** Told by tests of their own, or, as the recipe says, by nobody here. */
const elsewhere = ['README', 'adk', 'from-an-event', 'leave-a-message', 'messengers']

it('every recipe is played here or is known to be played elsewhere', () => {
  const played = [...readFileSync(__filename, 'utf8').matchAll(/^ {2}it\('([\w-]+): /gm)].map(([, name]) => name)
  const written = readdirSync(recipes).map((file) => file.replace('.md', ''))
  expect([...played, ...elsewhere].sort()).toEqual(written.sort())
})
