import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** An agent's last message, and what is reported of the end, when the vendors fail or answer late just then. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}): Promise<Talk> => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  return talk
}
const always = { times: Infinity }
const fails = { kind: 'status', status: 503 } as const
const createMessage = 'POST /v1/chat/messages/get-or-create'
const endsOf = ({ conversationId }: Talk): Record<string, unknown>[] =>
  botEvents(sandbox, 'hitlSessionEnded').filter(({ hitlConversationId }) => hitlConversationId === conversationId)

describe('an agent’s last message arrives', () => {
  const code = 'Your code is 4711. Goodbye'

  it('although messages fail until LiveChat has reported the end, too', async () => {
    const talk = await open()
    const heal = sandbox.faults.botpress.add({ route: createMessage, ...always, effect: fails })
    sandbox.livechat.desk.say(talk.chatId, amber.email, code)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    heal()
    await sandbox.advance(120_000)
    expect(talk.userSees()).toContain(`Agent Amber: ${code}`)
    expect(talk.user.session.active).toBe(false)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent' }])
  })

  it('although its delivery failed and the conversation is too long to be read in time', async () => {
    // `shuffled` holds a message back in real time, in which the clock here moves on by half a minute.
    const talk = await open({ botpressKnobs: { processingOrder: 'creation' } })
    for (let n = 1; n <= 300; n += 1) sandbox.livechat.desk.say(talk.chatId, amber.email, `Line ${n}`)
    await sandbox.settle()
    await sandbox.advance(60_000)
    // The platform takes 0.3 s for a page.
    sandbox.faults.botpress.add({ route: 'GET /v1/chat/messages', ...always, effect: { kind: 'delay', delayMs: 15 } })
    sandbox.faults.botpress.add({ route: createMessage, times: 2, effect: fails })
    await agentSays(sandbox, talk.chatId, code)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(talk.userSees()).toContain(`Agent Amber: ${code}`)
  })

  it('although LiveChat has given it up, and the closed thread cannot be read at first', async () => {
    const talk = await open()
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', ...always, effect: fails })
    await agentSays(sandbox, talk.chatId, code)
    await sandbox.advance(120_000)
    heal()
    const body = { id: 'err_1', code: 403, type: 'Forbidden', message: 'Not now' }
    sandbox.faults.botpress.add({ route: 'GET /v1/chat/messages', effect: { kind: 'status', status: 403, body } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(talk.userSees()).toContain(`Agent Amber: ${code}`)
    expect(talk.user.session.active).toBe(false)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent', undelivered: 0 }])
  })

  it('if no webhook reported the end and a start on a second channel finds it', async () => {
    sandbox = await startSandbox({ timeScale: 20, configuration: { mergeByEmail: true } })
    const email = 'teal@example.com'
    const talk = await startTalk(sandbox, { user: { name: 'Teal', email } })
    const heal = sandbox.faults.botpress.add({ route: 'webhook/receive', ...always, effect: fails })
    await agentSays(sandbox, talk.chatId, code)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    heal()
    await startTalk(sandbox, { user: { name: 'Teal', email, channel: 'whatsapp' } })
    await sandbox.advance(10_000)
    expect(talk.userSees()).toContain(`Agent Amber: ${code}`)
    expect(talk.user.session.active).toBe(false)
  })
})

describe('the flows are told once, and correctly, how a session ended', () => {
  it('if the end user ends it and the messages cannot be counted', async () => {
    const talk = await open()
    sandbox.faults.botpress.add({ route: 'GET /v1/chat/messages', times: 4, effect: { kind: 'hang' } })
    await talk.user.end()
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it.each([500, 1_500])('if the bot stops and starts again while webhooks are %i ms late', async (webhookDelayMs) => {
    const talk = await open({ livechatKnobs: { webhookDelayMs } })
    await sandbox.advance(3_000)
    await talk.user.botStops()
    await talk.user.askForHuman({ title: 'Another group' })
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('if the end is being reported at the moment of the next start', async () => {
    const talk = await open()
    sandbox.faults.botpress.add({ route: 'GET /v1/chat/messages', effect: { kind: 'delay', delayMs: 200 } })
    await talk.user.end()
    await talk.user.askForHuman({ title: 'Again' })
    await sandbox.settle()
    await sandbox.advance(10_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('if a delivery that was given up continues after its redelivery', async () => {
    const talk = await open({ livechatKnobs: { webhookDuplicates: 1 } })
    const lookUp = {
      route: 'GET /v1/chat/conversations/:id',
      effect: { kind: 'delay', delayMs: 800, when: 'after' },
    } as const
    sandbox.faults.botpress.add(lookUp)
    const mark = sandbox.ledger.mark()
    const statuses = () =>
      sandbox.ledger.since(mark, { side: 'livechat', kind: 'delivery' }).map(({ status }) => status)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await expect.poll(statuses).toEqual([503])
    const repeated = sandbox.advance(30_000)
    await expect.poll(statuses).toEqual([503, 200])
    await answered(sandbox, lookUp.route, mark, 2)
    await repeated
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent' }])
  })

  it('if the agent closes the thread during an outage, and LiveChat’s system message is for agents only', async () => {
    const talk = await open({ livechatKnobs: { closingRemarksForAgentsOnly: true } })
    const heal = sandbox.faults.botpress.add({ route: /^(POST|GET|PUT) /, ...always, effect: fails })
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Goodbye')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    heal()
    await sandbox.advance(60_000)
    expect(endsOf(talk)).toMatchObject([{ reason: 'agent' }])
  })
})
