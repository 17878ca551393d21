import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { pluginTexts } from '../../../sandbox/botpress'
import { answered } from '../../helpers/answered'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

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

it('an agent whom another process announces, while the end user’s message takes long, is announced once', async () => {
  const processes = createProcesses(2)
  sandbox = await startSandbox({
    startIntegration: processes.start,
    timeScale: 10,
    livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' },
  })
  const talk = await startTalk(sandbox)
  processes.serve((body) => (body.includes('Is anybody there?') ? 1 : 0))
  sandbox.faults.livechat.add({
    route: 'customer/send_event',
    effect: { kind: 'delay', delayMs: 1_500, when: 'after' },
  })
  const mark = sandbox.ledger.mark()
  const saying = talk.user.say('Is anybody there?')
  await answered(sandbox, 'customer/get_chat', mark)
  sandbox.livechat.desk.pickUp(talk.chatId, amber.email)
  await expect.poll(() => sandbox.ledger.since(mark, { name: 'agent_announced' })).toHaveLength(1)
  // When the message is done, the claim of the announcement is old.
  await sandbox.clock.advance(20_000)
  await settle(saying)
  const announced = talk.userSees().filter((line) => line === `bot: ${pluginTexts.agentAssigned}`)
  expect(announced).toHaveLength(1)
})

describe('first words that the start could not read', () => {
  it('come before the next ones, although another process relays these', async () => {
    sandbox = await startSandbox({ livechatKnobs: { webhookOrder: 'before', region: 'none' } })
    const { livechat, ledger, faults } = sandbox
    const heal = faults.livechat.add({
      route: 'customer/get_chat',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    ledger.subscribe(({ name, detail }) => {
      if (name === 'agent_assigned')
        queueMicrotask(() => livechat.desk.say(String(detail?.['chatId']), amber.email, 'One'))
    })
    const talk = await startTalk(sandbox)
    heal()
    await sandbox.integration.restart()
    await agentSays(sandbox, talk.chatId, 'Two')
    await sandbox.advance(10_000)
    const words = (): string[] => talk.userSees().filter((line) => line.startsWith('Agent Amber: '))
    expect(words()).toEqual(['Agent Amber: One', 'Agent Amber: Two'])
    // What was read once is not read again.
    await sandbox.integration.restart()
    const mark = ledger.mark()
    await agentSays(sandbox, talk.chatId, 'Three')
    expect(ledger.since(mark, { kind: 'call', name: 'customer/get_chat' })).toHaveLength(1)
    expect(words()).toHaveLength(3)
  })
})
