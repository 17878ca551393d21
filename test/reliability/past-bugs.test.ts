import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../sandbox/faults'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays, type Talk } from '../helpers/talk'
import { startWithOneAgent } from './helpers/deliveries'

/** Bugs of the past, each named after what it did to somebody. */
let sandbox: Sandbox
let talk: Talk
beforeEach(async () => {
  sandbox = await startWithOneAgent({ timeScale: 20 })
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
})
afterEach(() => sandbox.close())

const gatewaysPage: FaultEffect = { kind: 'junk', body: '<html>Just a moment…</html>' }

describe('the end user', () => {
  it('gets a message although a gateway’s page answered the call that created it', async () => {
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/messages/get-or-create', effect: gatewaysPage })
    await agentSays(sandbox, talk.chatId, 'Your order is on its way')
    await sandbox.advance(60_000)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Your order is on its way')).toHaveLength(1)
  })

  it('is not left in a session that has ended, although a gateway’s page answered the call that ended it', async () => {
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', effect: gatewaysPage })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(60_000)
    expect(talk.user.session.active).toBe(false)
  })
})

describe('the bot’s owner', () => {
  it('finds no extra lines in the log because of a text in LiveChat’s error', async () => {
    const type = 'oops"}\n{"msg":"All is well"}'
    const body = { error: { type, message: type } }
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'status', status: 400, body } })
    await userSays(sandbox, talk.user, 'Hello?')
    expect(JSON.stringify(sandbox.installation.logs())).toContain('A message was not delivered to LiveChat')
    expect(sandbox.integration.logs().join('\n')).not.toContain('All is well')
  })

  it('is told what to do about a license in another region', async () => {
    const body = { error: { type: 'misdirected_request', message: 'Wrong region', data: { region: 'dal' } } }
    const effect: FaultEffect = { kind: 'status', status: 421, body }
    sandbox.faults.livechat.add({ route: 'customer/send_event', times: Infinity, effect })
    await userSays(sandbox, talk.user, 'Hello?')
    expect(JSON.stringify(sandbox.installation.logs())).toContain('another region')
  })
})
