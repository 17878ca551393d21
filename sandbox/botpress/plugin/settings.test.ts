import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerLikeADesk, type Desk } from '../testing/answers'
import { runtimeError } from '../testing/fake-integration'
import { setUp, type SetUp } from '../testing/set-up'
import type { PluginSettings } from './settings'
import { pluginTexts } from './texts'

let sandbox: SetUp
let desk: Desk

beforeEach(async () => {
  sandbox = await setUp()
  desk = answerLikeADesk(sandbox.integration, sandbox.client)
})
afterEach(() => sandbox.close())

const stoppedByAgent = () =>
  sandbox.client.createEvent({ type: 'hitlStopped', payload: { conversationId: desk.conversationId } })

/** What the end user and the agent's side are told in a session with an agent that the end user ends. */
const playSession = async (overrides?: PluginSettings, command = '/end') => {
  const user = sandbox.installation.endUser()
  await user.askForHuman(overrides ? { configurationOverrides: overrides } : {})
  await desk.says(await desk.agent('Grace'), 'hi', 'e1')
  await sandbox.botpress.settle()
  await user.say(command)
  await sandbox.botpress.settle()
  const toAgent = sandbox.integration.bodies('message_created').map(({ payload }) => (payload as { text: string }).text)
  const toUser = user.chat().flatMap(({ from, text }) => (from === 'bot' ? [text] : []))
  return { toUser, toAgent, isActive: user.session.active }
}

const usual = {
  toUser: [pluginTexts.handoff, pluginTexts.agentAssigned, pluginTexts.closedByUser],
  toAgent: [pluginTexts.userHasLeft],
  isActive: false,
}

describe('a text of the plugin', () => {
  it('is the default where its setting is empty', async () => {
    sandbox.installation.configurePlugin({ onHitlHandoffMessage: '' })
    expect(await playSession()).toEqual(usual)
  })

  it('is what the bot’s owner has written', async () => {
    sandbox.installation.configurePlugin({ onHitlHandoffMessage: 'Un instant', onUserHitlCancelledMessage: 'Parti' })
    expect(await playSession()).toMatchObject({ toUser: ['Un instant', ...usual.toUser.slice(1)], toAgent: ['Parti'] })
  })

  it('is not sent if its setting is NULL', async () => {
    sandbox.installation.configurePlugin({
      onHitlHandoffMessage: 'NULL',
      onHumanAgentAssignedMessage: 'NULL',
      onUserHitlCloseMessage: 'NULL',
      onUserHitlCancelledMessage: 'NULL',
    })
    expect(await playSession()).toEqual({ toUser: [], toAgent: [], isActive: false })
    expect(sandbox.integration.bodies('action_triggered').at(-1)).toMatchObject({ type: 'stopHitl' })
  })

  it('may be overridden for one session', async () => {
    expect(await playSession({ onHitlHandoffMessage: 'NULL' })).toMatchObject({ toUser: usual.toUser.slice(1) })
    expect(await playSession()).toMatchObject({ toUser: usual.toUser })
  })

  it('stays as it was when the session began', async () => {
    const user = sandbox.installation.endUser()
    await user.askForHuman()
    sandbox.installation.configurePlugin({ onHitlStoppedMessage: 'NULL' })
    await stoppedByAgent()
    await sandbox.botpress.settle()
    expect(user.chat().at(-1)?.text).toBe(pluginTexts.stoppedByAgent)
  })
})

describe('the command that ends a session', () => {
  it('is the one of the settings, in any letter case', async () => {
    sandbox.installation.configurePlugin({ userHitlCloseCommand: 'Bye ' })
    expect(await playSession(undefined, ' BYE')).toEqual(usual)
  })

  it('passes /end on if it is another', async () => {
    sandbox.installation.configurePlugin({ userHitlCloseCommand: 'bye' })
    expect(await playSession()).toMatchObject({ toAgent: ['/end'], isActive: true })
  })
})

describe('the flow after a session', () => {
  const ends: [string, () => unknown, boolean][] = [
    ['the agent has closed', () => stoppedByAgent(), true],
    ['the end user has left', () => end.user.end(), true],
    ['no agent came in time', () => sandbox.clock.advance(60_000), true],
    ['the bot’s own stop card', () => end.user.botStops(), false],
  ]
  const end = { user: undefined as unknown as ReturnType<SetUp['installation']['endUser']> }

  const play = async (how: () => unknown): Promise<(string | undefined)[]> => {
    sandbox.botpress.setBot(
      () => [],
      ({ from }) => [`Anything else, ${from}?`],
    )
    end.user = sandbox.installation.endUser({ name: 'Plum' })
    await end.user.askForHuman()
    await how()
    await sandbox.botpress.settle()
    return end.user.chat().map(({ text }) => text)
  }

  it.each(ends)('goes on by itself when %s: %s', async (_, how, goesOn) => {
    sandbox.installation.configurePlugin({ agentAssignedTimeoutSeconds: 60 })
    const seen = await play(how)
    expect(seen.filter((text) => text === 'Anything else, Plum?')).toHaveLength(goesOn ? 1 : 0)
    if (goesOn) expect(seen.at(-1)).toBe('Anything else, Plum?')
  })

  it.each(ends)('waits for the end user when the setting is off and %s', async (_, how) => {
    sandbox.installation.configurePlugin({ agentAssignedTimeoutSeconds: 60, flowOnHitlStopped: false })
    expect(await play(how)).not.toContain('Anything else, Plum?')
  })

  it('does not go on when stopHitl throws', async () => {
    sandbox.integration.on('stopHitl', () => runtimeError('down'))
    expect(await play(() => end.user.end())).toEqual([pluginTexts.handoff, '/end'])
  })
})
