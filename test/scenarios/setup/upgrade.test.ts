import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/** Sessions that run while the integration is upgraded. Nobody stays in a session that nobody serves. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const upgrade = async (): Promise<void> => {
  await sandbox.installation.upgrade()
  await sandbox.integration.restart()
  await sandbox.settle()
}

describe.each([true, false])('a session of this integration, with states that survive the upgrade: %s,', (survives) => {
  const begin = async (): Promise<Talk> => {
    sandbox = await startSandbox({ timeScale: 20, botpressKnobs: { stateSurvivesUpgrade: survives } })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    await upgrade()
    return talk
  }

  it('goes on, and ends as ever', async () => {
    const talk = await begin()
    await agentSays(sandbox, talk.chatId, 'Still here')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Still here')
    await userSays(sandbox, talk.user, 'Me too')
    expect(talk.agentSees().at(-1)).toBe('Teal: Me too')
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(talk.user.session.active).toBe(false)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toMatchObject([{ reason: 'agent', wasAnswered: true }])
  })

  it('can be ended by the end user', async () => {
    const talk = await begin()
    await talk.user.end()
    await sandbox.settle()
    expect(talk.user.session.active).toBe(false)
    expect(sandbox.livechat.desk.chats().map(({ state }) => state)).toEqual(['closed'])
  })
})

describe('a session of the older public integration of this name', () => {
  /** That integration tags its conversations with `id` and `userId`, and keeps its customers in states of its own. */
  const begin = async (): Promise<Talk> => {
    sandbox = await startSandbox({ timeScale: 20 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    const conversation = sandbox.installation.conversations().find(({ id }) => id === talk.conversationId)
    if (conversation) conversation.tags = { id: talk.chatId, userId: talk.user.userId }
    await upgrade()
    return talk
  }

  it('frees the end user with their first message', async () => {
    const talk = await begin()
    await userSays(sandbox, talk.user, 'Hello?')
    await sandbox.advance(5_000)
    expect(talk.user.session.active).toBe(false)
    await userSays(sandbox, talk.user, 'A person, please')
    await sandbox.advance(10_000)
    expect(talk.user.session.active).toBe(true)
  })

  it('can be ended by the end user', async () => {
    const talk = await begin()
    await talk.user.end()
    await sandbox.settle()
    expect(talk.user.session.active).toBe(false)
  })

  it('frees an end user who only waits, when the new version is set up', async () => {
    const talk = await begin()
    await sandbox.advance(5_000)
    expect(talk.user.session.active).toBe(false)
  })
})
