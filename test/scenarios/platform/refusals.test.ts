import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { agentSays, startTalk, type Talk } from '../../helpers/talk'

/** Botpress refuses a call. Some refusals are temporary. Others are final, and then the bot's owner is told. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (): Promise<Talk> => {
  sandbox = await startSandbox({ timeScale: 20, livechatKnobs: { webhookDuplicates: 1 } })
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hi')
  return talk
}
const refusal = (code: number, type: string) =>
  ({ kind: 'status', status: code, body: { id: 'err-1', code, type, message: 'refused' } }) as const
const createMessage = 'POST /v1/chat/messages/get-or-create'
const createEvent = 'POST /v1/chat/events'
const log = (): string => sandbox.integration.logs().join('\n')

const passing = [
  [401, 'Unauthorized'],
  [402, 'PaymentRequired'],
  [403, 'QuotaExceeded'],
  [403, 'Forbidden'],
  [409, 'ResourceLockedConflict'],
  [409, 'RelationConflict'],
] as const

describe('a temporary refusal', () => {
  it.each(passing)('loses no message of an agent: %i %s', async (code, type) => {
    const talk = await open()
    sandbox.faults.botpress.add({ route: createMessage, times: 1, effect: refusal(code, type) })
    await agentSays(sandbox, talk.chatId, 'One')
    // LiveChat redelivers, because it was not told that the message had arrived.
    await sandbox.advance(120_000)
    expect(talk.userSees().at(-1)).toBe('Agent Amber: One')
  })

  it('keeps the order of messages that a later read recovers', async () => {
    const talk = await open()
    const heal = sandbox.faults.botpress.add({
      route: createMessage,
      times: Infinity,
      effect: refusal(409, 'ResourceLockedConflict'),
    })
    await agentSays(sandbox, talk.chatId, 'One')
    await sandbox.advance(120_000)
    heal()
    // The catch-up meets the lock again at its first message. The messages that follow must not go first.
    sandbox.faults.botpress.add({ route: createMessage, times: 1, effect: refusal(409, 'ResourceLockedConflict') })
    sandbox.livechat.desk.say(talk.chatId, amber.email, 'Two')
    await sandbox.settle()
    await sandbox.advance(120_000)
    await agentSays(sandbox, talk.chatId, 'Three')
    expect(talk.userSees()).toContain('Agent Amber: One')
    expect(talk.userSees().filter((line) => /: (One|Two|Three)$/.test(line))).toHaveLength(3)
  })
})

describe('a final refusal', () => {
  it.each([
    [400, 'InvalidPayload'],
    [404, 'ResourceNotFound'],
    [413, 'PayloadTooLarge'],
  ] as const)('is reported to the bot’s owner, and the call is not repeated: %i %s', async (code, type) => {
    const talk = await open()
    sandbox.faults.botpress.add({ route: createMessage, times: Infinity, effect: refusal(code, type) })
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'One')
    await sandbox.advance(120_000)
    const deliveries = sandbox.ledger.since(mark, { side: 'livechat', kind: 'delivery' })
    expect(deliveries.map(({ status }) => status)).toEqual([200])
    // A slow machine may have left the message to a read, which meets the same refusal.
    expect(log()).toMatch(/webhook_failed_for_good|event_refused_by_botpress/)
  })
})

describe('an end reaches the plugin', () => {
  it.each([...passing, [400, 'InvalidPayload'] as const, [404, 'ResourceNotFound'] as const])(
    'although Botpress first refuses it: %i %s',
    async (code, type) => {
      const talk = await open()
      sandbox.faults.botpress.add({ route: createEvent, times: 1, effect: refusal(code, type) })
      sandbox.livechat.desk.close(talk.chatId, amber.email)
      await sandbox.settle()
      await sandbox.advance(120_000)
      expect(talk.user.session.active).toBe(false)
      expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
    },
  )

  it('with its details, although a proxy answered instead of Botpress when they were sent', async () => {
    const talk = await open()
    const junk = { kind: 'junk', body: '<html>Please wait</html>' } as const
    sandbox.faults.botpress.add({ route: createEvent, skip: 1, times: 1, effect: junk })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(120_000)
    expect(talk.user.session.active).toBe(false)
    expect(botEvents(sandbox, 'hitlSessionEnded')).toHaveLength(1)
  })
})

describe('a text of the integration’s own', () => {
  /** Returns the statuses with which the deliveries that led to the text were answered. */
  const toQueue = async (talk: Talk): Promise<(number | undefined)[]> => {
    const { desk } = sandbox.livechat
    for (const { id } of sandbox.livechat.license.agents()) desk.setStatus(id, 'not_accepting_chats')
    const mark = sandbox.ledger.mark()
    desk.transferToGroup(talk.chatId, amber.email, 0)
    await sandbox.settle()
    await sandbox.advance(120_000)
    return sandbox.ledger.since(mark, { side: 'livechat', kind: 'delivery' }).map(({ status }) => status)
  }
  const ours = (talk: Talk) => talk.userSees().filter((line) => line.startsWith('LiveChat: '))

  it('reaches the end user although a proxy answers instead of Botpress', async () => {
    const talk = await open()
    const junk = { kind: 'junk', body: '<html>Please wait</html>' } as const
    sandbox.faults.botpress.add({ route: createMessage, times: 1, effect: junk })
    await toQueue(talk)
    expect(ours(talk)).toHaveLength(1)
  })

  it('reaches the end user with the first delivery although Botpress fails once', async () => {
    const talk = await open()
    const fails = { kind: 'status', status: 503 } as const
    sandbox.faults.botpress.add({ route: 'POST /v1/chat/users/get-or-create', times: 1, effect: fails })
    expect(new Set(await toQueue(talk))).toEqual(new Set([200]))
    expect(ours(talk)).toHaveLength(1)
  })
})
