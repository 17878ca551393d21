import { afterEach, describe, expect, it } from 'vitest'
import { clientId, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { agentMessage, shownFrom, startWithOneAgent, webhookBody } from './helpers/deliveries'
import { createRandom, eachInParallel, fullTimeoutMs, numbers, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const newSecret = 'the-secret-that-comes-next'

describe('row 18: secrets rotate without a gap', () => {
  it(
    'accepts events under the old and the new secret, each once, and refuses the old secret once it is removed',
    async () => {
      const random = createRandom(18)
      sandbox = await startWithOneAgent()
      const talk = await startTalk(sandbox)
      const n = size(60, 1_000)
      const send = (secret: string) => async (index: number) => {
        const body = webhookBody('incoming_event', agentMessage(talk, `event-${index}`, `text ${index}`), {
          secret_key: secret,
        })
        return (await sandbox.postWebhook(body)).status
      }
      await sandbox.installation.configure({
        ...sandbox.configuration,
        webhookSecret: newSecret,
        previousWebhookSecret: webhookSecret,
      })
      const refused: number[] = []
      const timesMs = await eachInParallel(numbers(n), 8, async (index) => {
        if ((await send(random.pick([webhookSecret, newSecret]))(index)) !== 200) refused.push(index)
      })
      sandbox.livechat.webhooks.changeSecret(clientId, newSecret)
      await sandbox.installation.configure({ ...sandbox.configuration, webhookSecret: newSecret })
      expect(await send(webhookSecret)(n)).toBe(401)
      expect(await send(newSecret)(n)).toBe(200)
      await sandbox.settle()
      const shown = shownFrom(talk)
      const wrong = numbers(n + 1).filter((index) => shown.filter((text) => text === `text ${index}`).length !== 1)
      record({ row: 18, what: 'events under two secrets', n, failures: wrong.length + refused.length, timesMs })
      expect(refused).toEqual([])
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )
})
