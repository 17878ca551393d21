import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

/** Deliveries failed, LiveChat has given up, and the process that knew it is gone. */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const lost = Array.from({ length: 16 }, (_, index) => `Line ${index + 1}`)
const seen = lost.map((line) => `Agent Amber: ${line}`)

const openAfterOutage = async (): Promise<Talk> => {
  sandbox = await startSandbox({
    livechatKnobs: { webhookDuplicates: 1 },
    // If the platform processes messages in any order, only those a second apart keep theirs.
    botpressKnobs: { processingOrder: 'creation' },
  })
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  const route = /^POST .*(messages|initialize)/
  const heal = sandbox.faults.botpress.add({ route, times: Infinity, effect: { kind: 'status', status: 503 } })
  for (const line of lost) sandbox.livechat.desk.say(talk.chatId, amber.email, line)
  await sandbox.settle()
  await sandbox.advance(180_000)
  await sandbox.integration.restart()
  heal()
  expect(talk.userSees().filter((line) => seen.includes(line))).toEqual([])
  return talk
}

describe('after an outage in which the processes were replaced, the agent’s lines arrive', () => {
  it('when the end user writes next', async () => {
    const talk = await openAfterOutage()
    await userSays(sandbox, talk.user, 'Are you there?')
    expect(talk.userSees().filter((line) => seen.includes(line))).toEqual(seen)
    expect(talk.agentSees().at(-1)).toBe('Teal: Are you there?')
  })

  it('when the agent writes next', async () => {
    const talk = await openAfterOutage()
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    expect(talk.userSees().filter((line) => seen.includes(line))).toEqual(seen)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Are you there?')).toHaveLength(1)
  })

  it('once, when one process gets what both write', async () => {
    const talk = await openAfterOutage()
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Are you there?')
    await userSays(sandbox, talk.user, 'Hello?')
    await agentSays(sandbox, talk.chatId, 'I am')
    expect(talk.userSees().filter((line) => seen.includes(line))).toEqual(seen)
  })
})

it('a further process of a session reads its thread once', async () => {
  sandbox = await startSandbox({ livechatKnobs: { region: 'none' } })
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  await sandbox.integration.restart()
  const mark = sandbox.ledger.mark()
  for (const text of ['One', 'Two', 'Three']) {
    await agentSays(sandbox, talk.chatId, text)
    await userSays(sandbox, talk.user, text)
  }
  expect(sandbox.ledger.since(mark, { kind: 'call', name: 'customer/get_chat' })).toHaveLength(1)
})
