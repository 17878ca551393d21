import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

/** The same end user, by e-mail address, on two channels. */
const onChannel = (channel: 'webchat' | 'whatsapp'): Promise<Talk> =>
  startTalk(sandbox, { user: { name: 'Teal', email: 'same@example.com', channel } })

const loseTheEnd = async (talk: Talk): Promise<void> => {
  const heal = sandbox.faults.botpress.add({
    route: 'webhook/receive',
    times: Infinity,
    effect: { kind: 'status', status: 502 },
  })
  sandbox.livechat.desk.close(talk.chatId, amber.email)
  await sandbox.settle()
  await sandbox.advance(60_000)
  heal()
}

describe('two sessions of one end user', () => {
  it('are kept apart if the first ended unnoticed: the first is ended when the second starts', async () => {
    sandbox = await startSandbox({ configuration: { mergeByEmail: true } })
    const first = await onChannel('webchat')
    await loseTheEnd(first)
    expect(first.user.session.active).toBe(true)
    const second = await onChannel('whatsapp')
    expect(second.chatId).toBe(first.chatId)
    await sandbox.advance(10_000)
    expect(first.user.session.active).toBe(false)
    await userSays(sandbox, first.user, 'my secret pin is 1234')
    expect(second.agentSees().join('\n')).not.toContain('1234')
    await first.user.end()
    await sandbox.settle()
    expect(second.user.session.active).toBe(true)
    await agentSays(sandbox, second.chatId, 'Hello')
    expect(second.userSees().at(-1)).toMatch(/: Hello$/)
  })

  it('are kept apart although the end user writes in the first while the second opens: the first is ended before', async () => {
    sandbox = await startSandbox({ configuration: { mergeByEmail: true } })
    const first = await onChannel('webchat')
    await loseTheEnd(first)
    // Ending the first takes a while.
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/events', effect: { kind: 'delay', delayMs: 300 } })
    const threads = () => sandbox.ledger.all({ name: 'thread_opened' }).length
    const before = threads()
    const phone = sandbox.installation.endUser({ name: 'Teal', email: 'same@example.com', channel: 'whatsapp' })
    const starting = phone.askForHuman({ title: 'From the phone' })
    await expect.poll(threads).toBe(before + 1)
    await userSays(sandbox, first.user, 'my secret pin is 1234')
    expect(await starting).toMatchObject({ started: true })
    await sandbox.settle()
    expect(
      sandbox.livechat.desk
        .transcript(first.chatId)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('1234')
    expect(first.user.session.active).toBe(false)
  })

  it('leave the first in its place in the queue, even if nothing was written in it', async () => {
    sandbox = await startSandbox({ livechatKnobs: { autoAssign: false } })
    const first = await onChannel('webchat')
    await sandbox.advance(120_000)
    const second = await onChannel('whatsapp')
    expect(second.chatId).not.toBe(first.chatId)
    expect(first.user.session.active).toBe(true)
    expect(sandbox.livechat.desk.chats().find(({ chatId }) => chatId === first.chatId)?.state).not.toBe('closed')
  })

  it('do not change what the first one’s agent sees of the end user', async () => {
    sandbox = await startSandbox({ configuration: { mergeByEmail: true } })
    const first = await onChannel('webchat')
    await userSays(sandbox, first.user, 'Hello')
    const before = first.agentSees()
    await startTalk(sandbox, {
      user: { name: 'Stranger', email: 'same@example.com', channel: 'whatsapp' },
      start: { title: 'Other', hitlSession: { customFields: { order: '4711' } } },
    })
    const { customer } = sandbox.livechat.desk.chats().find(({ chatId }) => chatId === first.chatId) ?? {}
    expect(customer?.name).toBe('Teal')
    expect(JSON.stringify(customer?.sessionFields)).not.toContain('4711')
    expect(first.agentSees()).toEqual(before)
  })

  it('start cleanly under a new customer if the identity of the earlier one is lost', async () => {
    sandbox = await startSandbox({ configuration: { mergeByEmail: true } })
    const first = await onChannel('webchat')
    sandbox.livechat.desk.close(first.chatId, amber.email)
    await sandbox.settle()
    const customerId = sandbox.installation.conversations()[0]?.tags.livechatCustomerId ?? ''
    sandbox.livechat.license.forgetIdentity(customerId)
    sandbox.livechat.license.expireTokens()
    const started = await first.user.askForHuman({ title: 'Again' })
    expect(started.started).toBe(true)
  })
})
