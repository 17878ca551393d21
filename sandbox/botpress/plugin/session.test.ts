import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { politeBot } from '../index'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { runtimeError } from '../testing/fake-integration'
import { setUp, type SetUp } from '../testing/set-up'
import { pluginTexts } from './texts'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const texts = (lines: { from: string; text?: string }[]) => lines.map(({ from, text }) => `${from}: ${text}`)

describe('a whole session', () => {
  it('takes the end user from the bot to the agent and back', async () => {
    const { botpress, installation } = sandbox
    botpress.setBot(politeBot)
    const user = installation.endUser({ name: 'Plum' })
    await user.say('agent please')
    await botpress.settle()
    expect(user.session).toMatchObject({ active: true, conversationId: desk.conversationId })

    const agent = await desk.agent('Grace')
    await desk.says(agent, 'How can I help?', 'e1')
    await botpress.settle()
    await user.say('My parcel is lost')
    await botpress.settle()
    await sandbox.client.createEvent({ type: 'hitlStopped', payload: { conversationId: desk.conversationId } })
    await botpress.settle()
    await user.say('hello')
    await botpress.settle()

    expect(texts(user.chat())).toEqual([
      'me: agent please',
      `bot: ${pluginTexts.handoff}`,
      `bot: ${pluginTexts.agentAssigned}`,
      'Grace: How can I help?',
      'me: My parcel is lost',
      `bot: ${pluginTexts.stoppedByAgent}`,
      'me: hello',
      'bot: Thank you for "hello". I am a bot; say "agent" and I will fetch a person.',
    ])
    expect(user.session.active).toBe(false)
    expect(sandbox.effects('session_started', 'session_ended')).toMatchObject([
      { effect: 'session_started' },
      { effect: 'session_ended', reason: 'agent-closed' },
    ])
    expect(sandbox.integration.bodies('action_triggered').map(({ type }) => type)).toEqual(['createUser', 'startHitl'])
  })

  it('sends the end user as the bot, with the author in the payload', async () => {
    const user = sandbox.installation.endUser({ name: 'Plum' })
    await user.askForHuman()
    await user.say('hi')
    await sandbox.botpress.settle()
    const [body] = sandbox.integration.bodies('message_created')
    expect(body).toMatchObject({
      type: 'text',
      payload: { type: 'text', text: 'hi', userId: user.session.userId },
      user: { id: sandbox.installation.botId },
      conversation: { id: desk.conversationId, channel: 'hitl', tags: { chatId: 'c', threadId: 't1' } },
      message: { direction: 'outgoing', tags: {} },
    })
  })

  it('keeps the order of what the end user says', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const said = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    await Promise.all(said.map((line) => user.say(line)))
    await sandbox.botpress.settle()
    const told = sandbox.integration.bodies('message_created').map(({ payload }) => (payload as { text: string }).text)
    expect(told).toEqual(said)
  })

  it('keeps the order of what the agent says', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const agent = await desk.agent('Grace')
    for (let index = 0; index < 10; index += 1) await desk.says(agent, `line ${index}`, `e${index}`)
    await sandbox.botpress.settle()
    const shown = user.chat().filter(({ from }) => from === 'Grace')
    expect(shown.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index}`))
  })

  it.each([
    [false, 1],
    [true, 2],
  ])('overlaps messages to the integration with the knob: %s', async (concurrentMessageOperations, together) => {
    sandbox.botpress.knobs.concurrentMessageOperations = concurrentMessageOperations
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    let open = 0
    let most = 0
    sandbox.integration.on('message_created', async () => {
      most = Math.max(most, (open += 1))
      await new Promise((resolve) => setTimeout(resolve, 20))
      open -= 1
      return {}
    })
    await user.say('one')
    await user.say('two')
    await sandbox.botpress.settle()
    expect(most).toBe(together)
  })

  it('shuffles what the integration creates with the knob', async () => {
    sandbox.botpress.knobs.processingOrder = 'shuffled'
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const agent = await desk.agent('Grace')
    const said = Array.from({ length: 12 }, (_, index) => `line ${index}`)
    for (const [index, text] of said.entries()) await desk.says(agent, text, `e${index}`)
    await sandbox.botpress.settle()
    const shown = user.chat().filter(({ from }) => from === 'Grace')
    expect(shown.map(({ text }) => text)).not.toEqual(said)
    expect(new Set(shown.map(({ text }) => text))).toEqual(new Set(said))
  })

  it('lets the integration set tags on messages that it was sent', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await user.say('hi')
    await sandbox.botpress.settle()
    const { message } = sandbox.integration.bodies('message_created')[0] as { message: { id: string } }
    await sandbox.client.updateMessage({ id: message.id, tags: { eventId: 'e9' } })
    const { messages } = await sandbox.client.listMessages({ tags: { eventId: 'e9' } })
    expect(messages).toMatchObject([{ id: message.id, direction: 'outgoing', payload: { text: 'hi' } }])
  })

  it('loses a message whose operation fails, and says so', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    sandbox.integration.on('message_created', () => runtimeError('LiveChat is down'))
    await user.say('hi')
    await sandbox.botpress.settle()
    expect(sandbox.effects('message_operation_failed')).toMatchObject([{ reason: 'LiveChat is down' }])
    expect(sandbox.installation.logs().at(-1)?.text).toContain('LiveChat is down')
    expect(sandbox.integration.bodies('message_created')).toHaveLength(1)
  })

  it('repeats a failed message with the knob', async () => {
    sandbox.botpress.knobs.repeatFailedOperations = true
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    let calls = 0
    sandbox.integration.on('message_created', () => ((calls += 1) === 1 ? runtimeError('down') : {}))
    await user.say('hi')
    await sandbox.botpress.settle()
    expect(calls).toBe(2)
    expect(sandbox.effects('message_operation_failed')).toEqual([])
  })

  it('serves a second session of the same end user with the same user', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const first = user.session
    await user.botStops()
    await user.askForHuman()
    expect(user.session.active).toBe(true)
    expect(user.session.userId).toBe(first.userId)
    expect(user.session.conversationId).not.toBe(first.conversationId)
  })

  it('does not start a second session while one is active', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    expect(await user.askForHuman()).toEqual({ started: false, reason: 'a session is active', isSilent: true })
  })
})
