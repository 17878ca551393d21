import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { setUp, type SetUp } from '../testing/set-up'
import { namelessAgent, pluginTexts } from './texts'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const assigned = (userId: string) =>
  sandbox.client.createEvent({ type: 'hitlAssigned', payload: { conversationId: desk.conversationId, userId } })

it('announces the author of the first message as the agent, once', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  const agent = await desk.agent('Grace')
  await desk.says(agent, 'one', 'e1')
  await desk.says(agent, 'two', 'e2')
  await desk.says(await desk.agent('Linus'), 'three', 'e3')
  await sandbox.botpress.settle()
  expect(user.chat().map(({ from, text }) => `${from}: ${text}`)).toEqual([
    `bot: ${pluginTexts.handoff}`,
    `bot: ${pluginTexts.agentAssigned}`,
    'Grace: one',
    'Grace: two',
    'Linus: three',
  ])
  expect(user.session.agentName).toBe('Grace')
  expect(sandbox.effects('agent_announced')).toMatchObject([{ userId: agent, name: 'Grace', cause: 'message' }])
})

it('announces the agent at every hitlAssigned', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await assigned(await desk.agent('Grace'))
  await assigned(await desk.agent('Grace'))
  await sandbox.botpress.settle()
  expect(user.chat().filter(({ text }) => text === pluginTexts.agentAssigned)).toHaveLength(2)
  expect(sandbox.effects('agent_announced')).toMatchObject([{ cause: 'event' }, { cause: 'event' }])
})

it('does not announce the author of the first message when an agent was assigned before', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await assigned(await desk.agent('Grace'))
  await desk.says(await desk.agent('Linus'), 'hi', 'e1')
  await sandbox.botpress.settle()
  expect(user.session.agentName).toBe('Grace')
  expect(sandbox.effects('agent_announced')).toHaveLength(1)
})

it('keeps the agent’s name from the first assignment', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  const agent = await desk.agent('Grace')
  await assigned(agent)
  await sandbox.botpress.settle()
  await sandbox.client.updateUser({ id: agent, name: 'Grace Hopper' })
  expect(user.session.agentName).toBe('Grace')
})

it('records an agent without a name as a human agent; the webchat has no name to show', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await desk.says(await desk.agent(), 'hi', 'e1')
  await sandbox.botpress.settle()
  expect(user.session.agentName).toBe(namelessAgent)
  expect(user.chat().at(-1)?.from).toBe('bot')
})

it('fails an event that names an agent who does not exist', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  const { event } = await assigned('user_nobody')
  await sandbox.botpress.settle()
  expect((await sandbox.client.getEvent({ id: event.id })).event).toMatchObject({ status: 'failed' })
  expect(user.session.agentName).toBeUndefined()
})

it('ends a session that no agent takes in time', async () => {
  sandbox.installation.configurePlugin({ agentAssignedTimeoutSeconds: 60 })
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await sandbox.clock.advance(59_999)
  expect(user.session.active).toBe(true)
  await sandbox.clock.advance(1)
  await sandbox.botpress.settle()
  expect(user.chat().at(-1)?.text).toBe(pluginTexts.assignmentTimeout)
  expect(sandbox.integration.bodies('action_triggered').at(-1)).toMatchObject({ type: 'stopHitl' })
  expect(sandbox.effects('session_ended')).toMatchObject([{ reason: 'assignment-timeout' }])
})

it('does not end a session that an agent takes in time', async () => {
  sandbox.installation.configurePlugin({ agentAssignedTimeoutSeconds: 60 })
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await assigned(await desk.agent('Grace'))
  await sandbox.botpress.settle()
  await sandbox.clock.advance(60_000)
  expect(user.session.active).toBe(true)
})

it('does not watch the time any more in a conversation that has had an agent', async () => {
  sandbox.installation.configurePlugin({ agentAssignedTimeoutSeconds: 60 })
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await assigned(await desk.agent('Grace'))
  await sandbox.botpress.settle()
  await user.botStops()
  await user.askForHuman()
  await sandbox.clock.advance(60_000)
  await sandbox.botpress.settle()
  expect(user.session.active).toBe(true)
})
