import { afterEach, describe, expect, it } from 'vitest'
import { amber, birch, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('while the plugin still links the session', () => {
  it.each([0, 500, 2_000, 4_500])(
    'what the agent writes at once reaches the end user (the plugin needs %i ms)',
    async (activationDelayMs) => {
      sandbox = await startSandbox({ botpressKnobs: { activationDelayMs } })
      const talk = await startTalk(sandbox, { pastDropWindow: false })
      await agentSays(sandbox, talk.chatId, 'First')
      await sandbox.advance(1_000)
      await agentSays(sandbox, talk.chatId, 'Second')
      await sandbox.advance(3_999)
      await agentSays(sandbox, talk.chatId, 'Third')
      await sandbox.advance(500)
      await agentSays(sandbox, talk.chatId, 'Fourth')
      await sandbox.advance(10_000)
      const words = talk.userSees().filter((line) => line.startsWith('Agent Amber: '))
      expect(words).toEqual(['First', 'Second', 'Third', 'Fourth'].map((word) => `Agent Amber: ${word}`))
    },
  )

  it('an agent who closes at once ends the session', async () => {
    sandbox = await startSandbox({ botpressKnobs: { activationDelayMs: 3_000 } })
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.advance(10_000)
    expect(talk.user.session.active).toBe(false)
  })

  it('after a transfer at once, the right agent is announced', async () => {
    // Where two calls at once create two users, the plugin may be shown the one whose name is not read yet.
    sandbox = await startSandbox({ botpressKnobs: { activationDelayMs: 3_000, raceGetOrCreate: false } })
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    sandbox.livechat.desk.transferToAgent(talk.chatId, amber.email, birch.email)
    await sandbox.advance(10_000)
    expect(talk.user.session.agentName).toBe(birch.name)
  })

  it('what happens before our conversation exists is read and relayed', async () => {
    sandbox = await startSandbox({ livechatKnobs: { webhookOrder: 'before' } })
    const { livechat, ledger } = sandbox
    ledger.subscribe(({ name, detail }) => {
      if (name !== 'agent_assigned') return
      queueMicrotask(() => livechat.desk.say(String(detail?.['chatId']), amber.email, 'I saw you coming'))
    })
    const talk = await startTalk(sandbox)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: I saw you coming')).toHaveLength(1)
  })
})
