import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { addWebhooks } from '../../helpers/content'
import { startTalk, talkOf, type Talk } from '../../helpers/talk'

/** LiveChat lists agents who are not in the chat, and writes about chats without a thread. */

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ livechatKnobs: { autoAssign: false } })
  addWebhooks(sandbox, ['incoming_chat', 'user_added_to_chat', 'user_removed_from_chat'])
})
afterAll(() => sandbox.close())

const joined = `bot: ${pluginTexts.agentAssigned}`

describe('nobody is announced', () => {
  it('when LiveChat lists the agent of the earlier thread in a new one', async () => {
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    const before = talk.userSees().length
    await talk.user.askForHuman({ title: 'Again' })
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(talkOf(sandbox, talk.user).chatId).toBe(talk.chatId)
    expect(talk.userSees().slice(before)).not.toContain(joined)
  })

  it('when a supervisor writes one line without joining; the line is shown', async () => {
    const talk = await startTalk(sandbox, { pickUpBy: amber.email })
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Hello')
    await sandbox.settle()
    const before = talk.userSees().length
    sandbox.livechat.desk.sayFromOutside(talk.chatId, birch.email, 'A word from me')
    await sandbox.settle()
    expect(talk.userSees().slice(before)).toEqual(['Agent Birch: A word from me'])
    expect(talk.user.session.agentName).toBe(amber.name)
  })

  it('when somebody who is not present is added to a chat that waits', async () => {
    const talk = await startTalk(sandbox)
    const before = talk.userSees().length
    const user = { id: birch.email, type: 'agent', present: false, visibility: 'all' }
    const payload = { chat_id: talk.chatId, thread_id: talk.threadId, user, reason: 'other' }
    expect(await sandbox.deliverWebhook('user_added_to_chat', payload)).toBe(200)
    await sandbox.settle()
    expect(talk.userSees().slice(before)).toEqual([])
  })
})

describe('a webhook about a closed chat is no mistake, and changes nothing:', () => {
  let talk: Talk
  beforeAll(async () => {
    talk = await startTalk(sandbox, { pickUpBy: amber.email })
  })
  const user = { id: birch.email, type: 'agent', present: true, visibility: 'all' }
  const actions: [string, object][] = [
    ['user_added_to_chat', { user, reason: 'manual' }],
    ['user_removed_from_chat', { user_id: amber.email, reason: 'manual' }],
    ['chat_transferred', { reason: 'unassigned', transferred_to: { group_ids: [0] } }],
  ]
  it.each(actions.flatMap(([action, fields]) => ['', null, undefined].map((id) => [action, id, fields] as const)))(
    '%s with thread_id %j',
    async (action, thread_id, fields) => {
      const before = talk.userSees().length
      const logged = sandbox.integration.logs().length
      expect(await sandbox.deliverWebhook(action, { chat_id: talk.chatId, thread_id, ...fields })).toBe(200)
      await sandbox.settle()
      expect(talk.userSees().length).toBe(before)
      expect(
        sandbox.integration
          .logs()
          .slice(logged)
          .filter((line) => line.includes('unusable')),
      ).toEqual([])
    },
  )
})
