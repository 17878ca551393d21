import { Client } from '@botpress/client'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents, sendHome } from '../../helpers/bot-events'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'

/**
 * What docs/recipes/ promises to bot builders, played as their flows would: with our actions and events, and with the
 * code of the recipe "from an event to the end user".
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const recipes = resolve(__dirname, '../../../docs/recipes')

const textOf = (recipe: string): string => readFileSync(resolve(recipes, `${recipe}.md`), 'utf8')
const said = 'You are back with the bot. Anything else?'

/** Runs the code of the recipe "from an event to the end user", as an Execute Code card does, with another text in it. */
const sayFor = async (payload: Record<string, unknown> | undefined, text: string): Promise<void> => {
  const { botId } = sandbox.installation
  const [, code = ''] = /```js\n([^]*?)```/.exec(textOf('from-an-event')) ?? []
  expect(code).toContain(said)
  const body = `return (async () => {${code.replace(said, text)}})()`
  const card = compileFunction(body, ['client', 'event']) as (client: Client, event: object) => Promise<void>
  await card(new Client({ apiUrl: sandbox.botpress.url, token: sandbox.botpress.token, botId }), { botId, payload })
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
    await sayFor(event, 'Nice to see you again')
    expect(talk.userSees().at(-1)).toBe('bot: Nice to see you again')
  })

  it('from-an-event: its code writes to the end user whom the event is about, and to nobody else', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    const other = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Done')
    await closeBy(talk, amber.email)
    await sayFor(botEvents(sandbox, 'hitlSessionEnded')[0], said)
    expect(talk.userSees().at(-1)).toBe(`bot: ${said}`)
    expect(other.userSees().join()).not.toContain(said)
  })

  it('leave-a-message: what was left in the evening is answered in the morning', async () => {
    sandbox = await startSandbox()
    sandbox.livechat.license.setProperty('chats', 'archive_offline_chat_after_min', 24 * 60)
    sendHome(sandbox, amber.email, birch.email)
    const evening = await sandbox.installation.runAction('checkAvailability', {})
    expect(evening).toMatchObject({ status: 'offline', canStart: true })
    const talk = await startTalk(sandbox, { start: { title: 'Broken kettle' } })
    await userSays(sandbox, talk.user, 'It leaks since Monday')
    await sandbox.advance(12 * 60 * 60_000)
    sandbox.livechat.desk.setStatus(amber.email, 'accepting_chats')
    await sandbox.settle()
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    await agentSays(sandbox, talk.chatId, 'Good morning. You will get a new one.')
    expect(talk.agentSees().join()).toContain('It leaks since Monday')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Good morning. You will get a new one.')
  })

  it('messengers: when LiveChat has closed a silent chat, the bot can offer a person again', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Is it the blue one?')
    await sandbox.advance(31 * 60_000)
    const [event] = botEvents(sandbox, 'hitlSessionEnded')
    expect(event).toMatchObject({ reason: 'inactivity' })
    await sayFor(event, 'Write "person" to go on')
    expect(talk.userSees().at(-1)).toBe('bot: Write "person" to go on')
    expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    await sandbox.advance(10_000)
    const again = talkOf(sandbox, talk.user)
    expect(again.chatId).toBe(talk.chatId)
    await userSays(sandbox, talk.user, 'Yes, the blue one')
    expect(again.agentSees().at(-1)).toContain('Yes, the blue one')
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
    const { customer } = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId) ?? {}
    expect(JSON.stringify(customer?.sessionFields)).toMatch(/Order[^}]*4711[^]*Size[^}]*large/)
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
