import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { events as ownEvents } from '../../../src/definitions/events'
import { addWebhooks } from '../../helpers/content'
import { agentSays, startTalk } from '../../helpers/talk'

/** The HITL plugin stops most events of an active session. Our own events have to reach the bot all the same. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('each of our own events', () => {
  it('reaches the bot while the end user is in a session', async () => {
    sandbox = await startSandbox({ botpressKnobs: { activationDelayMs: 0 } })
    addWebhooks(sandbox, ['thread_properties_updated'])
    sandbox.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    const first = await startTalk(sandbox)
    await agentSays(sandbox, first.chatId, 'Hello')
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, first.chatId, 'Events cost a message nothing')
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
    const other = await startTalk(sandbox)
    sandbox.livechat.desk.pickUp(other.chatId, birch.email)
    sandbox.livechat.desk.close(other.chatId, birch.email)
    await sandbox.settle()
    await listen(() => {
      sandbox.livechat.desk.reopen(other.chatId, birch.email)
      sandbox.livechat.desk.say(other.chatId, birch.email, 'One more thing')
    })
    sandbox.livechat.desk.setStatus(amber.email, 'not_accepting_chats')
    const waiting = await startTalk(sandbox)
    const refusal = { kind: 'status', status: 400, body: { error: { type: 'validation', message: '' } } } as const
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal })
    await listen(() => waiting.user.say('Hello?'))
    // The details of an end come one second later. By then the end user may be in the next session.
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
