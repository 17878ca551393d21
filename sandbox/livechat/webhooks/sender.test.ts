import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { containing, AMBER, startBench, type Bench, type Json, type TestCustomer } from '../test-bench'

let bench: Bench
let who: TestCustomer
let chatId: string
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
  chatId = String((await bench.call(who, 'start_chat')).body['chat_id'])
  bench.webhook('incoming_event')
})
afterEach(() => bench.close())

const say = (text: string): string => bench.livechat.desk.say(chatId, AMBER, text)
const send = (text: string) => bench.call(who, 'send_event', { chat_id: chatId, event: { type: 'message', text } })
const texts = (): unknown[] => bench.payloads('incoming_event').map(({ event }) => (event as Json)['text'])
/** Attempts from the ledger: outcome, and seconds since the first attempt. */
const attempts = (): [unknown, number][] => {
  const entries = bench.ledger.all({ kind: 'delivery', name: 'webhook/incoming_event' })
  const startMs = entries[0]?.atMs ?? 0
  return entries.map(({ status, detail, atMs }) => [status ?? detail?.['failure'], (atMs - startMs) / 1000])
}
const hang = (_received: unknown, signal: AbortSignal): Promise<number> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

describe('deliveries', () => {
  it('carry the envelope with the secret in the body', async () => {
    say('Hello')
    await bench.livechat.settle()
    expect(bench.received).toHaveLength(1)
    expect(bench.received[0]?.body).toEqual({
      webhook_id: bench.livechat.webhooks.list()[0]?.id,
      secret_key: 'not-so-secret',
      action: 'incoming_event',
      organization_id: bench.livechat.license.organizationId,
      payload: containing({ chat_id: chatId }),
      additional_data: {},
    })
    const [entry] = bench.ledger.all({ kind: 'delivery' })
    expect(entry).toMatchObject({ status: 200, detail: { attempt: 1, chatId } })
    expect(JSON.stringify(entry)).not.toContain('not-so-secret')
  })

  it('include what the customer sent', async () => {
    await send('My own words')
    await bench.livechat.settle()
    expect(bench.payloads('incoming_event')[0]?.['event']).toMatchObject({ author_id: who.id, text: 'My own words' })
  })

  it('leave after the answer by default', async () => {
    let answered = false
    let answeredFirst: boolean | undefined
    bench.receiver.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      answeredFirst = answered
      return 200
    }
    await send('x')
    answered = true
    await bench.livechat.settle()
    expect(answeredFirst).toBe(true)
  })

  it('are awaited before the answer if the knob says so', async () => {
    bench.livechat.knobs.webhookOrder = 'before'
    await send('x')
    expect(texts()).toEqual(['x'])
    expect(bench.ledger.all({ kind: 'delivery' })).toHaveLength(1)
  })

  it('let a receiver call back while it is awaited', async () => {
    bench.livechat.knobs.webhookOrder = 'before'
    bench.receiver.answer = async () => (await bench.call(who, 'get_chat', { chat_id: chatId })).status
    await send('x')
    expect(attempts().map(([outcome]) => outcome)).toEqual([200])
  })

  it('run in parallel', async () => {
    let waiting = 0
    let most = 0
    bench.receiver.answer = async () => {
      most = Math.max(most, ++waiting)
      await new Promise((resolve) => setTimeout(resolve, 5))
      waiting -= 1
      return 200
    }
    for (const text of ['a', 'b', 'c']) say(text)
    await bench.livechat.settle()
    expect(most).toBe(3)
  })
})

