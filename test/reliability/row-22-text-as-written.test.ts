import http from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { agentMessage, shownFrom, startWithOneAgent, webhookBody } from './helpers/deliveries'
import { fullTimeoutMs, numbers, record, seed, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const hard = [
  'Grüße aus Köln',
  'שלום עולם',
  'مرحبا',
  '你好',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🫖',
  'e\u0301 é',
  '\u202eright to left',
  'a\u200bb\u200dc',
  '<b>not bold</b> &amp;',
  '"quotes" \\ back\\slash',
  '**stars** _and_ `ticks`',
  '\ttabs\tinside',
  'line\nline\r\nline',
  ' leading and trailing ',
  '\u2028separator\u2029',
  '{"json":true}',
  '[Bot] not the bot',
  'x'.repeat(3_000),
  '\ufeffbom',
  '0',
  'null',
]

/** Readable text: not only blanks, and no halves of characters, which no protocol carries. */
const texts = (count: number): string[] => [
  ...hard,
  ...fc.sample(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((text) => text.trim() !== ''),
    { numRuns: count - hard.length, seed },
  ),
]

describe('row 22: text arrives as written', () => {
  it(
    'in both directions',
    async () => {
      sandbox = await startWithOneAgent()
      const talk = await startTalk(sandbox)
      const all = texts(size(80, 1_000))
      const wrong: string[] = []
      const atAgentBefore = sandbox.livechat.desk.transcript(talk.chatId).length
      for (const text of all) {
        await talk.user.say(text)
        sandbox.livechat.desk.say(talk.chatId, amber.email, text)
        // One after the other, so that the two lists can be compared item by item.
        await sandbox.settle()
      }
      const byUser = sandbox.livechat.desk
        .transcript(talk.chatId)
        .slice(atAgentBefore)
        .filter(({ authorKind }) => authorKind === 'customer')
        .map(({ text }) => text)
      const byAgent = shownFrom(talk)
      for (const [index, text] of all.entries()) {
        if (byUser[index] !== text) wrong.push(`to agent: ${JSON.stringify([text, byUser[index]])}`)
        if (byAgent[index] !== text) wrong.push(`to end user: ${JSON.stringify([text, byAgent[index]])}`)
      }
      record({ row: 22, what: 'texts both ways', n: 2 * all.length, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )

  it(
    'when the body arrives byte by byte',
    async () => {
      sandbox = await startWithOneAgent()
      const talk = await startTalk(sandbox)
      const chosen = hard.filter((text) => text.length < 100).slice(0, size(6, 20))
      for (const [index, text] of chosen.entries()) {
        const body = Buffer.from(webhookBody('incoming_event', agentMessage(talk, `event-${index}`, text)))
        expect(await postByteByByte(body)).toBe(200)
      }
      await sandbox.settle()
      record({ row: 22, what: 'bodies in chunks of one byte', n: chosen.length, failures: 0 })
      expect(shownFrom(talk)).toEqual(chosen)
    },
    fullTimeoutMs,
  )

  /** Sends to the integration's own server, as the platform would, one byte in each chunk of the chunked encoding. */
  const postByteByByte = (body: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      const { pathname } = new URL(sandbox.installation.webhookUrl)
      const request = http.request(
        sandbox.botpress.url + pathname,
        { method: 'POST', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      request.on('error', reject)
      request.setNoDelay(true)
      for (const at of numbers(body.length)) request.write(body.subarray(at, at + 1))
      request.end()
    })
})
