import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { startTalk, type Talk } from '../../helpers/talk'

/** A process that did not start a session reads its thread beside the end user's next message. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** The end user waits for an agent, and a new process gets what they write next. */
const openWaiting = async (): Promise<Talk> => {
  sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' } })
  const talk = await startTalk(sandbox)
  await sandbox.integration.restart()
  return talk
}
const slowly = (route: string): void => {
  sandbox.faults.livechat.add({ route, effect: { kind: 'delay', delayMs: 1_500, when: 'after' } })
}
const settle = async (saying: Promise<unknown>): Promise<void> => {
  await saying
  await sandbox.settle()
  await sandbox.advance(10_000)
}

describe('an agent who comes while the end user’s message is on its way', () => {
  it('is not taken back by what the thread showed before', async () => {
    const talk = await openWaiting()
    slowly('customer/send_event')
    const mark = sandbox.ledger.mark()
    const saying = talk.user.say('Is anybody there?')
    await answered(sandbox, 'customer/get_chat', mark)
    sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
    await settle(saying)
    expect(talk.userSees().join('\n')).not.toContain('You are being transferred')
    expect(talk.user.session.agentName).toBe(amber.name)
  })
})
