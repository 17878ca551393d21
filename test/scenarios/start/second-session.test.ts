import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts, type EndUserOptions } from '../../../sandbox/botpress'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'

/** What the agent of a second session reads about the first one. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** The end user talks to the bot, to an agent, to the bot, and asks for an agent again. */
const play = async (options: SandboxOptions = {}, user: EndUserOptions = {}): Promise<Talk> => {
  // Without the fields that the plugin adds, nobody can know whose words they are.
  const usual = {
    historyPayloadExtras: true,
    pageSize: 20,
    channelUsersReadable: false,
    webchatCopiesOfAgents: 'updated',
  } as const
  const botpressKnobs = { ...usual, ...options.botpressKnobs }
  sandbox = await startSandbox({ ...options, botpressKnobs })
  const talk = await startTalk(sandbox, { user })
  await agentSays(sandbox, talk.chatId, 'Which kettle is it?')
  await userSays(sandbox, talk.user, 'The blue one')
  await agentSays(sandbox, talk.chatId, 'A new one is on its way.')
  sandbox.livechat.desk.close(talk.chatId, amber.email)
  await sandbox.settle()
  await sandbox.advance(60_000)
  await userSays(sandbox, talk.user, 'Where is my parcel?')
  await talk.user.askForHuman({ title: 'Parcel' })
  await sandbox.settle()
  await sandbox.advance(10_000)
  return talkOf(sandbox, talk.user)
}

const briefingOf = ({ agentSees }: Talk): string => agentSees().findLast((line) => line.includes('Parcel')) ?? ''

describe('an earlier agent’s words', () => {
  it('stand under Agent, apart from what the end user and the bot have said since', async () => {
    const briefing = briefingOf(await play())
    const [before = '', since = ''] = briefing.split('Since then:')
    expect(before).toContain(
      'Earlier, with an agent:\nAgent: Which kettle is it?\nTeal: The blue one\nAgent: A new one is on its way.',
    )
    expect(briefing).not.toMatch(/^Bot: (Which kettle|A new one)/m)
    expect(since).toMatch(/Bot: Thank you for/)
  })

  it('stand under the agent’s name where the webchat’s users can be looked up', async () => {
    expect(briefingOf(await play({ botpressKnobs: { channelUsersReadable: true } }))).toContain(
      'Agent Amber: Which kettle is it?',
    )
  })

  const rows: [string, SandboxOptions, EndUserOptions][] = [
    ['on another channel than the webchat', {}, { channel: 'whatsapp' }],
    ['without Use Human Agent Info', { plugin: { useHumanAgentInfo: false } }, {}],
    ['if the webchat refuses a copy of the agent', { botpressKnobs: { webchatCopiesOfAgents: 'refused' } }, {}],
  ]
  it.each(rows)('stand under Bot %s: the plugin does not mark them there', async (_, options, user) => {
    const talk = await play(options, user)
    expect(talk.userSees()).toContain('bot: Which kettle is it?')
    expect(briefingOf(talk)).toContain('Bot: Which kettle is it?')
  })
})

describe('the plugin’s own lines', () => {
  const rows: [string, SandboxOptions][] = [
    ['with its marks', {}],
    ['without them', { botpressKnobs: { historyPayloadExtras: false } }],
  ]
  it.each(rows)('are not in it (%s)', async (_, options) => {
    const briefing = briefingOf(await play(options))
    for (const text of [pluginTexts.handoff, pluginTexts.agentAssigned, pluginTexts.stoppedByAgent])
      expect(briefing).not.toContain(text)
  })

  it('are not in it if the end user has ended the first session', async () => {
    sandbox = await startSandbox({ botpressKnobs: { pageSize: 20 } })
    const talk = await startTalk(sandbox)
    await userSays(sandbox, talk.user, 'Never mind')
    await talk.user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    await userSays(sandbox, talk.user, 'Where is my parcel?')
    await talk.user.askForHuman({ title: 'Parcel' })
    await sandbox.settle()
    const briefing = briefingOf(talkOf(sandbox, talk.user))
    expect(briefing).toContain('Teal: Never mind')
    expect(briefing).not.toContain(pluginTexts.closedByUser)
  })
})

it('shows all messages of one millisecond, whose order the plugin reverses', async () => {
  sandbox = await startSandbox({ botpressKnobs: { equalMessageTimes: true } })
  const user = sandbox.installation.endUser({ name: 'Teal' })
  await userSays(sandbox, user, 'My kettle leaks')
  await sandbox.advance(1_000)
  user.botSays('text', { text: 'Let me see.' })
  user.botSays('text', { text: 'It has a guarantee.' })
  await sandbox.advance(1_000)
  await user.askForHuman({ title: 'Kettle' })
  await sandbox.settle()
  const [briefing] = talkOf(sandbox, user).agentSees()
  expect(briefing).toContain('Bot: It has a guarantee.\nBot: Let me see.')
})
