import { describe, expect, it } from 'vitest'
import { brief, byBot, byUser } from '../../../test/helpers/brief'
import type { MessageHistoryEntry } from '../../bp'

describe('the briefing of a long conversation', () => {
  const line = (number: number): MessageHistoryEntry => ({
    source: byUser('user_1'),
    type: 'text',
    payload: { text: `number ${number} ${'x'.repeat(500)}` },
  })

  it('keeps its beginning and end, with a count of what is missing', () => {
    const told = brief({ title: 'Refund', history: Array.from({ length: 200 }, (_, index) => line(index)) })
    const shown = [...told.matchAll(/number (\d+)/g)].map((found) => Number(found[1]))
    const [count] = /… (\d+) messages left out …/.exec(told)?.slice(1) ?? []
    expect(shown.slice(0, 3)).toEqual([199, 0, 1])
    expect(shown.at(-1)).toBe(198)
    expect(shown.length + Number(count)).toBe(200)
    expect(Buffer.byteLength(told)).toBeLessThan(16_000)
  })

  it('has very long messages cut in the middle, with a count', () => {
    const told = brief({
      history: [{ source: byBot, type: 'markdown', payload: { markdown: `a${'b'.repeat(99_998)}c` } }],
    })
    expect(told).toMatch(/^.*Bot: ab+ … 98500 characters left out … b+c$/s)
  })

  it('leaves the subject and the details whole', () => {
    const told = brief({
      title: 'T'.repeat(5_000),
      description: 'D'.repeat(20_000),
      fields: { F: 'V'.repeat(5_000) },
    })
    expect(told).toContain(`${'T'.repeat(5_000)}\n${'D'.repeat(20_000)}\n\nF: ${'V'.repeat(5_000)}`)
  })
})

describe('the briefing of an end user who comes back', () => {
  const bot = (text: string): object => ({ source: byBot, type: 'text', payload: { text } })
  const plugin = (text: string): object => ({ source: byBot, type: 'text', payload: { type: 'text', text } })
  const agent = (text: string): object => ({
    source: byBot,
    type: 'text',
    payload: { type: 'text', text, userId: 'user_9' },
  })
  const user = (text: string): object => ({ source: byUser('user_1'), type: 'text', payload: { text } })
  const names = new Map([
    ['user_1', 'Teal'],
    ['user_9', 'Amber'],
  ])
  const handOver = plugin('One moment, I call somebody.')

  it('shows the earlier session apart, with the agent by name', () => {
    const history = [
      ...[user('My kettle leaks'), plugin('I call somebody.'), agent('Hello'), user('Hi'), agent('It is on its way')],
      ...[plugin('The agent has left.'), user('Where is it?'), bot('Let me see'), user('Agent please'), handOver],
    ]
    expect(brief({ title: 'Kettle', history, names })).toBe(
      [
        'Kettle\nTeal: Agent please',
        'Earlier, with an agent:\nTeal: My kettle leaks\nBot: I call somebody.\nAgent Amber: Hello\nTeal: Hi\nAgent Amber: It is on its way\nBot: The agent has left.',
        'Since then:\nTeal: Where is it?\nBot: Let me see',
      ].join('\n\n'),
    )
  })

  it('names an agent without a name by the role', () => {
    expect(brief({ history: [agent('Hello'), user('Hi')], names: new Map() })).toContain('\nAgent: Hello')
  })

  it('keeps words with the plugin’s mark, which may be an agent’s outside the webchat', () => {
    expect(brief({ history: [plugin('Your refund is on its way'), user('Hm'), handOver] })).toContain(
      'Bot: Your refund is on its way',
    )
  })

  it.each([
    ['a greeting', [bot('Hi! I am the bot.'), user('My kettle leaks')], /Hi! I am/],
    ['a greeting in Spanish', [bot('¡Hola! Soy el bot.'), user('My kettle leaks')], /Hola/],
    ['the hand-over line', [user('My kettle leaks'), handOver], /One moment/],
    ['the hand-over line before the last words', [user('a'), handOver, user('Agent please')], /One moment/],
  ])('leaves out %s', (_, history, left) => {
    expect(brief({ history, names })).not.toMatch(left)
  })

  it('does not repeat what the title says', () => {
    const told = brief({ title: 'My kettle leaks', history: [user('My kettle leaks')], names })
    expect(told).toBe('My kettle leaks\n\nConversation so far:\nTeal: My kettle leaks')
  })
})

it('fits into one event, whatever the conversation, as long as the rest does', () => {
  const history = Array.from({ length: 100 }, () => ({
    source: byBot,
    type: 'text',
    payload: { text: 'é'.repeat(700) },
  }))
  const told = brief({ title: 'T', description: 'D'.repeat(9_000), fields: { F: 'V'.repeat(3_000) }, history })
  expect(Buffer.byteLength(told)).toBeLessThanOrEqual(16_000)
  expect(told).toMatch(/messages left out/)
})
