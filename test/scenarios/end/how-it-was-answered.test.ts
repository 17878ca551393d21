import { afterEach, describe, expect, it } from 'vitest'
import {
  agentScopes,
  amber,
  birch,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { botEvents, sendHome } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/** What the flows learn at the end: who answered, and how soon. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
}
const desk = () => sandbox.livechat.desk
const endOf = async (act: () => unknown): Promise<Record<string, unknown> | undefined> => {
  await act()
  await sandbox.settle()
  await sandbox.advance(5_000)
  expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
  return botEvents(sandbox, 'hitlSessionEnded')[0]
}
const tagsOf = ({ conversationId }: Talk) =>
  sandbox.installation.conversations().find(({ id }) => id === conversationId)?.tags ?? {}

describe('a session that ends', () => {
  it('after a wait of a minute and an answer half a minute later says so, whoever ends it', async () => {
    await open({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' } })
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    await sandbox.advance(60_000)
    const assignedAtMs = sandbox.clock.nowMs()
    desk().pickUp(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(30_000)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(tagsOf(talk).assignedAt).toBe(String(assignedAtMs))
    expect(await endOf(() => talk.user.end())).toMatchObject({
      reason: 'endUserOrBot',
      wasAnswered: true,
      waitSeconds: 60,
      firstAnswerSeconds: 90,
      transfers: 0,
      undelivered: 0,
    })
  })

  it('by the agent’s click without a word was not answered', async () => {
    await open()
    const talk = await startTalk(sandbox)
    const end = await endOf(() => desk().close(talk.chatId, amber.email))
    expect(end).toMatchObject({ reason: 'agent', wasAnswered: false, waitSeconds: 0 })
    expect(end).not.toHaveProperty('firstAnswerSeconds')
  })

  it('after an automatic greeting alone was not answered', async () => {
    await open()
    const talk = await startTalk(sandbox)
    desk().say(talk.chatId, amber.email, 'Welcome!', { properties: { lc2: { welcome_message: true } } })
    await sandbox.settle()
    expect(await endOf(() => desk().close(talk.chatId, amber.email))).toMatchObject({ wasAnswered: false })
  })

  it('after two transfers counts them, one of them by the queue', async () => {
    await open()
    desk().setStatus(birch.email, 'not_accepting_chats')
    const talk = await startTalk(sandbox)
    // An event shows that the agent of the thread and of the webhooks is the same.
    await agentSays(sandbox, talk.chatId, 'Hello')
    desk().transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    sendHome(sandbox, amber.email, birch.email)
    desk().transferToGroup(talk.chatId, birch.email, 0)
    await sandbox.settle()
    await sandbox.advance(5_000)
    desk().pickUp(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(await endOf(() => desk().close(talk.chatId, amber.email))).toMatchObject({ transfers: 2 })
  })

  it('counts the words of both sides that did not arrive, if the end user ends it', async () => {
    await open({ timeScale: 5 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    const refusal = { kind: 'status', status: 400, body: { error: { type: 'validation', message: '' } } } as const
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal })
    await userSays(sandbox, talk.user, 'This is refused')
    const route = 'POST /v1/chat/messages/get-or-create'
    const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
    await agentSays(sandbox, talk.chatId, 'One')
    await agentSays(sandbox, talk.chatId, 'Two')
    await sandbox.installation.runAction('stopHitl', { conversationId: talk.conversationId })
    await sandbox.settle()
    heal()
    expect(await endOf(() => undefined)).toMatchObject({
      undelivered: 3,
      messagesFromAgents: 1,
      messagesFromEndUser: 0,
    })
  })
})

describe('an end user who waits', () => {
  it('is in the queue as far as anybody knows, although everybody is offline', async () => {
    await open()
    sendHome(sandbox, amber.email, birch.email)
    await startTalk(sandbox)
    expect(botEvents(sandbox, 'hitlSessionQueued').map(({ reason }) => reason)).toEqual(['inQueue'])
  })
})

describe('a message that an agent removes', () => {
  it('is not told in the agent’s name', async () => {
    await open({ agentAccess: agentScopes })
    const talk = await startTalk(sandbox)
    const eventId = desk().say(talk.chatId, amber.email, 'Secret')
    await sandbox.settle()
    desk().deleteEvent(talk.chatId, amber.email, eventId)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(talk.userSees().at(-1)).toBe('LiveChat: A message from the agent was removed.')
  })
})