describe('the retry rule', () => {
  it.each<[string, Bench['receiver']['answer'], unknown]>([
    ['a 500', () => 500, 500],
    ['a 204', () => 204, 204],
    ['a refused connection', () => Promise.reject(new Error('ECONNREFUSED')), 'network'],
  ])('tries 3 more times within a minute after %s, then gives up', async (_name, answer, outcome) => {
    bench.receiver.answer = answer
    say('Hello')
    await bench.livechat.settle()
    expect(attempts()).toEqual([[outcome, 0]])
    await bench.clock.advance(60_000)
    expect(attempts()).toEqual([
      [outcome, 0],
      [outcome, 10],
      [outcome, 25],
      [outcome, 45],
    ])
    await bench.clock.advance(600_000)
    expect(attempts()).toHaveLength(4)
    expect(new Set(bench.received.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  })

  it('stops with the first 200', async () => {
    bench.receiver.answer = () => (bench.received.length < 3 ? 503 : 200)
    say('Hello')
    await bench.livechat.settle()
    await bench.clock.advance(60_000)
    expect(attempts().map(([outcome]) => outcome)).toEqual([503, 503, 200])
  })

  it('waits 10 s for an answer', async () => {
    bench.receiver.answer = hang
    say('Hello')
    await new Promise((resolve) => setImmediate(resolve))
    await bench.clock.advance(9_999)
    expect(attempts()).toEqual([])
    await bench.clock.advance(60_001)
    expect(attempts().map(([outcome]) => outcome)).toEqual(['timeout', 'timeout', 'timeout', 'timeout'])
    expect(attempts().at(-1)?.[1]).toBe(45)
  })

  it('lets later events overtake a delivery that is tried again', async () => {
    bench.receiver.answer = () => (bench.received.length === 1 ? 500 : 200)
    say('first')
    await bench.livechat.settle()
    say('second')
    await bench.livechat.settle()
    await bench.clock.advance(10_000)
    expect(texts()).toEqual(['first', 'second', 'first'])
  })

  it('gives up deliveries under way when the emulator is closed', async () => {
    bench.receiver.answer = hang
    say('Hello')
    await new Promise((resolve) => setImmediate(resolve))
    await bench.livechat.close()
    await bench.clock.advance(60_000)
    expect(bench.received).toHaveLength(1)
    expect(attempts()).toEqual([])
  })

  it('cancels retries when the emulator is closed', async () => {
    bench.receiver.answer = () => 500
    say('Hello')
    await bench.livechat.settle()
    await bench.livechat.close()
    await bench.clock.advance(60_000)
    expect(attempts()).toHaveLength(1)
  })
})

describe('knobs of delivery', () => {
  it('delivers several times', async () => {
    bench.livechat.knobs.webhookDuplicates = 3
    say('Hello')
    await bench.livechat.settle()
    expect(texts()).toEqual(['Hello', 'Hello', 'Hello'])
  })

  it('shuffles a batch, losing nothing', async () => {
    const words = Array.from({ length: 12 }, (_value, index) => `word ${index}`)
    bench.livechat.knobs.webhookShuffle = true
    words.forEach(say)
    await bench.livechat.settle()
    expect(texts()).not.toEqual(words)
    expect(texts().toSorted()).toEqual(words.toSorted())
  })

  it('delays deliveries by the clock, so that later ones may overtake', async () => {
    const words = Array.from({ length: 12 }, (_value, index) => `word ${index}`)
    bench.livechat.knobs.webhookDelayMs = 5_000
    for (const word of words) {
      say(word)
      await bench.livechat.settle()
    }
    await bench.clock.advance(5_000)
    expect(texts()).not.toEqual(words)
    expect(texts().toSorted()).toEqual(words.toSorted())
  })

  it.each([
    ['as_in_samples', {}, undefined],
    ['always', {}, {}],
    ['never', undefined, undefined],
  ] as const)('has additional_data %s', async (additionalData, inEvent, inTransfer) => {
    bench.livechat.knobs.additionalData = additionalData
    bench.webhook('chat_transferred')
    bench.livechat.desk.transferToGroup(chatId, AMBER, 0)
    await bench.livechat.settle()
    const of = (action: string) => bench.received.find((one) => one.action === action)?.body['additional_data']
    expect(of('incoming_event')).toEqual(inEvent)
    expect(of('chat_transferred')).toEqual(inTransfer)
  })
})
