import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../../helpers/talk'

/** After the answer to an operation, the platform may freeze the process. No call may start after that. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

describe('after a webhook was answered', () => {
  it('nothing is written, although recording the time of the last webhook took too long', async () => {
    sandbox = await startSandbox({ timeScale: 20 })
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hi')
    await sandbox.advance(60_000)
    // Slower than the 1.5 s that the record may take, which are 75 ms here.
    const slow = { kind: 'delay', delayMs: 250, when: 'after' } as const
    sandbox.faults.botpress.add({ route: /^GET .*states/, effect: slow })
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'One')
    await expect
      .poll(() => sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => /^GET .*states/.test(name)).length)
      .toBeGreaterThan(0)
    await userSays(sandbox, talk.user, 'Thanks')
    const writes = sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => /^(POST|PUT) .*states/.test(name))
    expect(writes).toEqual([])
    expect(talk.userSees()).toContain('Agent Amber: One')
  })
})
