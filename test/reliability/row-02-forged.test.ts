import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { agentMessage, callsOfIntegration, shownFrom, webhookBody } from './helpers/deliveries'
import { createRandom, eachInParallel, fullTimeoutMs, numbers, record, size } from './helpers/measure'

const otherSecret = 'the-secret-of-another-bot'
const random = createRandom(2)

let sandbox: Sandbox
let talk: Talk
beforeAll(async () => {
  sandbox = await startSandbox()
  talk = await startTalk(sandbox)
  await sandbox.botpress.install({
    integrationUrl: sandbox.integration.url,
    configuration: { ...sandbox.configuration, webhookSecret: otherSecret },
  })
})
afterAll(() => sandbox.close())

const mutatedSecret = (): string => {
  const at = random.int(webhookSecret.length)
  const letter = String.fromCharCode(33 + random.int(90))
  const changed = random.pick([
    webhookSecret.slice(0, at) + letter + webhookSecret.slice(at + 1),
    webhookSecret.slice(0, at) + webhookSecret.slice(at + 1),
    webhookSecret.slice(0, at) + letter + webhookSecret.slice(at),
    webhookSecret.split('-').reverse().join('-'),
  ])
  return changed === webhookSecret ? `${webhookSecret}.` : changed
}

/** What somebody without the secret may try, with an event that would otherwise be relayed. */
const forgedBody = (index: number): string => {
  const payload = agentMessage(talk, `event-${index}`, `forged ${index}`)
  const action = random.pick(['incoming_event', 'incoming_event', 'chat_deactivated', 'chat_transferred'])
  const forge = (fields: Record<string, unknown>) => webhookBody(action, payload, { secret_key: undefined, ...fields })
  return random.pick([
    () => forge({ secret_key: mutatedSecret() }),
    () => forge({}),
    () => forge({ secret_key: [webhookSecret] }),
    () => forge({ secret_key: { 0: webhookSecret, length: 1 } }),
    () => forge({ secret_key: random.int(1e9) }),
    () => forge({ secret_key: random.pick<unknown>([null, true, false, '', ' ', '\u0000', 0]) }),
    () => forge({ secret_key: webhookSecret.slice(0, 1 + random.int(webhookSecret.length - 1)) }),
    () => forge({ secret_key: webhookSecret + random.pick([' ', '\n', '\u0000', '\u200b', webhookSecret]) }),
    () => forge({ secret_key: ` ${webhookSecret}` }),
    () => forge({ secret_key: random.pick([webhookSecret.toUpperCase(), webhookSecret.replace('s', 'S')]) }),
    () => forge({ secret_key: otherSecret }),
    () => forge({ [random.pick(['Secret_Key', 'secretKey', 'secret', 'SECRET_KEY', 'secret_key '])]: webhookSecret }),
    () => forge({ payload: { ...payload, secret_key: webhookSecret } }),
    () => forge({ additional_data: { secret_key: webhookSecret } }),
    () => JSON.stringify([{ secret_key: webhookSecret, action, payload }]),
    () => JSON.stringify({ body: { secret_key: webhookSecret, action, payload } }),
    () => `{"__proto__":{"secret_key":${JSON.stringify(webhookSecret)}},"action":"${action}","payload":{}}`,
    () => `{"constructor":{"prototype":{"secret_key":${JSON.stringify(webhookSecret)}}},"action":"${action}"}`,
    () => random.pick([JSON.stringify(webhookSecret), '42', 'null', 'true', '[]']),
  ])()
}

describe('row 2: nothing unauthenticated has an effect', () => {
  it(
    'refuses every forged body alike, before any call, and never blocks the genuine event of the same id',
    async () => {
      const n = size(400, 10_000)
      const effects = sandbox.ledger.all({ kind: 'effect' }).length
      const calls = callsOfIntegration(sandbox)
      const answers = new Map<string, number>()
      const timesMs = await eachInParallel(numbers(n), 16, async (index) => {
        const { status, body } = await sandbox.postWebhook(forgedBody(index))
        const answer = `${status} ${body}`
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
      })
      await sandbox.settle()
      expect([...answers]).toEqual([['401 Unauthorized', n]])
      expect(callsOfIntegration(sandbox)).toBe(calls)
      expect(sandbox.ledger.all({ kind: 'effect' })).toHaveLength(effects)

      const ids = random.shuffled(numbers(n)).slice(0, size(20, 200))
      for (const id of ids) {
        const true_ = agentMessage(talk, `event-${id}`, `true ${id}`)
        expect(await sandbox.deliverWebhook('incoming_event', true_)).toBe(200)
      }
      await sandbox.settle()
      expect(shownFrom(talk)).toEqual(ids.map((id) => `true ${id}`))
      expect(talk.user.session.active).toBe(true)
      record({ row: 2, what: 'forged bodies', n, failures: n - (answers.get('401 Unauthorized') ?? 0), timesMs })
    },
    fullTimeoutMs,
  )
})
