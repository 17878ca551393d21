import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { answered } from '../../helpers/answered'
import { createProcesses, type Processes } from '../../helpers/in-process'
import { startTalk, userSays, type Talk } from '../../helpers/talk'

/** LiveChat may give a new secret cookie with each token, and may end the old one. Two processes know one customer. */

let sandbox: Sandbox
let processes: Processes
afterEach(() => sandbox.close())

const openForTwo = async (): Promise<Talk> => {
  processes = createProcesses(2)
  sandbox = await startSandbox({
    startIntegration: processes.start,
    timeScale: 20,
    livechatKnobs: { newCstEndsOld: true },
    botpressKnobs: { concurrentMessageOperations: true },
  })
  const talk = await startTalk(sandbox)
  processes.serve(1)
  await userSays(sandbox, talk.user, 'Both processes know me')
  return talk
}
const arrivesFrom = async (talk: Talk, process: number, text: string): Promise<void> => {
  processes.serve(process)
  await userSays(sandbox, talk.user, text)
  expect(talk.agentSees().at(-1)).toBe(`Teal: ${text}`)
}

describe('an end user whose token both processes renew', () => {
  it('stays the same customer, one process after the other', async () => {
    const talk = await openForTwo()
    for (const round of [1, 2]) {
      sandbox.livechat.license.expireTokens()
      await arrivesFrom(talk, 0, `First process, round ${round}`)
      sandbox.livechat.license.expireTokens()
      await arrivesFrom(talk, 1, `Second process, round ${round}`)
    }
    await talk.user.end()
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(await talk.user.askForHuman({ title: 'Again' })).toMatchObject({ started: true })
    await sandbox.settle()
    expect(sandbox.livechat.desk.chats()).toHaveLength(1)
  })

  it('stays the same customer although the first process stores the new secret late', async () => {
    const talk = await openForTwo()
    sandbox.livechat.license.expireTokens()
    sandbox.faults.botpress.add({ route: /^POST .*states/, effect: { kind: 'delay', delayMs: 40 } })
    processes.serve((body) => (body.includes('Two') ? 1 : 0))
    const mark = sandbox.ledger.mark()
    const first = talk.user.say('One')
    await answered(sandbox, 'accounts/token', mark)
    await Promise.all([first, talk.user.say('Two')])
    await sandbox.settle()
    expect(talk.agentSees().slice(-2).sort()).toEqual(['Teal: One', 'Teal: Two'])
    await arrivesFrom(talk, 0, 'Three')
  })
})
