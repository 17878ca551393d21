import { afterEach, beforeEach, expect, it } from 'vitest'
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

const lastTwo = () => sandbox.integration.seen.slice(-2).map(({ operation, body }) => ({ operation, ...body }))

it.each(['/end', ' /END '])('ends the session on the command "%s": farewell first, then stopHitl', async (command) => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await user.say(command)
  await sandbox.botpress.settle()
  expect(lastTwo()).toMatchObject([
    { operation: 'message_created', payload: { type: 'text', text: pluginTexts.userHasLeft } },
    { operation: 'action_triggered', type: 'stopHitl', input: { conversationId: desk.conversationId } },
  ])
  expect(lastTwo()[0]).not.toHaveProperty('payload.userId')
  expect(user.chat().at(-1)?.text).toBe(pluginTexts.closedByUser)
  expect(sandbox.effects('session_ended')).toMatchObject([{ reason: 'user-command' }])
})

it('says nothing to the end user when the bot stops the session', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  expect(await user.botStops()).toEqual({ stopped: true })
  expect(lastTwo()).toMatchObject([{ operation: 'message_created' }, { type: 'stopHitl' }])
  expect(user.chat().at(-1)?.text).toBe(pluginTexts.handoff)
  expect(user.session.active).toBe(false)
})

it('has nothing to stop without a session', async () => {
  const user = sandbox.installation.endUser()
  expect(await user.botStops()).toEqual({ stopped: false, reason: 'no session is active' })
})

it('leaves the clean-up unfinished when stopHitl throws', async () => {
  sandbox.integration.on('stopHitl', () => runtimeError('chat not found'))
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await user.end()
  await sandbox.botpress.settle()
  expect(user.chat().map(({ text }) => text)).not.toContain(pluginTexts.closedByUser)
  expect(sandbox.effects('cleanup_broken')).toMatchObject([{ reason: 'chat not found' }])
  expect(user.session.active).toBe(false)
})

it('treats any answer of stopHitl other than {} as a failure', async () => {
  sandbox.integration.on('stopHitl', () => ({ body: { output: { closed: true }, meta: { cost: 0 } } }))
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  expect(await user.botStops()).toMatchObject({ stopped: false, reason: expect.stringContaining('closed') as string })
})

it('calls stopHitl even when the farewell fails', async () => {
  sandbox.integration.on('message_created', () => runtimeError('down'))
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  expect(await user.botStops()).toEqual({ stopped: true })
})

it('does not wait for the farewell with the knob', async () => {
  sandbox.botpress.knobs.stopOvertakesFarewell = true
  let release: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (release = resolve))
  sandbox.integration.on('message_created', async () => {
    await stopped
    return {}
  })
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  expect(await user.botStops()).toEqual({ stopped: true })
  release()
  await sandbox.botpress.settle()
})

it('drops what the agent writes after the end', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  await user.botStops()
  await desk.says(await desk.agent('Grace'), 'bye', 'e1')
  await sandbox.client.createEvent({ type: 'hitlStopped', payload: { conversationId: desk.conversationId } })
  await sandbox.botpress.settle()
  expect(user.chat().map(({ text }) => text)).toEqual([pluginTexts.handoff])
  expect(sandbox.effects('dropped_after_end')).toMatchObject([{ type: 'text' }, { type: 'hitlStopped' }])
})

it('does not call stopHitl after hitlStopped, and ignores a second one', async () => {
  const user = sandbox.installation.endUser()
  await user.askForHuman()
  for (let round = 0; round < 2; round += 1) {
    await sandbox.client.createEvent({ type: 'hitlStopped', payload: { conversationId: desk.conversationId } })
    await sandbox.botpress.settle()
  }
  expect(user.chat().filter(({ text }) => text === pluginTexts.stoppedByAgent)).toHaveLength(1)
  expect(sandbox.integration.bodies('action_triggered').map(({ type }) => type)).not.toContain('stopHitl')
})
