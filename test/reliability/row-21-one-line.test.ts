import { afterEach, describe, expect, it } from 'vitest'
import { amber, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { agentMessage, closeAll, startWithOneAgent, webhookBody } from './helpers/deliveries'
import { createRandom, fullTimeoutMs, numbers, record, size, timeScale } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const random = createRandom(21)
const separators = [
  '\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u0000',
  '\u001b[2J',
  '\v',
  '\f',
  '"}\n{"msg":"forged"}',
]
/** Each text contains a mark by which it is found again. */
const hostile = (index: number): string =>
  [
    `MARK${index}`,
    random.pick(separators as [string]),
    random.pick(['ERROR fake record', '{"level":"error"}', '%s %d %o', '\u202e', '<script>', 'x'.repeat(9_000)]),
    random.pick(separators as [string]),
  ].join('')

describe('row 21: one record is one line', () => {
  it(
    'with hostile strings in every field: one JSON line of at most 4 KB, without texts of end users or agents',
    async () => {
      sandbox = await startWithOneAgent({ timeScale })
      const n = size(40, 200)
      const lines: string[] = []
      const stop = sandbox.integration.onLog((line) => lines.push(line))
      const talk = await startTalk(sandbox)
      for (const index of numbers(n)) {
        const text = hostile(index)
        const bodies: (() => string)[] = [
          () => webhookBody('incoming_event', agentMessage(talk, text, text)),
          () => webhookBody('incoming_event', agentMessage(talk, `e${index}`, text, { author_id: text })),
          () => webhookBody('incoming_event', agentMessage(talk, `e${index}`, text, { type: text, visibility: text })),
          () => webhookBody('incoming_event', { chat_id: text, thread_id: text, event: text }),
          () => webhookBody(text, { chat_id: text, thread_id: text }),
          () => webhookBody('chat_deactivated', { chat_id: text, thread_id: text, user_id: text }),
          () =>
            webhookBody('chat_transferred', {
              chat_id: talk.chatId,
              thread_id: talk.threadId,
              reason: text,
              transferred_to: { agent_ids: [text] },
            }),
          () => JSON.stringify({ secret_key: text, action: text }),
          () => JSON.stringify({ secret_key: webhookSecret, action: { [text]: text }, [text]: text }),
        ]
        await sandbox.postWebhook(random.pick(bodies as [() => string])())
        const heal = random.chance(0.5)
          ? sandbox.faults.livechat.add({
              route: 'customer/send_event',
              effect: { kind: 'status', status: 400, body: { error: { type: text, message: text } } },
            })
          : undefined
        await talk.user.say(text)
        sandbox.livechat.desk.say(talk.chatId, amber.email, text)
        await sandbox.settle()
        heal?.()
      }
      await closeAll(sandbox)
      for (const index of numbers(Math.ceil(n / 10))) {
        const text = hostile(n + index)
        const heal = sandbox.faults.livechat.add({
          route: 'customer/get_chat',
          effect: { kind: 'status', status: 400, body: { error: { type: text, message: text } } },
        })
        const user = sandbox.installation.endUser({ name: text, email: text })
        await user.say(text)
        await user.askForHuman({ title: text, description: text, hitlSession: {} })
        await sandbox.settle()
        heal()
        await closeAll(sandbox)
      }
      stop()
      const problems: string[] = []
      let atInfo = 0
      for (const line of lines) {
        if (Buffer.byteLength(line) > 4_096) problems.push(`${Buffer.byteLength(line)} bytes: ${line.slice(0, 120)}`)
        const parsed = parse(line)
        if (parsed === undefined) problems.push(`not JSON: ${line.slice(0, 120)}`)
        // Readers of logs split at more characters than line feeds.
        else if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(String(parsed.msg))) problems.push(`breaks: ${line.slice(0, 120)}`)
        if (/MARK\d+/.test(line)) {
          atInfo += 1
          problems.push(`holds a person's words: ${line.slice(0, 200)}`)
        }
      }
      record({
        row: 21,
        what: 'hostile strings',
        n,
        failures: problems.length,
        note: `${lines.length} records, ${atInfo} with people's words`,
      })
      expect(problems.slice(0, 5)).toEqual([])
      expect(lines.length).toBeGreaterThan(n)
    },
    fullTimeoutMs,
  )
})

const parse = (line: string): { msg?: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
