import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts } from '../../../sandbox/botpress'
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

/**
 * Nobody is there, and chats wait (`whenOffline: queue`): the end user leaves a message that an agent answers later.
 * The story is told hour by hour, on a website and on a messenger.
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const hourMs = 3_600_000
const channels = [['webchat'], ['whatsapp']] as const

/** Everybody has gone home. `keptMin`: how long LiveChat keeps a chat in which nobody writes. */
const evening = async (keptMin: number, options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox(options)
  sandbox.livechat.license.setProperty('chats', 'archive_offline_chat_after_min', keptMin)
  sendHome(sandbox, amber.email, birch.email)
}
const leaveMessage = async (channel: (typeof channels)[number][0]): Promise<Talk> => {
  const talk = await startTalk(sandbox, { user: { channel }, start: { title: 'Kettle', description: 'It leaks.' } })
  await userSays(sandbox, talk.user, 'It leaks since Monday')
  return talk
}
const morning = async (): Promise<void> => {
  sandbox.livechat.desk.setStatus(amber.email, 'accepting_chats')
  await sandbox.settle()
}
const endsOf = () => botEvents(sandbox, 'hitlSessionEnded').map(({ reason }) => reason)

describe('a message that is left in the evening', () => {
  it.each(channels)('on %s is answered in the morning, in the same conversation', async (channel) => {
    await evening(24 * 60)
    const talk = await leaveMessage(channel)
    // At once: the flows know that the session waits, and the integration promises nothing.
    expect(botEvents(sandbox, 'hitlSessionQueued')).toHaveLength(1)
    const toldAtNight = [`bot: ${pluginTexts.handoff}`, 'me: It leaks since Monday']
    expect(talk.userSees()).toEqual(toldAtNight)
    // Two hours later there is one thing more to say. It reaches LiveChat, and nobody is told twice that they wait.
    await sandbox.advance(2 * hourMs)
    await userSays(sandbox, talk.user, 'It is the red one')
    expect(talk.userSees()).toEqual([...toldAtNight, 'me: It is the red one'])
    // A long night: no word is said, nothing ends, also after the customer's token has expired.
    for (let hour = 0; hour < 10; hour += 1) await sandbox.advance(hourMs)
    expect(talk.userSees()).toHaveLength(3)
    expect(botEvents(sandbox, 'hitlSessionQueued')).toHaveLength(1)
    expect(endsOf()).toEqual([])
    // In the morning an agent finds everything in order, and answers.
    await morning()
    const read = talk.agentSees().join('\n')
    expect(read).toMatch(/It leaks\.[\s\S]*It leaks since Monday[\s\S]*It is the red one/)
    await agentSays(sandbox, talk.chatId, 'Good morning! We send you a new one.')
    await userSays(sandbox, talk.user, 'Thank you')
    // The plugin can show who writes only on a website.
    const agent = channel === 'webchat' ? amber.name : 'bot'
    expect(talk.userSees().slice(3)).toEqual([
      `bot: ${pluginTexts.agentAssigned}`,
      `${agent}: Good morning! We send you a new one.`,
      'me: Thank you',
    ])
    expect(talk.agentSees().at(-1)).toMatch(/Thank you$/)
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(2_000)
    expect(endsOf()).toEqual(['agent'])
  })

  it.each(channels)('on %s goes back to the bot if LiveChat closes silent chats soon', async (channel) => {
    await evening(30)
    const talk = await leaveMessage(channel)
    await sandbox.advance(29 * 60_000)
    expect(talk.user.session.active).toBe(true)
    await sandbox.advance(2 * 60_000)
    // The end user is not left waiting for an agent who will not come.
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().at(-1)).toBe(`bot: ${pluginTexts.stoppedByAgent}`)
    expect(endsOf()).toHaveLength(1)
    // What was left is still there for the agents.
    expect(talk.agentSees().join()).toContain('It leaks since Monday')
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.agentSees().join()).not.toContain('Hello?')
  })
})

describe('the bot can know before', () => {
  const office = (timezone: string) => ({ timezone, days: { monday: { start: '09:00', end: '17:00' } } })

  it('that nobody is there, when somebody will be, and that LiveChat would close the chat too soon', async () => {
    await evening(30, { agentAccess: agentScopes, livechatKnobs: { workSchedulerShape: 'schedule' } })
    sandbox.livechat.license.setWorkSchedule(amber.email, office('Europe/Warsaw'))
    // A Saturday, when nobody should be there.
    const nowMs = sandbox.clock.nowMs()
    const daysToSaturday = (6 - new Date(nowMs).getUTCDay() + 7) % 7
    await sandbox.clock.advance(daysToSaturday * 24 * hourMs)
    const answer = await sandbox.installation.runAction('checkAvailability', {})
    expect(answer).toMatchObject({ status: 'offline', canStart: true, nextOpening: { timeZone: 'Europe/Warsaw' } })
    const { checks } = await sandbox.installation.runAction('diagnose', {})
    const warned = (checks as { id: string; seen: string }[]).find(({ id }) => id === 'chatSettings')
    expect(warned?.seen).toContain('closed after 30 min')
  })
})
