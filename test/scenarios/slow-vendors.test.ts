import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays, type Talk } from '../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}, pickUpBy?: string): Promise<Talk> => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
  return startTalk(sandbox, pickUpBy === undefined ? {} : { pickUpBy })
}
const always = { times: Infinity }

describe('while LiveChat cannot be read, an agent’s words', () => {
  it('reach the end user although nobody has seen the agent before', async () => {
    const talk = await open({ livechatKnobs: { autoAssign: false } }, amber.email)
    sandbox.faults.livechat.add({ route: 'customer/get_chat', ...always, effect: { kind: 'hang' } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toMatch(/: Hello$/)
  })

  it('reach the end user although an earlier delivery failed', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    const route = 'POST /v1/chat/messages/get-or-create'
    const heal = sandbox.faults.botpress.add({ route, ...always, effect: { kind: 'status', status: 503 } })
    await agentSays(sandbox, talk.chatId, 'One')
    await sandbox.advance(120_000)
    heal()
    const unread = sandbox.faults.livechat.add({ route: 'customer/get_chat', ...always, effect: { kind: 'hang' } })
    await agentSays(sandbox, talk.chatId, 'Two')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Two')
    unread()
    await agentSays(sandbox, talk.chatId, 'Three')
    expect(talk.userSees().filter((line) => line === 'Agent Amber: One')).toHaveLength(1)
  })
})

describe('when Botpress fails for a moment, an agent’s words', () => {
  it('keep their order although the second was already waiting', async () => {
    // Two messages of one instant: a vendor that shuffles these is not what is asked about here.
    const talk = await open({
      livechatKnobs: { webhookShuffle: false },
      botpressKnobs: { processingOrder: 'creation' },
    })
    await agentSays(sandbox, talk.chatId, 'Hello')
    const route = 'POST /v1/chat/messages/get-or-create'
    sandbox.faults.botpress.add({ route, times: 2, effect: { kind: 'status', status: 503 } })
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'One')
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Two')
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: One', 'Agent Amber: Two'])
  })
})

describe('when LiveChat fails several times, an end user’s', () => {
  it.each([1, 2, 3])('message arrives, once, after %i failures', async (times) => {
    const talk = await open()
    sandbox.faults.livechat.add({ route: 'customer/send_event', times, effect: { kind: 'status', status: 500 } })
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.agentSees().filter((line) => line === 'Teal: Hello?')).toHaveLength(1)
  })

  it.each([
    ['an upload that fails', { kind: 'status', status: 500 } as const],
    ['an upload that hangs', { kind: 'hang' } as const],
  ])('file arrives as a link after %s', async (_name, effect) => {
    const talk = await open()
    sandbox.faults.livechat.add({ route: 'customer/upload_file', ...always, effect })
    const url = sandbox.botpress.addPublicFile({ name: 'a.png', contentType: 'image/png', bytes: Buffer.from('png') })
    await talk.user.sendImage(url)
    await userSays(sandbox, talk.user, 'Do you see it?')
    expect(talk.agentSees().slice(-2)).toEqual([`Teal: An image (could not be copied): ${url}`, 'Teal: Do you see it?'])
  })
})

describe('a session that LiveChat will never serve again', () => {
  it.each(['chat_anonymized', 'customer_banned', 'not_found'])('ends at the next message: %s', async (type) => {
    const talk = await open()
    const body = { error: { type, message: type } }
    sandbox.faults.livechat.add({
      route: 'customer/send_event',
      ...always,
      effect: { kind: 'status', status: 400, body },
    })
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.user.session.active).toBe(false)
  })
})
