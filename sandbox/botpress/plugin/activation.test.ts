import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { setUp, type SetUp } from '../testing/set-up'
import { pluginTexts } from './texts'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const emit = (type: string, payload: Record<string, unknown>, delay?: number) =>
  sandbox.client.createEvent({ type, payload, ...(delay === undefined ? {} : { schedule: { delay } }) })

describe('before a session is active', () => {
  it('drops what the integration creates inside startHitl', async () => {
    const agent = await desk.agent('Grace')
    desk.duringStart = async (conversationId) => {
      await desk.says(agent, 'too early', 'e1')
      await emit('hitlAssigned', { conversationId, userId: agent })
      await emit('queueMoved', { place: 1, conversationId })
    }
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await sandbox.botpress.settle()
    expect(user.chat().map(({ text }) => text)).toEqual([pluginTexts.handoff])
    expect(sandbox.effects('dropped_before_active')).toMatchObject([{ type: 'text' }, { type: 'hitlAssigned' }])
    expect(user.session.agentName).toBeUndefined()
  })

  it('drops hitlStopped inside startHitl, and the session stays open', async () => {
    desk.duringStart = async (conversationId) => {
      await emit('hitlStopped', { conversationId })
    }
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await sandbox.botpress.settle()
    expect(user.session.active).toBe(true)
  })

  it('shows what was scheduled for after the start', async () => {
    const agent = await desk.agent('Grace')
    desk.duringStart = async (conversationId) => {
      await sandbox.client.createMessage({
        conversationId,
        userId: agent,
        type: 'text',
        payload: { text: 'in time' },
        tags: {},
        schedule: { delay: 5_000 },
      })
    }
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await sandbox.clock.advance(4_999)
    expect(user.chat().at(-1)?.text).toBe(pluginTexts.handoff)
    await sandbox.clock.advance(1)
    expect(user.chat().at(-1)?.text).toBe('in time')
  })

  it('processes what is scheduled for the same time in the order of creation', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const agent = await desk.agent('Grace')
    const conversationId = desk.conversationId
    await emit('hitlAssigned', { conversationId, userId: agent }, 5_000)
    for (const text of ['one', 'two', 'three']) {
      const message = { conversationId, userId: agent, type: 'text', payload: { text }, tags: {} }
      await sandbox.client.createMessage({ ...message, schedule: { delay: 5_000 } })
    }
    await emit('hitlStopped', { conversationId }, 5_000)
    await sandbox.clock.advance(5_000)
    expect(user.chat().map(({ text }) => text)).toEqual([
      pluginTexts.handoff,
      pluginTexts.agentAssigned,
      'one',
      'two',
      'three',
      pluginTexts.stoppedByAgent,
    ])
  })
})

describe('with a delay of activation', () => {
  beforeEach(() => {
    sandbox.botpress.knobs.activationDelayMs = 3_000
  })

  it('drops everything until the delay is over', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    const agent = await desk.agent('Grace')
    await desk.says(agent, 'lost', 'e1')
    await sandbox.botpress.settle()
    expect(user.session.active).toBe(false)
    await sandbox.clock.advance(3_000)
    await desk.says(agent, 'seen', 'e2')
    await sandbox.botpress.settle()
    expect(user.chat().map(({ text }) => text)).toEqual([pluginTexts.handoff, pluginTexts.agentAssigned, 'seen'])
  })

  it('lets the end user’s messages wait instead of giving them to the bot', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    await user.say('are you there?')
    await sandbox.botpress.settle()
    expect(sandbox.integration.bodies('message_created')).toEqual([])
    await sandbox.clock.advance(3_000)
    await sandbox.botpress.settle()
    expect(sandbox.integration.bodies('message_created')).toMatchObject([{ payload: { text: 'are you there?' } }])
  })
})
