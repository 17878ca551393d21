import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Messages of one end user are sent one after another, also on a platform that delivers several at the same time. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions): Promise<Talk> => {
  sandbox = await startSandbox({
    ...options,
    botpressKnobs: { concurrentMessageOperations: true, ...options.botpressKnobs },
  })
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  return talk
}
const sayAll = (talk: Talk, texts: string[]): Promise<unknown> => Promise.all(texts.map((text) => talk.user.say(text)))

describe('the end user’s next messages', () => {
  it('do not wait for the acknowledgement of the one before', async () => {
    const talk = await open({})
    sandbox.faults.botpress.add({ route: /^PUT .*messages/, times: Infinity, effect: { kind: 'hang' } })
    void sayAll(talk, ['One', 'Two', 'Three'])
    await expect.poll(() => talk.agentSees().slice(-3)).toEqual(['Teal: One', 'Teal: Two', 'Teal: Three'])
  })

  it('fail while the platform still waits, each with its reason, if LiveChat hangs', async () => {
    const timeScale = 20
    const talk = await open({ timeScale, botpressKnobs: { operationTimeoutMs: 60_000 / timeScale } })
    sandbox.faults.livechat.add({ route: 'customer/send_event', times: Infinity, effect: { kind: 'hang' } })
    await sayAll(talk, ['One', 'Two', 'Three', 'Four'])
    await sandbox.settle()
    const told = sandbox.installation
      .logs()
      .filter(({ text }) => text.includes('A message was not delivered to LiveChat'))
    expect(told).toHaveLength(4)
  })
})
