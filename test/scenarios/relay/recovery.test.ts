import { afterEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../sandbox/faults'
import { amber, startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (options: SandboxOptions = {}) => {
  sandbox = await startSandbox({ timeScale: 20, ...options })
  return startTalk(sandbox)
}

describe('a message to the agent', () => {
  const effects: [string, FaultEffect][] = [
    ['an answer that was lost', { kind: 'reset', when: 'after' }],
    ['a connection that broke before', { kind: 'reset', when: 'before' }],
    ['an answer that never came', { kind: 'hang', when: 'after' }],
    ['a request that hung', { kind: 'hang', when: 'before' }],
    ['an internal error after the effect', { kind: 'status', status: 500, when: 'after' }],
    ['an internal error before it', { kind: 'status', status: 500 }],
    ['a gateway error', { kind: 'status', status: 502, body: '<html>bad gateway</html>' }],
    [
      'a rate limit',
      { kind: 'status', status: 429, body: { error: { type: 'too_many_requests', message: 'Too many requests' } } },
    ],
    ['an unreadable answer', { kind: 'junk', body: '<html>', when: 'after' }],
  ]
  it.each(effects)('arrives once after %s', async (_name, effect) => {
    const talk = await open()
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect })
    await userSays(sandbox, talk.user, 'Only once, please')
    expect(talk.agentSees().filter((line) => line === 'Teal: Only once, please')).toHaveLength(1)
  })

  it('that LiveChat never accepts is reported with the cause', async () => {
    const talk = await open()
    sandbox.faults.livechat.add({
      route: 'customer/send_event',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    await userSays(sandbox, talk.user, 'Hello?')
    expect(sandbox.ledger.all({ kind: 'effect', name: 'message_operation_failed' })).toHaveLength(1)
    expect(JSON.stringify(sandbox.installation.logs())).toContain(
      'A message was not delivered to LiveChat: LiveChat could not be reached',
    )
  })
})

describe('a message to the end user', () => {
  it.each([1, 2, 4])('delivered %i times and all at once is relayed once', async (webhookDuplicates) => {
    const talk = await open({ livechatKnobs: { webhookDuplicates }, botpressKnobs: { raceGetOrCreate: true } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    await agentSays(sandbox, talk.chatId, 'How are you?')
    expect(talk.userSees().filter((line) => line.startsWith('Agent Amber: '))).toEqual([
      'Agent Amber: Hello',
      'Agent Amber: How are you?',
    ])
  })

  it('is relayed once after the platform failed and LiveChat redelivered it', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    sandbox.faults.botpress.add({
      route: 'POST /v1/chat/messages/get-or-create',
      times: 2,
      effect: { kind: 'status', status: 503 },
    })
    await agentSays(sandbox, talk.chatId, 'Still there?')
    await sandbox.advance(60_000)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Still there?')).toHaveLength(1)
  })

  it('is relayed once although the platform hung: 503 within 8 s, then the redelivery', async () => {
    // Time limits run 20 times faster here, but a race in the platform does not: it would last into the redelivery.
    const talk = await open({ botpressKnobs: { raceGetOrCreate: false } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/messages/get-or-create', effect: { kind: 'hang' } })
    await agentSays(sandbox, talk.chatId, 'Still there?')
    await sandbox.advance(60_000)
    const statuses = sandbox.ledger
      .all({ side: 'livechat', kind: 'delivery', name: 'webhook/incoming_event' })
      .map(({ status }) => status)
    expect(statuses).toContain(503)
    expect(talk.userSees().filter((line) => line === 'Agent Amber: Still there?')).toHaveLength(1)
  })

  it('comes with the next message, in order, if LiveChat has given up delivering it', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    const heal = sandbox.faults.botpress.add({
      route: 'POST /v1/chat/messages/get-or-create',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    await agentSays(sandbox, talk.chatId, 'Lost one')
    await sandbox.advance(120_000)
    heal()
    await agentSays(sandbox, talk.chatId, 'Next one')
    expect(talk.userSees().slice(-2)).toEqual(['Agent Amber: Lost one', 'Agent Amber: Next one'])
  })

  it('comes when the end user writes, if LiveChat has given up delivering it', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    const heal = sandbox.faults.botpress.add({
      route: 'POST /v1/chat/messages/get-or-create',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    await agentSays(sandbox, talk.chatId, 'Lost one')
    await sandbox.advance(120_000)
    heal()
    await userSays(sandbox, talk.user, 'Anybody there?')
    expect(talk.userSees().at(-1)).toBe('Agent Amber: Lost one')
  })
})

describe('a file', () => {
  it('whose event LiveChat refuses is sent as a link', async () => {
    const talk = await open()
    const body = { error: { type: 'validation', message: 'alternative_text' } }
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'status', status: 422, body } })
    const url = sandbox.botpress.addPublicFile({ name: 'a.png', contentType: 'image/png', bytes: Buffer.from('png') })
    await talk.user.sendImage(url, 'The leak')
    await sandbox.settle()
    expect(talk.agentSees().at(-1)).toBe(`Teal: An image "The leak" (LiveChat does not accept this file): ${url}`)
  })
})

describe('messages of an agent whose Botpress user was deleted', () => {
  const deleteAgent = (): void => {
    const agent = sandbox.installation.users().find(({ name }) => name === amber.name)
    sandbox.installation.deleteUser(agent?.id ?? '')
  }

  it('arrive', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    deleteAgent()
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    expect(talk.userSees()).toContain('Agent Amber: Are you there?')
  })

  it('arrive also by a read of the thread', async () => {
    const talk = await open()
    await agentSays(sandbox, talk.chatId, 'Hello')
    const lose = { route: 'webhook/receive', times: 4, effect: { kind: 'status', status: 502 } } as const
    sandbox.faults.botpress.add(lose)
    await agentSays(sandbox, talk.chatId, 'Are you there?')
    await sandbox.advance(60_000)
    deleteAgent()
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(5_000)
    expect(talk.userSees()).toContain('Agent Amber: Are you there?')
  })
})
