import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { startTalk, talkOf, userSays } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const hourMs = 3_600_000
const renewals = (mark: number): number =>
  sandbox.ledger.since(mark, { side: 'livechat', kind: 'call', name: 'accounts/token' }).length

/** A session goes on as long as somebody writes before LiveChat closes the thread for inactivity. */
const open = async () => {
  sandbox = await startSandbox({ livechatKnobs: { inactivityMs: 24 * hourMs } })
  return startTalk(sandbox)
}

describe('a session', () => {
  it('that is nine hours old still works, as the same customer', async () => {
    const talk = await open()
    await sandbox.advance(9 * hourMs)
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'I am still here')
    expect(talk.agentSees().at(-1)).toBe('Teal: I am still here')
    expect(renewals(mark)).toBe(1)
  })

  it('whose token LiveChat refuses too early recovers without losing the message', async () => {
    const talk = await open()
    sandbox.livechat.license.expireTokens()
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.agentSees().at(-1)).toBe('Teal: Hello?')
    expect(renewals(mark)).toBe(1)
  })

  it('goes on after the process was replaced', async () => {
    const talk = await open()
    await sandbox.integration.restart()
    await userSays(sandbox, talk.user, 'Hello?')
    expect(talk.agentSees().at(-1)).toBe('Teal: Hello?')
  })

  it('renews the token once if many messages find it expired', async () => {
    sandbox = await startSandbox({ botpressKnobs: { concurrentMessageOperations: true } })
    const talk = await startTalk(sandbox)
    sandbox.livechat.license.expireTokens()
    const mark = sandbox.ledger.mark()
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
    await Promise.all(texts.map((text) => talk.user.say(text)))
    await sandbox.settle()
    expect(renewals(mark)).toBe(1)
    expect(
      talk
        .agentSees()
        .filter((line) => line.startsWith('Teal: message'))
        .sort(),
    ).toEqual(texts.map((text) => `Teal: ${text}`).sort())
  })

  it('whose LiveChat customer is lost ends and is reported, and the next one starts under a new customer', async () => {
    const talk = await open()
    const customerId = sandbox.installation.conversations()[0]?.tags.livechatCustomerId ?? ''
    sandbox.livechat.license.forgetIdentity(customerId)
    sandbox.livechat.license.expireTokens()
    await userSays(sandbox, talk.user, 'Hello?')
    // The end follows what the end user is told about the message.
    await sandbox.advance(2_000)
    expect(talk.user.session.active).toBe(false)
    expect(JSON.stringify(sandbox.installation.logs())).toContain('no longer recognises this end user')
    await talk.user.askForHuman({ title: 'Again' })
    await sandbox.advance(5_000)
    const next = talkOf(sandbox, talk.user)
    expect(talk.user.session.active).toBe(true)
    expect(next.chatId).not.toBe(talk.chatId)
  })
})
