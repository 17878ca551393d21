import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts, politeBot, type BotReply } from '../../../sandbox/botpress'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, talkOf, userSays, type Talk } from '../../helpers/talk'

/** By the plugin's default, the bot's flow goes on as soon as a session has ended, without a word of the end user. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const goodbye = 'Did that help?'

const open = async (options: SandboxOptions, next: () => BotReply[] = () => [goodbye]): Promise<Talk> => {
  sandbox = await startSandbox(options)
  sandbox.botpress.setBot(politeBot, next)
  return startTalk(sandbox)
}

const close = (talk: Talk): void => sandbox.livechat.desk.close(talk.chatId, amber.email)

const settleAll = async (): Promise<void> => {
  await sandbox.settle()
  await sandbox.advance(5_000)
}

describe('a flow that goes on at once', () => {
  const ends: [string, SandboxOptions, (talk: Talk) => unknown, string, string][] = [
    ['the agent has closed the chat', {}, close, pluginTexts.stoppedByAgent, 'agent'],
    ['the end user has left', {}, ({ user }) => user.end(), pluginTexts.closedByUser, 'endUserOrBot'],
    [
      'nobody has taken the chat in time',
      { livechatKnobs: { autoAssign: false }, plugin: { agentAssignedTimeoutSeconds: 60 } },
      () => sandbox.advance(60_000),
      pluginTexts.assignmentTimeout,
      'endUserOrBot',
    ],
  ]
  it.each(ends)('speaks once, after the plugin’s last word, when %s', async (_, options, end, closing, reason) => {
    const talk = await open(options)
    await end(talk)
    await settleAll()
    expect(talk.userSees().slice(-2)).toEqual([`bot: ${closing}`, `bot: ${goodbye}`])
    expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ reason }])
    expect(sandbox.livechat.desk.chats()[0]?.state).toBe('closed')
  })

  it('hears nothing more of the session: an agent’s last words come before it', async () => {
    const talk = await open({})
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Goodbye!')
    close(talk)
    await settleAll()
    expect(talk.userSees().slice(-3)).toEqual([
      'Agent Amber: Goodbye!',
      `bot: ${pluginTexts.stoppedByAgent}`,
      `bot: ${goodbye}`,
    ])
  })

  it.each<[string, (talk: Talk) => unknown]>([
    ['the agent has closed the chat', close],
    ['the end user has left', ({ user }) => user.end()],
  ])('may start the next session at once when %s', async (_, end) => {
    const handOffs: BotReply[] = [{ handOff: { title: 'Once more' } }]
    const talk = await open({}, () => handOffs.splice(0))
    await userSays(sandbox, talk.user, 'Hello')
    await end(talk)
    await settleAll()
    await sandbox.advance(10_000)
    const next = talkOf(sandbox, talk.user)
    expect(next.threadId).not.toBe(talk.threadId)
    expect(talk.user.session.active).toBe(true)
    await agentSays(sandbox, next.chatId, 'Back again')
    await userSays(sandbox, talk.user, 'Yes')
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: Back again', 'me: Yes'])
    expect(next.agentSees().at(-1)).toBe('Teal: Yes')
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
  })
})

describe('a bot’s owner who has changed the plugin’s texts', () => {
  it('may let the end user leave without a word to anybody, and by another command', async () => {
    const plugin = {
      onHitlHandoffMessage: 'NULL',
      onHumanAgentAssignedMessage: 'NULL',
      onUserHitlCancelledMessage: 'NULL',
      onUserHitlCloseMessage: 'NULL',
      userHitlCloseCommand: 'tchau',
      flowOnHitlStopped: false,
    }
    const talk = await open({ plugin })
    await agentSays(sandbox, talk.chatId, 'Hello')
    await userSays(sandbox, talk.user, '/end')
    const seen = talk.agentSees()
    expect(seen.at(-1)).toBe('Teal: /end')
    await talk.user.end()
    await settleAll()
    expect(talk.userSees()).toEqual(['Agent Amber: Hello', 'me: /end', 'me: tchau'])
    expect(sandbox.livechat.desk.chats()[0]?.state).toBe('closed')
    expect(talk.agentSees().join('\n')).not.toContain('tchau')
    expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ reason: 'endUserOrBot' }])
  })

  it('may have no text for the agent’s goodbye: the session ends all the same', async () => {
    const talk = await open({ plugin: { onHitlStoppedMessage: 'NULL' } })
    close(talk)
    await settleAll()
    expect(talk.user.session.active).toBe(false)
    expect(talk.userSees().at(-1)).toBe(`bot: ${goodbye}`)
  })
})
