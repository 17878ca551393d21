import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ timeScale: 20 })
})
afterEach(() => sandbox.close())

// Delivers a webhook of a chat that is no session. It causes no call of its own.
const deliver = (action = 'chat_deactivated') =>
  sandbox.deliverWebhook(action, { chat_id: 'CHAT', thread_id: 'THREAD', event: { id: 'E', type: 'custom' } })
const noted = (): Record<string, number> | undefined =>
  sandbox.installation.state('integration', sandbox.installation.integrationId, 'webhooksAccepted')?.[
    'atMsByAction'
  ] as Record<string, number> | undefined
const writesSince = (mark: number): number =>
  sandbox.ledger
    .since(mark, { kind: 'call', side: 'botpress' })
    .filter(({ name }) => name.startsWith('POST /v1/chat/states')).length

const halfMinuteMs = 30_000
const hourMs = 3_600_000

describe('the record of accepted webhooks', () => {
  it('is not written by a process that has just started, so that the first messages wait for nothing', async () => {
    const mark = sandbox.ledger.mark()
    await deliver('incoming_event')
    await sandbox.advance(halfMinuteMs - 1)
    await deliver('incoming_event')
    expect(writesSince(mark)).toBe(0)
    expect(noted()).toBeUndefined()
  })

  it('is written half a minute later, with all actions since, and then once an hour', async () => {
    const startMs = sandbox.clock.nowMs()
    await deliver('incoming_event')
    await sandbox.advance(halfMinuteMs)
    expect(await deliver()).toBe(200)
    expect(noted()).toEqual({ incoming_event: startMs, chat_deactivated: startMs + halfMinuteMs })

    const mark = sandbox.ledger.mark()
    await deliver('incoming_event')
    await sandbox.advance(hourMs - 1)
    await deliver('incoming_event')
    expect(writesSince(mark)).toBe(0)
    await sandbox.advance(1)
    await deliver('incoming_event')
    expect(writesSince(mark)).toBe(1)
    expect(noted()?.['incoming_event']).toBe(sandbox.clock.nowMs())
  })

  it('keeps what another process has written', async () => {
    const startMs = sandbox.clock.nowMs()
    await deliver('incoming_event')
    await sandbox.advance(halfMinuteMs)
    await deliver('incoming_event')
    await sandbox.integration.restart()
    await deliver('chat_deactivated')
    await sandbox.advance(halfMinuteMs)
    await deliver('chat_deactivated')
    expect(noted()).toEqual({
      incoming_event: startMs + halfMinuteMs,
      chat_deactivated: startMs + 2 * halfMinuteMs,
    })
  })

  it.each([
    [
      'is refused',
      { kind: 'status', status: 400, body: { id: 'x', code: 400, type: 'InvalidPayload', message: 'no' } },
    ],
    ['hangs', { kind: 'hang' }],
  ] as const)(
    'changes no answer if writing it %s, and is not tried again with each webhook that follows',
    async (_, effect) => {
      await deliver()
      await sandbox.advance(halfMinuteMs)
      sandbox.faults.botpress.add({ route: /states/, times: Infinity, effect })
      expect(await deliver()).toBe(200)
      const mark = sandbox.ledger.mark()
      expect(await deliver()).toBe(200)
      expect(sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => name.includes('states'))).toEqual([])
    },
  )

  it('does not contain refused webhooks or unknown actions', async () => {
    await deliver()
    await sandbox.advance(halfMinuteMs)
    const mark = sandbox.ledger.mark()
    await sandbox.postWebhook('{"secret_key":"wrong","action":"incoming_event","payload":{}}')
    await deliver('no_such_action')
    expect(sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => name.includes('states'))).toEqual([])
    expect(noted()).toBeUndefined()
  })
})
