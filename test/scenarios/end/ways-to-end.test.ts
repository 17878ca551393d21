import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('the end', () => {
  it('by the agent gives the conversation back to the bot', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().at(-1)).toBe(`bot: ${pluginTexts.stoppedByAgent}`)
    await userSays(sandbox, talk.user, 'Thanks')
    expect(talk.userSees().at(-1)).toContain('I am a bot')
  })

  it('comes after the agent’s last message, even if the webhook of that message was lost', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'One moment')
    sandbox.faults.botpress.add({ route: 'webhook/receive', times: 4, effect: { kind: 'status', status: 502 } })
    await agentSays(sandbox, talk.chatId, 'All done, goodbye!')
    await sandbox.advance(60_000)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(1_000)
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: All done, goodbye!', `bot: ${pluginTexts.stoppedByAgent}`])
  })

  it('waits for the agent’s last message, since no document says that the platform keeps the order of both', async () => {
    sandbox = await startSandbox({ botpressKnobs: { processingOrder: 'shuffled' } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Goodbye!')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Goodbye!')
    await sandbox.advance(1_000)
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: Goodbye!', `bot: ${pluginTexts.stoppedByAgent}`])
  })

  it('by the end user closes the thread, once', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await talk.user.end()
    await sandbox.settle()
    expect(sandbox.livechat.desk.chats().find(({ chatId }) => chatId === talk.chatId)?.state).toBe('closed')
    expect(talk.userSees().filter((line) => line === `bot: ${pluginTexts.closedByUser}`)).toHaveLength(1)
    expect(talk.userSees().join()).not.toContain(pluginTexts.stoppedByAgent)
  })

  it('by the end user is no error if the agent has just closed the thread', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect: { kind: 'status', status: 502 } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    const output = await sandbox.installation.runAction('stopHitl', { conversationId: talk.conversationId })
    expect(output).toEqual({})
  })

  it('that is found by a message that LiveChat refuses ends the session, and the message is reported', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect: { kind: 'status', status: 502 } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await userSays(sandbox, talk.user, 'Are you still there?')
    // The end follows what the end user is told about the message.
    await sandbox.advance(2_000)
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().at(-1)).toBe(`bot: ${pluginTexts.stoppedByAgent}`)
    const failed = sandbox.ledger.all({ side: 'botpress', kind: 'effect', name: 'message_operation_failed' })
    expect(failed).toHaveLength(1)
    expect(JSON.stringify(sandbox.installation.logs())).toContain(
      'A message was not delivered to LiveChat: the LiveChat chat is closed',
    )
  })

  it('of another thread does not end the session', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    const answer = await sandbox.deliverWebhook('chat_deactivated', {
      chat_id: talk.chatId,
      thread_id: 'AN0THERTHREAD',
    })
    await sandbox.settle()
    expect(answer).toBe(200)
    expect(talk.user.session.active).toBe(true)
  })

  it('by inactivity is made known to the end user', async () => {
    sandbox = await startSandbox()
    const talk = await startTalk(sandbox)
    await sandbox.advance(31 * 60_000)
    expect(talk.user.session.active).toBe(false)
  })

  it('that LiveChat delivers five times takes effect once', async () => {
    sandbox = await startSandbox({ livechatKnobs: { webhookDuplicates: 5 } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    expect(talk.userSees().filter((line) => line === `bot: ${pluginTexts.stoppedByAgent}`)).toHaveLength(1)
  })
})

it('by the end user works in a session whose LiveChat customer is lost', async () => {
  sandbox = await startSandbox()
  const talk = await startTalk(sandbox)
  for (const { id } of sandbox.livechat.license.customers()) sandbox.livechat.license.forgetIdentity(id)
  sandbox.livechat.license.expireTokens()
  expect(await talk.user.botStops()).toEqual({ stopped: true })
})
