import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
import type { FaultEffect } from '../../../sandbox/faults'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/** A message of the end user does not reach the agent. The end user is told what is certain, once. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ timeScale: 50, ...options })
}
const desk = () => sandbox.livechat.desk

const lost = 'LiveChat: Your message did not reach the agent. Please send it again.'
const perhapsLost =
  'LiveChat: It is not certain that your message reached the agent. Please ask them before you send it again.'
const closed = 'LiveChat: The chat was already closed, so your message did not reach the agent.'
const ours = [lost, perhapsLost, closed]
const told = (talk: Talk): string[] => talk.userSees().filter((line) => ours.includes(line))

const refusal = (type: string): FaultEffect => ({ kind: 'status', status: 400, body: { error: { type, message: '' } } })
const talkWithAgent = async (): Promise<Talk> => {
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
  return talk
}
const always = { times: Infinity }

describe('a message that did not reach the agent', () => {
  it.each<[string, FaultEffect, string]>([
    ['is refused', refusal('validation'), lost],
    ['cannot be sent, because LiveChat takes no requests', refusal('too_many_requests'), lost],
    ['is answered by a failure', { kind: 'status', status: 500 }, perhapsLost],
    ['gets no answer', { kind: 'hang' }, perhapsLost],
  ])('since it %s, is told as far as it is certain', async (_, effect, text) => {
    await open()
    const talk = await talkWithAgent()
    const heal = sandbox.faults.livechat.add({ route: 'customer/send_event', ...always, effect })
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    heal()
    await sandbox.advance(5_000)
    expect(told(talk)).toEqual([text])
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.agentSees().at(-1)).toBe('Teal: Hello?')
    expect(told(talk)).toEqual([text])
  })

  it('although its answer was lost, but which LiveChat shows, is not told at all', async () => {
    await open()
    const talk = await talkWithAgent()
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'reset', when: 'after' } })
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    await sandbox.advance(5_000)
    expect(told(talk)).toEqual([])
    expect(talk.agentSees().filter((line) => line === 'Teal: Where is my parcel?')).toHaveLength(1)
  })

  it('in part only is not told as lost', async () => {
    await open()
    const talk = await talkWithAgent()
    sandbox.faults.livechat.add({ route: 'customer/send_event', skip: 1, ...always, effect: refusal('validation') })
    await userSays(sandbox, talk.user, 'parcel '.repeat(4_000))
    await sandbox.advance(5_000)
    expect(told(talk)).toEqual([perhapsLost])
  })

  it('is told in the language of the session', async () => {
    await open()
    const talk = await startTalk(sandbox, { start: { title: 'Hallo', hitlSession: { language: 'de' } } })
    await agentSays(sandbox, talk.chatId, 'Hallo')
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal('validation') })
    await userSays(sandbox, talk.user, 'Wo ist mein Paket?')
    expect(talk.userSees().at(-1)).toBe(
      'LiveChat: Ihre Nachricht hat den Mitarbeiter nicht erreicht. Bitte senden Sie sie noch einmal.',
    )
  })

  it.each([
    ['Try again!', ['LiveChat: Try again!']],
    ['', []],
  ])('is told in the words of the configuration: %j', async (notDelivered, lines) => {
    await open({ configuration: { texts: { notDelivered } } })
    const talk = await talkWithAgent()
    const before = talk.userSees().length + 1
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal('validation') })
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    expect(talk.userSees().slice(before)).toEqual(lines)
  })

  it('is told once, and does not arrive later, although Botpress hands it over again', async () => {
    await open({ botpressKnobs: { repeatFailedOperations: true } })
    const talk = await talkWithAgent()
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal('validation') })
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    await sandbox.advance(120_000)
    expect(told(talk)).toEqual([lost])
    expect(talk.agentSees()).not.toContain('Teal: Where is my parcel?')
  })

  it('before an agent is announced is an event, since the plugin would announce its author', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    const talk = await startTalk(sandbox)
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: refusal('validation') })
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    await sandbox.advance(5_000)
    expect(botEvents(sandbox, 'hitlMessageUndelivered')).toMatchObject([
      { hitlConversationId: talk.conversationId, isCertain: true },
    ])
    expect(talk.userSees().join()).not.toContain('LiveChat:')
    expect(talk.user.session.agentName).toBeUndefined()
  })
})

describe('words after the chat was closed', () => {
  it('are told, before the bot takes over', async () => {
    await open()
    const talk = await talkWithAgent()
    const effect = { kind: 'status', status: 502 } as const
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', ...always, effect })
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    await userSays(sandbox, talk.user, 'One more question')
    await sandbox.advance(5_000)
    expect(told(talk)).toEqual([closed])
    expect(talk.userSees().at(-1)).toBe(`bot: ${pluginTexts.stoppedByAgent}`)
    expect(talk.user.session.active).toBe(false)
  })
})
