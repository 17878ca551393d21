import { describe, expect, it } from 'vitest'
import { brief, byBot, byUser } from '../../../../test/helpers/brief'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import type { MessageHistoryEntry } from '../../../bp'

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

  it('takes a fraction of a second, however long its parts are', () => {
    const long = (unit: string): string => unit.repeat(Math.ceil(131_072 / unit.length))
    for (const unit of [
      'a',
      'é ',
      '漢字',
      '👨‍👩‍👧‍👦',
      '**a** ',
      'https://a.example/?x=1 ',
      '\u0301',
      '- a\n',
      '[a](b) ',
      ' ',
    ]) {
      const entry = (source: object): object => ({ source, type: 'text', payload: { text: long(unit) } })
      const history = Array.from({ length: 50 }, (_, index) => entry(index % 2 === 0 ? byBot : byUser('user_1')))
      const parts = {
        title: long(unit),
        description: long(unit).repeat(5),
        fields: { [long(unit)]: long(unit) },
        history,
      }
      let told = ''
      expect(
        cpuMs(() => (told = brief(parts))),
        unit,
      ).toBeLessThan(1_500)
      expect(Buffer.byteLength(told)).toBeLessThan(250_000)
    }
  })

  it('counts the details that are too many', () => {
    const fields = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'v'.repeat(90)]))
    expect(brief({ title: 'T', fields })).toMatch(/\nf0: v+\n(f\d+: v+\n)+… \d+ more$/)
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
        'Earlier, with an agent:\nTeal: My kettle leaks\nAgent Amber: Hello\nTeal: Hi\nAgent Amber: It is on its way',
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

  it.each<[string, object, string]>([
    ['the title', { title: 'My kettle leaks' }, 'Teal: My kettle leaks\n\nConversation so far:\nBot: Really?'],
    [
      'the description',
      { title: 'Kettle', description: ' my kettle  leaks' },
      'Kettle\nTeal: My kettle leaks\n\nConversation so far:\nBot: Really?',
    ],
    [
      'the description, among other words',
      { title: 'Kettle', description: 'They say: My kettle leaks' },
      'Kettle\nThey say: My kettle leaks\n\nConversation so far:\nBot: Really?\nTeal: My kettle leaks',
    ],
  ])('is told once what they said last and %s says, too', (_, parts, told) => {
    expect(brief({ ...parts, history: [bot('Really?'), user('My kettle leaks')], names })).toBe(told)
  })

  describe('leaves out the plugin’s own texts, also if the bot’s owner has changed them', () => {
    const wait = plugin('Hold on, I call somebody.')
    const back = plugin('You are back with me.')
    it.each<[string, object[], string[]]>([
      [
        'the one that announces a session, in each session',
        [user('a'), wait, agent('Hello'), user('b'), bot('c'), user('d'), wait],
        ['Teal: a', 'Agent Amber: Hello', 'Teal: b', 'Bot: c'],
      ],
      [
        'the end user’s command, and what answers it',
        [user('a'), wait, agent('Hello'), user(' /END '), back, user('b'), bot('c'), user('d'), wait],
        ['Teal: a', 'Agent Amber: Hello', 'Teal: b', 'Bot: c'],
      ],
      [
        'the ones that say who has come and that the agent has left, in each session',
        [
          ...[user('a'), wait, plugin('Amber is here'), agent('Hello'), user('b'), plugin('Amber has left'), bot('c')],
          ...[user('d'), wait, user('e'), plugin('Amber is here'), agent('Hm'), plugin('Amber has left'), user('f')],
          ...[bot('g'), user('h'), wait],
        ],
        [
          'Teal: a',
          'Agent Amber: Hello',
          'Teal: b',
          'Bot: c',
          'Teal: d',
          'Teal: e',
          'Agent Amber: Hm',
          'Teal: f',
          'Bot: g',
        ],
      ],
      ['the same answer elsewhere', [user('/end'), back, user('a'), back, user('b'), wait], ['Teal: a']],
      [
        'the texts that nobody has changed, without a mark',
        [
          user('a'),
          bot('I have escalated this conversation to a human agent. They should be with you shortly.'),
          bot('A human agent has joined the conversation.'),
          agent('Hello'),
          bot('The human agent closed the conversation. I will continue assisting you.'),
          user('b'),
          bot('c'),
          user('d'),
        ],
        ['Teal: a', 'Agent Amber: Hello', 'Teal: b', 'Bot: c'],
      ],
    ])('%s', (_, history, lines) => {
      const told = brief({ title: 'T', history, names }).split('\n')
      expect(
        told.slice(2).filter((line) => line !== '' && !/^(Earlier, with|Since then|Conversation)/.test(line)),
      ).toEqual(lines)
    })

    it.each<[string, object[], string]>([
      [
        'repeated words that may be an agent’s',
        [plugin('Thanks!'), user('a'), plugin('Thanks!'), user('b'), bot('c'), user('d'), wait],
        'Thanks!',
      ],
      [
        'words after a handover that may be an agent’s',
        [user('a'), wait, plugin('Hello'), user('b'), bot('c'), user('d'), wait],
        'Hello',
      ],
      [
        'words between an agent’s that may be another agent’s',
        [user('a'), wait, agent('Hello'), plugin('I take over'), agent('Thanks'), user('b'), bot('c'), user('d')],
        'I take over',
      ],
      [
        'the last words of what may be an agent',
        [user('a'), wait, user('b'), bot('c'), plugin('It is on its way'), user('d')],
        'It is on its way',
      ],
      [
        'a person’s words that hold the command',
        [user('How do I /end this?'), bot('c'), user('d')],
        'How do I /end this?',
      ],
      [
        'a person’s words like the plugin’s',
        [user('A human agent has joined the conversation.'), bot('c'), user('d')],
        'A human agent has joined',
      ],
    ])('but not %s', (_, history, words) => {
      expect(brief({ title: 'T', history, names })).toContain(words)
    })
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
