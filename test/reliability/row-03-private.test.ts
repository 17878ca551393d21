import { afterEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../sandbox/faults'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { closeAll, startWithOneAgent, webhookBody } from './helpers/deliveries'
import { countOf, createRandom, eachInParallel, fullTimeoutMs, numbers, record, size } from './helpers/measure'

let sandbox: Sandbox
afterEach(() => sandbox.close())

type Json = Record<string, unknown>

describe('row 3: what is for agents stays with agents; no echo', () => {
  it(
    'relays exactly the public events of agents, for every author, visibility, type and version',
    async () => {
      const random = createRandom(3)
      sandbox = await startWithOneAgent()
      const talk = await startTalk(sandbox)
      const [conversation] = sandbox.installation.conversations()
      const customer = conversation?.tags.livechatCustomerId ?? ''
      const n = size(300, 2_000)

      const mayBeSeen = new Set<string>()
      const events = numbers(n).map((index): Json => {
        const mark = `mark-${index}`
        const [author, isAgent] = random.pick([
          [amber.email, true],
          [amber.email, true],
          [amber.email, true],
          // A LiveChat bot that the thread does not show, and an id that nobody has.
          ['0f3a6c1d9b2e4785a1c3d5e7f9b0a2c4', true],
          ['unknown-0f3a', false],
          [customer, false],
          [undefined, false],
          ['', false],
          [null, false],
          [7, false],
          [{ id: amber.email }, false],
        ] as const)
        const [visibility, isPublic] = random.pick([
          ['all', true],
          ['all', true],
          ['all', true],
          ['all', true],
          ['agents', false],
          ['Agents', false],
          ['ALL', false],
          [undefined, false],
          [null, false],
          [['all'], false],
          [true, false],
          ['everyone', false],
        ] as const)
        const [content, isRendered] = random.pick([
          [{ type: 'message', text: mark }, true],
          [{ type: 'message', text: mark }, true],
          [
            { type: 'file', name: mark, url: `https://cdn.livechat-files.com/${mark}`, content_type: 'image/png' },
            true,
          ],
          [{ type: 'rich_message', template_id: 'cards', elements: [{ title: mark }] }, true],
          [{ type: 'system_message', system_message_type: 'routing.assigned', text: mark }, false],
          [{ type: 'system', source: 'x', subtype: 'y', version: '1', details: JSON.stringify({ mark }) }, false],
          [{ type: 'filled_form', form_id: mark, fields: [{ label: mark, answer: mark }] }, false],
          [{ type: 'form', text: mark }, false],
          [{ type: 'custom', content: { mark }, text: mark }, false],
          [{ type: `type-${index}`, text: mark }, false],
        ] as const)
        const isDeleted = random.chance(0.1)
        if (isAgent && isPublic && isRendered && !isDeleted) mayBeSeen.add(mark)
        return {
          id: `event-${index}`,
          author_id: author,
          visibility,
          created_at: '2026-01-05T09:01:00.000000Z',
          ...content,
          ...(isDeleted ? { deleted: true } : {}),
        }
      })
      const timesMs = await eachInParallel(events, 8, async (event) => {
        const payload = { chat_id: talk.chatId, thread_id: talk.threadId, event }
        const version = random.pick<Json>([{}, { additional_data: undefined }, { license_id: 1 }])
        expect((await sandbox.postWebhook(webhookBody('incoming_event', payload, version))).status).toBe(200)
      })
      await sandbox.settle()

      const seen = talk.user.chat().flatMap(({ text, url, title }) => {
        const found = /mark-\d+/.exec(JSON.stringify([text, url, title]))
        return found ? [found[0]] : []
      })
      const leaked = seen.filter((mark) => !mayBeSeen.has(mark))
      const missing = [...mayBeSeen].filter((mark) => !seen.includes(mark))
      record({ row: 3, what: 'generated events', n, failures: leaked.length + missing.length, timesMs })
      expect(leaked).toEqual([])
      expect(missing).toEqual([])
      expect(seen).toHaveLength(mayBeSeen.size)
      expect(mayBeSeen.size).toBeGreaterThan(n / 50)
    },
    fullTimeoutMs,
  )

  it.each(['before', 'after'] as const)(
    'never relays the end user’s own messages back to them (webhooks %s the answer)',
    async (webhookOrder) => {
      const random = createRandom(33)
      sandbox = await startWithOneAgent({
        filterAgentsOnly: false,
        livechatKnobs: {
          webhookOrder,
          webhookDuplicates: 2,
          refuseSystemMessageFromCustomer: webhookOrder === 'before' && 'validation',
        },
        botpressKnobs: { concurrentMessageOperations: true },
        timeScale: 20,
      })
      const n = size(20, 100)
      const perTalk = 10
      let failures = 0
      for (let done = 0; done < n; done += perTalk) {
        const talk = await startTalk(sandbox)
        const mine: string[] = []
        for (let index = 0; index < perTalk; index += 1) {
          const text = `mine ${done + index}`
          mine.push(text)
          if (random.chance(0.3))
            sandbox.faults.livechat.add({
              route: 'customer/send_event',
              effect: random.pick<FaultEffect>([
                { kind: 'delay', delayMs: random.int(20), when: 'after' },
                { kind: 'reset', when: 'after' },
                { kind: 'status', status: 500, when: 'after' },
              ]),
            })
          await talk.user.say(text)
          if (random.chance(0.3)) talk.user.botSays('text', { text: 'from the bot' })
          if (random.chance(0.5)) sandbox.livechat.desk.say(talk.chatId, amber.email, `theirs ${done + index}`)
          if (random.chance(0.5)) await sandbox.settle()
        }
        await sandbox.settle()
        sandbox.faults.livechat.clear()
        const atUser = countOf(talk.user.chat().flatMap(({ from, text }) => (from === 'me' ? [] : [text ?? ''])))
        const atAgent = countOf(sandbox.livechat.desk.transcript(talk.chatId).map(({ text }) => text))
        for (const text of mine) if (atUser.has(text) || atAgent.get(text) !== 1) failures += 1
      }
      record({ row: 3, what: `interleavings of sends and echoes, webhooks ${webhookOrder}`, n, failures })
      expect(failures).toBe(0)
      await closeAll(sandbox)
    },
    fullTimeoutMs,
  )
})
