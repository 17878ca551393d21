import { Client } from '@botpress/client'
import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk } from '../../helpers/talk'

/**
 * Our own events belong to no conversation. The bot's code finds the end user's conversation by the tag that the plugin
 * puts on ours: `<alias of the plugin>#upstream`.
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const pluginAlias = 'hitl'

/** What the bot's code does when a flow begins with one of our events. */
const answerEvent = async (event: Record<string, unknown> | undefined, text: string): Promise<void> => {
  const { botId } = sandbox.installation
  const client = new Client({ apiUrl: sandbox.botpress.url, token: sandbox.botpress.token, botId })
  const { conversation } = await client.getConversation({ id: String(event?.['hitlConversationId']) })
  const conversationId = conversation.tags[`${pluginAlias}#upstream`] ?? ''
  await client.createMessage({ conversationId, userId: botId, type: 'text', payload: { text }, tags: {} })
}

describe('a flow that begins with one of our events reaches the end user', () => {
  it('while the session waits', async () => {
    sandbox = await startSandbox({ livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    await answerEvent(botEvents(sandbox, 'hitlSessionQueued')[0], 'You are next.')
    expect(talk.userSees().at(-1)).toBe('bot: You are next.')
    expect(talk.agentSees().join()).not.toContain('You are next.')
  })

  it('after the session has ended', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Goodbye')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    await answerEvent(botEvents(sandbox, 'hitlSessionEnded')[0], 'How was it?')
    expect(talk.userSees().at(-1)).toBe('bot: How was it?')
  })

  it('when an agent has come back', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    sandbox.livechat.desk.reopen(talk.chatId, amber.email)
    await agentSays(sandbox, talk.chatId, 'I have found your parcel')
    const event = botEvents(sandbox, 'hitlAgentReturned')[0]
    await answerEvent(event, `An agent writes: ${String(event?.['firstWords'])}`)
    expect(talk.userSees().at(-1)).toBe('bot: An agent writes: I have found your parcel')
  })
})
