import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amber, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk, type Talk } from '../helpers/talk'
import { startWithOneAgent, webhookBody } from './helpers/deliveries'
import { fullTimeoutMs, record } from './helpers/measure'
import { webhookSamples } from './helpers/webhook-samples'

let sandbox: Sandbox
let talk: Talk
beforeAll(async () => {
  sandbox = await startWithOneAgent()
  talk = await startTalk(sandbox)
})
afterAll(() => sandbox.close())

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An unknown field, in every object. */
const grown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(grown)
  if (!isObject(value)) return value
  return {
    ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, grown(each)])),
    added_2027: { new: [1] },
  }
}

/** Values in lists that LiveChat may extend. */
const enums = [
  'type',
  'reason',
  'status',
  'visibility',
  'system_message_type',
  'template_id',
  'form_type',
  'button_type',
]
const extended = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(extended)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, enums.includes(key) ? 'value_of_2027' : extended(each)]),
  )
}

/** The sample without one field, once for each field at any depth. */
const without = (value: unknown): unknown[] => {
  if (!isObject(value)) return []
  return Object.keys(value).flatMap((key) => {
    const { [key]: removed, ...rest } = value
    return [rest, ...without(removed).map((smaller) => ({ ...value, [key]: smaller }))]
  })
}

describe('row 19: the vendor may grow', () => {
  it(
    'every documented webhook gets 200, also with an added field, an unknown value or a missing field',
    async () => {
      const odd: string[] = []
      let n = 0
      const post = async (what: string, body: string): Promise<void> => {
        n += 1
        const { status } = await sandbox.postWebhook(body)
        if (status !== 200) odd.push(`${what}: ${status}`)
      }
      for (const { action, payload, versions } of webhookSamples) {
        // The samples name our own session. Otherwise an unknown chat would be answered with 200 whatever the sample
        // holds.
        const ids = { PJ0MRSHTDG: talk.chatId, K600PKZON8: talk.threadId, 'smith@example.com': amber.email }
        const text = Object.entries(ids).reduce((sum, [from, to]) => sum.replaceAll(from, to), JSON.stringify(payload))
        const own = JSON.parse(text) as Json
        if (action === 'chat_deactivated') own['thread_id'] = 'AN0THERTHREAD'
        const envelope = { secret_key: webhookSecret }
        for (const each of versions) {
          await post(`${action} ${each}`, webhookBody(action, own, each === '3.5' ? { license_id: 1 } : {}))
          await post(`${action} ${each} grown`, JSON.stringify(grown(JSON.parse(webhookBody(action, own)))))
          await post(`${action} ${each} unknown values`, webhookBody(action, extended(own) as Json))
        }
        for (const smaller of without(own))
          await post(`${action} without a field`, JSON.stringify({ ...envelope, action, payload: smaller }))
      }
      await post('unknown action', webhookBody('chat_teleported', { chat_id: talk.chatId }))
      await post('no additional_data', webhookBody('incoming_event', {}, { additional_data: undefined }))
      record({ row: 19, what: 'documented webhooks and their variants', n, failures: odd.length })
      expect(odd).toEqual([])
      expect(sandbox.integration.pid).toBeDefined()
    },
    fullTimeoutMs,
  )
})
