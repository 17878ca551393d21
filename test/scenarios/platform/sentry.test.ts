import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Faults } from '../../../sandbox/faults'
import { startHttpServer, type SandboxRequest, type SandboxServer } from '../../../sandbox/http-server'
import { Ledger } from '../../../sandbox/ledger'
import { VirtualClock } from '../../../sandbox/clock'
import { amber, startSandbox, webhookSecret, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays, type Talk } from '../../helpers/talk'

const host = 'errors.example.com'
const key = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const canary = 'canary words: my card number is 4111'

type Event = {
  timestamp: number
  environment?: string
  release?: string
  tags: { operation: string }
  exception: { values: { type: string; stacktrace: { frames: { filename: string; function: string }[] } }[] }
}

/** Sentry's envelope endpoint, as far as its documents describe what it must be sent. */
let sentry: SandboxServer
let received: SandboxRequest[] = []
let answers: 'at once' | 'never' = 'at once'
const waiting: (() => void)[] = []
beforeAll(async () => {
  sentry = await startHttpServer({
    side: 'livechat',
    ledger: new Ledger(new VirtualClock()),
    faults: new Faults(),
    routeOf: () => undefined,
    handle: async (request) => {
      received.push(request)
      if (answers === 'never') await new Promise<void>((resolve) => waiting.push(resolve))
      return { status: 200, body: { id: 'x' } }
    },
  })
})
afterAll(() => sentry.close())

let sandbox: Sandbox
let talk: Talk
/** Time runs at its normal speed: a report has one second, of which nothing would be left on a busy machine. */
const open = async (env: Record<string, string>, timeScale = 1): Promise<void> => {
  sandbox = await startSandbox({
    timeScale,
    process: { addressMap: { [host]: sentry.port }, env: { BP_WEBHOOK_URL: 'https://webhook.botpress.cloud', ...env } },
  })
  talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, canary)
  await userSays(sandbox, talk.user, canary)
}
beforeEach(() => {
  received = []
  answers = 'at once'
})
afterEach(async () => {
  for (const answer of waiting.splice(0)) answer()
  await sandbox.close()
})

const withDsn = {
  SECRET_SENTRY_DSN: `https://${key}@${host}/relay/42`,
  SECRET_SENTRY_ENVIRONMENT: 'production',
  SECRET_SENTRY_RELEASE: 'livechat-hitl@0.1.0',
}
const events = (): Event[] => received.map(({ body }) => JSON.parse(body.toString().split('\n')[2] ?? '') as Event)

/** Botpress answers with a success whose form the integration does not expect. */
const confuse = (route: RegExp) =>
  sandbox.faults.botpress.add({
    route,
    times: Infinity,
    effect: { kind: 'junk', body: JSON.stringify({ [canary]: 1 }) },
  })

const rate = () =>
  sandbox.installation.runAction('rateSession', { hitlConversationId: talk.conversationId, score: 'good' })

