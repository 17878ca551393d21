import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/** Bots that had an earlier version, or the older public integration of the same name, have its fields in their form. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('a configuration with fields that no longer exist', () => {
  it.each([
    [
      'of an earlier version',
      {
        announceEdits: false,
        announceDeletions: true,
        relayGreetings: true,
        timeline: true,
        relayQueue: true,
        queueEventsEverySeconds: 0,
        resumeWithinMinutes: 10,
        texts: { queuePlace: 'Number {position}!' },
      },
    ],
    [
      'of the older public integration',
      { agentToken: 'QWNjb3VudDp0b2tlbg==', groupId: 0, ignoreNonHitlConversations: true },
    ],
  ])('%s is saved without an error, and a session works', async (_, fields) => {
    sandbox = await startSandbox()
    await sandbox.installation.configure({ ...sandbox.configuration, ...fields })
    expect(sandbox.installation.status).toBe('registered')
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(talk.userSees().at(-1)).toBe(`${amber.name}: Hello`)
  })
})
