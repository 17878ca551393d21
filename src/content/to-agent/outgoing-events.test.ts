import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { botEvents, customerEvents, customId, maxTextBytes } from './outgoing-events'

const long = 'A sentence of a long text. '.repeat(1_500)

describe('botEvents', () => {
  it('sends a system message, which agents see without an author', () => {
    expect(botEvents('Hello', 'm1', 'system')).toEqual([
      { type: 'system_message', system_message_type: 'custom', recipients: 'all', text: 'Hello', custom_id: 'm1' },
    ])
  })

  it('labels the text if LiveChat accepts no system message', () => {
    expect(botEvents('Hello', 'm1', 'plain')).toEqual([{ type: 'message', text: '[Bot] Hello', custom_id: 'm1' }])
  })

  it('labels each piece of a long text, so that none looks like the customer’s words', () => {
    const events = botEvents(long, 'm1', 'plain')
    expect(events.length).toBeGreaterThan(2)
    for (const event of events) expect(event).toMatchObject({ text: expect.stringMatching(/^\[Bot\] /) as string })
  })

  it('gives the pieces the same ids in both voices, so that the second can take over from the first', () => {
    const system = botEvents(long, 'm1', 'system')
    const plain = botEvents(long, 'm1', 'plain')
    expect(plain.map(({ custom_id }) => custom_id)).toEqual(system.map(({ custom_id }) => custom_id))
    expect(plain).toHaveLength(system.length)
  })
})

describe('customerEvents', () => {
  it('sends the text unchanged', () => {
    expect(customerEvents('Hello', 'm1')).toEqual([{ type: 'message', text: 'Hello', custom_id: 'm1' }])
  })

  it('keeps all of a long text', () => {
    const texts = customerEvents(long, 'm1').map((event) => (event.type === 'message' ? event.text : ''))
    expect(texts.join('')).toBe(long)
  })
})

const voices = [
  ['the customer', (text: string) => customerEvents(text, 'm1')],
  ['the bot by system message', (text: string) => botEvents(text, 'm1', 'system')],
  ['the bot by labelled text', (text: string) => botEvents(text, 'm1', 'plain')],
] as const

describe.each(voices)('events of %s', (_, speak) => {
  it('stay within LiveChat’s limit, label included', () => {
    const phrases = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '漢', '👨‍👩‍👧‍👦', '\n'), minLength: 1, maxLength: 30 })
    const texts = phrases.map((phrase) => phrase.repeat(Math.ceil(20_000 / phrase.length)))
    fc.assert(
      fc.property(texts, (text) => {
        for (const event of speak(text)) {
          expect(event.type === 'file' ? '' : Buffer.byteLength(event.text)).toBeLessThanOrEqual(maxTextBytes)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('have the same ids each time, and each event its own', () => {
    const ids = speak(long).map(({ custom_id }) => custom_id)
    expect(speak(long).map(({ custom_id }) => custom_id)).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids[0]).toBe('m1')
  })
})

describe('customId', () => {
  it('gives the first part the id of the message and numbers the others', () => {
    expect([0, 1, 2].map((index) => customId('m1', index))).toEqual(['m1', 'm1-1', 'm1-2'])
  })

  it('gives no two pieces of a message the same id', () => {
    const ids = [0, 1, 2].flatMap((index) =>
      customerEvents(long, customId('m1', index)).map(({ custom_id }) => custom_id),
    )
    expect(ids.length).toBeGreaterThan(6)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
