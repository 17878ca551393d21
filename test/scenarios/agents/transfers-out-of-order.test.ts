import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** `chat_transferred` carries no time, so a late one must not be mistaken for news. */

let sandbox: Sandbox
let talk: Talk
beforeEach(async () => {
  sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, webhookDuplicates: 1 }, timeScale: 20 })
  talk = await startTalk(sandbox, { pickUpBy: amber.email })
  await agentSays(sandbox, talk.chatId, 'Amber here')
})
afterEach(() => sandbox.close())

const announced = (): number => talk.userSees().filter((line) => line === `bot: ${pluginTexts.agentAssigned}`).length

/** Does something in LiveChat whose webhooks do not arrive. The test delivers them later, in its own order. */
const unheard = async (happens: () => void): Promise<void> => {
  const heal = sandbox.faults.botpress.add({
    route: 'webhook/receive',
    times: Infinity,
    effect: { kind: 'status', status: 200 },
  })
  happens()
  await sandbox.settle()
  heal()
}

const transferred = (to: { agent?: string; isQueued?: true }): Promise<number> =>
  sandbox.deliverWebhook('chat_transferred', {
    chat_id: talk.chatId,
    thread_id: talk.threadId,
    reason: 'manual',
    transferred_to: { group_ids: [salesGroup.id], ...(to.agent ? { agent_ids: [to.agent] } : {}) },
    ...(to.isQueued ? { queue: { position: 1, wait_time: 30, queued_at: '2026-01-01T00:00:00.000000Z' } } : {}),
  })

describe('transfers that are delivered in the wrong order', () => {
  it('do not announce an agent who has transferred the chat back', async () => {
    const { desk } = sandbox.livechat
    await unheard(() => {
      desk.transferToAgent(talk.chatId, amber.email, birch.email)
      desk.transferToAgent(talk.chatId, birch.email, amber.email)
    })
    await transferred({ agent: amber.email })
    await transferred({ agent: birch.email })
    await sandbox.settle()
    expect(announced()).toBe(1)
    expect(talk.user.session.agentName).toBe(amber.name)
  })

  it('do not tell an end user to wait who has an agent again', async () => {
    const { desk } = sandbox.livechat
    await unheard(() => {
      desk.transferToGroup(talk.chatId, amber.email, salesGroup.id)
      desk.pickUp(talk.chatId, amber.email)
    })
    const before = talk.userSees()
    await transferred({ agent: amber.email })
    await transferred({ isQueued: true })
    await sandbox.settle()
    expect(talk.userSees()).toEqual(before)
  })

  it('do not announce an agent while the chat waits', async () => {
    const { desk } = sandbox.livechat
    await unheard(() => {
      desk.transferToAgent(talk.chatId, amber.email, birch.email)
      desk.transferToGroup(talk.chatId, birch.email, salesGroup.id)
    })
    await transferred({ isQueued: true })
    await transferred({ agent: birch.email })
    await sandbox.settle()
    expect(announced()).toBe(1)
  })

  it('are believed when the thread cannot be read', async () => {
    const { desk } = sandbox.livechat
    sandbox.faults.livechat.add({
      route: 'customer/get_chat',
      times: Infinity,
      effect: { kind: 'status', status: 500 },
    })
    desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    expect(announced()).toBe(2)
  })

  it('are believed when they name an agent who has not written yet, beside a colleague who has', async () => {
    await sandbox.close()
    sandbox = await startSandbox({ timeScale: 20 })
    talk = await startTalk(sandbox)
    const { desk } = sandbox.livechat
    desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    await agentSays(sandbox, talk.chatId, 'Birch here', birch.email)
    await unheard(() => {
      desk.transferToAgent(talk.chatId, birch.email, amber.email)
      desk.addAgentToChat(talk.chatId, amber.email, birch.email)
    })
    const before = announced()
    await transferred({ agent: amber.email })
    await sandbox.settle()
    expect(announced()).toBe(before + 1)
  })

  it('announce nobody again if one is delivered again and LiveChat cannot be read', async () => {
    const { desk } = sandbox.livechat
    desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    const before = announced()
    const effect = { kind: 'status', status: 503 } as const
    sandbox.faults.livechat.add({ route: 'customer/get_chat', times: Infinity, effect })
    await transferred({ agent: birch.email })
    await sandbox.settle()
    expect(announced()).toBe(before)
    expect(talk.user.session.agentName).toBe(birch.name)
  })

  it('cost one read of the thread, also for an agent who is new to the integration', async () => {
    const mark = sandbox.ledger.mark()
    sandbox.livechat.desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    expect(talk.user.session.agentName).toBe(birch.name)
    expect(
      sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => name === 'customer/get_chat'),
    ).toHaveLength(1)
  })
})
