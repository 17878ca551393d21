import { afterEach, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { botEvents, sendHome } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/**
 * What the end user learns of agents, and how the integration counts them, when webhooks are lost or come in an odd
 * order.
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (): Promise<Talk> => {
  const livechatKnobs = { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' } as const
  sandbox = await startSandbox({ timeScale: 20, livechatKnobs })
  return startTalk(sandbox, { pickUpBy: amber.email })
}
const desk = () => sandbox.livechat.desk
const waits = 'LiveChat: You are being transferred. Please wait for the next available agent.'
const count = (talk: Talk, line: string): number => talk.userSees().filter((each) => each === line).length

it('an agent who was announced after a transfer is not announced again if their first message fails', async () => {
  const talk = await open()
  const announced = `bot: ${pluginTexts.agentAssigned}`
  expect(count(talk, announced)).toBe(1)
  const route = /initialize|get-or-create/
  sandbox.faults.botpress.add({ route, times: 2, effect: { kind: 'status', status: 503 } })
  await agentSays(sandbox, talk.chatId, 'Hello, Amber here')
  await sandbox.advance(60_000)
  expect(count(talk, 'Agent Amber: Hello, Amber here')).toBe(1)
  expect(count(talk, announced)).toBe(1)
})

it('an end user who is transferred twice, without news of a queue, is told twice that they wait', async () => {
  const talk = await open()
  await agentSays(sandbox, talk.chatId, 'Hi')
  const { webhooks } = sandbox.livechat
  for (const { id, action } of webhooks.list()) if (action === 'chat_transferred') webhooks.remove(id)
  for (const agent of [amber, birch]) {
    desk().transferToGroup(talk.chatId, agent.email, salesGroup.id)
    await sandbox.deliverWebhook('chat_transferred', {
      chat_id: talk.chatId,
      thread_id: talk.threadId,
      reason: 'unassigned',
      transferred_to: { group_ids: [salesGroup.id] },
    })
    await sandbox.settle()
    await sandbox.advance(120_000)
    desk().pickUp(talk.chatId, birch.email)
    await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
  }
  expect(count(talk, waits)).toBe(2)
})

it('an end user who is back in the queue learns so after their next message, if the webhook was lost', async () => {
  const talk = await open()
  await agentSays(sandbox, talk.chatId, 'Hi')
  sendHome(sandbox, birch.email, amber.email)
  const route = /^(POST|GET|PUT) /
  const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
  desk().transferToGroup(talk.chatId, amber.email, salesGroup.id)
  await sandbox.settle()
  await sandbox.advance(120_000)
  heal()
  await userSays(sandbox, talk.user, 'Hello?')
  expect(count(talk, waits)).toBe(1)
})

it('the count of agents’ messages in hitlSessionEnded leaves out what the integration said itself', async () => {
  const talk = await open()
  await agentSays(sandbox, talk.chatId, 'Hi')
  desk().setStatus(birch.email, 'not_accepting_chats')
  desk().transferToGroup(talk.chatId, amber.email, salesGroup.id)
  await sandbox.settle()
  expect(count(talk, waits)).toBe(1)
  desk().pickUp(talk.chatId, birch.email)
  await sandbox.settle()
  desk().close(talk.chatId, birch.email)
  await sandbox.settle()
  await sandbox.advance(5_000)
  expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ messagesFromAgents: 1 }])
})

it('an agent is announced once although a read that was given up is answered after the announcement', async () => {
  const talk = await open()
  await agentSays(sandbox, talk.chatId, 'Hi')
  sendHome(sandbox, birch.email)
  desk().transferToGroup(talk.chatId, amber.email, salesGroup.id)
  await sandbox.settle()
  const announced = `bot: ${pluginTexts.agentAssigned}`
  const before = count(talk, announced)
  // Birch picks up the chat. The webhook about it is lost, and the look-up that follows takes Botpress 5 s.
  const lookUp = { route: 'GET /v1/chat/conversations/:id', times: 4, effect: { kind: 'status', status: 503 } } as const
  sandbox.faults.botpress.add(lookUp)
  desk().setStatus(birch.email, 'not_accepting_chats')
  desk().pickUp(talk.chatId, birch.email)
  await sandbox.settle()
  const list = { route: 'GET /v1/chat/messages', effect: { kind: 'delay', delayMs: 250, when: 'after' } } as const
  sandbox.faults.botpress.add(list)
  const mark = sandbox.ledger.mark()
  await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
  await answered(sandbox, list.route, mark)
  await sandbox.settle()
  await sandbox.advance(5_000)
  expect(talk.userSees()).toContain('Agent Birch: Birch here')
  expect(count(talk, announced) - before).toBe(1)
})