describe('with a Sentry project', () => {
  beforeEach(() => open(withDsn))

  it('an unexpected error of a webhook is reported once a minute, and the webhook is answered as usual', async () => {
    // This needs a process that has to look the session up first.
    await sandbox.integration.restart()
    const heal = confuse(/^GET .*conversations$/)
    const event = { id: 'E1', type: 'message', text: canary, author_id: amber.email, visibility: 'all' }
    const say = (id: string) =>
      sandbox.deliverWebhook('incoming_event', {
        chat_id: talk.chatId,
        thread_id: talk.threadId,
        event: { ...event, id, created_at: '2026-01-05T09:00:00.000000Z' },
      })
    expect(await say('E1')).toBe(503)
    expect(await say('E2')).toBe(503)
    expect(received).toHaveLength(1)
    await sandbox.advance(60_000)
    expect(await say('E3')).toBe(503)
    heal()
    expect(received).toHaveLength(2)

    const [request] = received
    expect(request).toMatchObject({ method: 'POST', path: '/relay/api/42/envelope/' })
    expect(request?.headers['content-type']).toBe('application/x-sentry-envelope')
    expect(request?.headers['x-sentry-auth']).toMatch(new RegExp(`^Sentry sentry_version=7, .*sentry_key=${key}$`))
    const [header, item] = (request?.body.toString() ?? '').split('\n').map((line) => JSON.parse(line) as object)
    expect(header).toEqual({ event_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown })
    expect(item).toEqual({ type: 'event' })
    expect(events()[0]).toMatchObject({
      environment: 'production',
      release: 'livechat-hitl@0.1.0',
      tags: { operation: 'webhook_received' },
      exception: { values: [{ type: 'TypeError' }] },
    })
  })

  it('an unexpected error of an action is reported, with the places in our own code, innermost last', async () => {
    confuse(/^GET .*conversations\/:id/)
    await sandbox.integration.restart()
    await expect(rate()).rejects.toThrow(/unexpected error/)
    const [event] = events()
    expect(event).toMatchObject({
      tags: { operation: 'rateSession' },
      exception: { values: [{ type: 'TypeError' }] },
    })
    const frames = event?.exception.values[0]?.stacktrace.frames ?? []
    expect(frames.length).toBeGreaterThan(1)
    expect(new Set(frames.map(({ filename }) => filename))).toEqual(new Set(['index.cjs']))
  })

  it('an unexpected error of a message to the agent is reported', async () => {
    confuse(/states/)
    await sandbox.integration.restart()
    await userSays(sandbox, talk.user, canary).catch(() => undefined)
    expect(events().map(({ tags }) => tags.operation)).toEqual(['message_created'])
  })

  it('no message, secret, token or id is in a report', async () => {
    confuse(/states|messages|conversations|events|users/)
    await sandbox.integration.restart()
    await agentSays(sandbox, talk.chatId, canary)
    await userSays(sandbox, talk.user, canary).catch(() => undefined)
    await rate().catch(() => undefined)
    await sandbox.installation.register()
    const text = received.map(({ body, headers }) => `${body.toString()} ${JSON.stringify(headers)}`).join('\n')
    expect(received.length).toBeGreaterThan(0)
    const { integrationId, botId } = sandbox.installation
    const secret = [webhookSecret, String(sandbox.configuration['clientId']), amber.email, 'teal', 'canary', '4111']
    for (const each of [
      ...secret,
      talk.chatId,
      talk.threadId,
      talk.conversationId,
      integrationId,
      botId,
      process.cwd(),
    ])
      expect(text).not.toContain(each)
  })

  it('a Sentry that does not answer costs one second, and nothing else', async () => {
    answers = 'never'
    confuse(/^GET .*conversations\/:id/)
    await sandbox.integration.restart()
    const startedMs = performance.now()
    await expect(rate()).rejects.toThrow(/unexpected error/)
    const tookMs = performance.now() - startedMs
    expect(tookMs).toBeGreaterThan(900)
    expect(tookMs).toBeLessThan(2_500)
    expect(received).toHaveLength(1)
  })

  it('nothing is sent while all is well', async () => {
    await userSays(sandbox, talk.user, 'Hello')
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(received).toEqual([])
  })
})

describe('with a Sentry project, in faster time', () => {
  beforeEach(() => open(withDsn, 20))

  it('expected errors are not reported: a wrong setting, a vendor that is down, a deadline', async () => {
    sandbox.faults.livechat.add({ route: /./, times: 6, effect: { kind: 'reset' } })
    await sandbox.installation.configure({ ...sandbox.configuration, clientId: '0'.repeat(32) })
    await sandbox.installation.configure(sandbox.configuration)
    sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'status', status: 400, body: {} } })
    await userSays(sandbox, talk.user, 'Hello').catch(() => undefined)
    sandbox.faults.botpress.add({ route: /messages/, effect: { kind: 'hang' } })
    await agentSays(sandbox, talk.chatId, 'Hello')
    expect(received).toEqual([])
  })
})

describe.each([
  ['without one', {}],
  ['with something that is no DSN', { SECRET_SENTRY_DSN: `http://${host}/42` }],
])('%s', (_, env) => {
  it('nothing is reported, and failures are answered as usual', async () => {
    await open(env)
    confuse(/^GET .*conversations\/:id/)
    await sandbox.integration.restart()
    await expect(rate()).rejects.toThrow(/unexpected error/)
    expect(received).toEqual([])
  })
})
