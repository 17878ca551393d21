import { describe, expect, it } from 'vitest'
import type { MessageHistoryEntry } from '../../bp'
import { composeBriefing, type Briefing } from './briefing'
import { readHistory } from './history'

const opening = 'The bot has handed this conversation over to you.'
type Parts = Omit<Partial<Briefing>, 'history'> & { history?: unknown }
const brief = ({ history = [], ...parts }: Parts): string =>
  composeBriefing({
    title: undefined,
    description: undefined,
    fields: {},
    history: readHistory(history).entries,
    endUserId: 'user_1',
    names: new Map(),
    ...parts,
  })

const byBot = { type: 'bot' } as const
const byUser = (userId: string) => ({ type: 'user', userId }) as const
const card = {
  title: 'Blue shoes',
  subtitle: 'Size 40',
  imageUrl: 'https://example.com/shoes.png',
  actions: [
    { action: 'url', label: 'Look', value: 'https://example.com/shoes' },
    { action: 'postback', label: 'Buy', value: 'internal-code' },
    { action: 'say', label: 'No, thanks', value: 'internal-words' },
  ],
} satisfies Extract<MessageHistoryEntry, { type: 'card' }>['payload']
const options = [
  { label: 'Yes', value: 'internal-1' },
  { label: 'No', value: 'internal-2' },
]

describe('composeBriefing', () => {
  it.each([
    ['title and description', { title: 'Refund', description: 'Order 17' }, 'Refund\nOrder 17'],
    ['the title alone', { title: 'Refund' }, 'Refund'],
    ['the description alone', { description: 'Order 17' }, 'Order 17'],
    ['both without the spaces around them', { title: ' Refund\n', description: '\tOrder 17 ' }, 'Refund\nOrder 17'],
    ['one sentence when there is neither', {}, opening],
    ['one sentence when both are empty', { title: '', description: '' }, opening],
    ['one sentence when both are blank', { title: ' ', description: '\n' }, opening],
  ])('begins with the subject: %s', (_, parts, told) => {
    expect(brief(parts)).toBe(told)
  })

  it('has no heading for an empty conversation', () => {
    expect(brief({ title: 'Refund', history: [] })).not.toMatch(/so far/)
  })

  it('names the speaker before each entry of the conversation', () => {
    const told = brief({
      title: 'Refund',
      history: [
        { source: byBot, type: 'text', payload: { text: 'How can I help?' } },
        { source: byUser('user_1'), type: 'text', payload: { text: 'I want a refund' } },
        { source: byUser('user_2'), type: 'text', payload: { text: 'Me too' } },
      ],
      names: new Map([['user_1', 'Plum']]),
    })
    expect(told).toBe(
      'Refund\nPlum: I want a refund\n\nConversation so far:\nBot: How can I help?\nPlum: I want a refund\nCustomer (ser2): Me too',
    )
  })

  const kinds: Record<MessageHistoryEntry['type'], [MessageHistoryEntry, string]> = {
    text: [{ source: byBot, type: 'text', payload: { text: 'Hello' } }, 'Hello'],
    markdown: [{ source: byBot, type: 'markdown', payload: { markdown: '**Hello**' } }, 'Hello'],
    image: [
      { source: byBot, type: 'image', payload: { imageUrl: 'https://example.com/1', title: 'One' } },
      'Image "One": https://example.com/1',
    ],
    audio: [
      { source: byBot, type: 'audio', payload: { audioUrl: 'https://example.com/1' } },
      'Audio: https://example.com/1',
    ],
    video: [
      { source: byBot, type: 'video', payload: { videoUrl: 'https://example.com/1' } },
      'Video: https://example.com/1',
    ],
    file: [
      { source: byBot, type: 'file', payload: { fileUrl: 'https://example.com/1', title: 'One' } },
      'File "One": https://example.com/1',
    ],
    location: [
      { source: byBot, type: 'location', payload: { latitude: 1, longitude: 2, address: '1 Quay' } },
      '1 Quay\n│ https://www.google.com/maps?q=1,2',
    ],
    card: [
      { source: byBot, type: 'card', payload: card },
      'Blue shoes – Size 40 – Look: https://example.com/shoes – [Buy / No, thanks]',
    ],
    carousel: [
      {
        source: byBot,
        type: 'carousel',
        payload: {
          items: [
            { title: 'One', actions: [] },
            { title: 'Two', actions: [] },
          ],
        },
      },
      'One\n│ Two',
    ],
    choice: [{ source: byBot, type: 'choice', payload: { text: 'Sure?', options } }, 'Sure? [Yes / No]'],
    dropdown: [{ source: byBot, type: 'dropdown', payload: { text: 'Sure?', options } }, 'Sure? [Yes / No]'],
    bloc: [
      {
        source: byBot,
        type: 'bloc',
        payload: {
          items: [
            { type: 'text', payload: { text: 'Look' } },
            { type: 'image', payload: { imageUrl: 'https://example.com/1' } },
            { type: 'markdown', payload: { markdown: '*here*' } },
            { type: 'location', payload: { latitude: 1, longitude: 2 } },
          ],
        },
      },
      'Look\n│ Image: https://example.com/1\n│ here\n│ https://www.google.com/maps?q=1,2',
    ],
  }

  it.each(Object.entries(kinds))('makes a %s readable', (_, [entry, told]) => {
    expect(brief({ history: [entry] })).toBe(`${opening}\n\nConversation so far:\nBot: ${told}`)
  })

  it('does not show the values behind buttons', () => {
    const history = Object.values(kinds).map(([entry]) => entry)
    expect(brief({ history })).not.toMatch(/internal/)
  })

  it('never prints undefined, null or [object Object]', () => {
    const history = Object.values(kinds).map(([entry]) => entry)
    expect(brief({ history })).not.toMatch(/undefined|null|\[object/)
  })

  it('lists the details between the subject and the conversation', () => {
    const told = brief({
      title: 'Refund',
      fields: { Phone: '+48 123', order: ' 17 ', empty: ' ' },
      history: [{ source: byBot, type: 'text', payload: { text: 'Hi' } }],
    })
    expect(told).toBe('Refund\n\nPhone: +48 123\norder: 17\n\nConversation so far:\nBot: Hi')
  })

  it('converts the Markdown of the bot and leaves the words of the end user as typed', () => {
    const text = '**so** 2*3*4 [x](https://a.example)'
    const told = brief({
      history: [
        { source: byBot, type: 'text', payload: { text } },
        { source: byUser('user_1'), type: 'text', payload: { text } },
      ],
    })
    expect(told).toContain('\nBot: so 2*3*4 x (https://a.example)')
    expect(told).toContain('\nCustomer: **so** 2*3*4 [x](https://a.example)')
  })

  describe('a picked option', () => {
    const asked = (type: 'choice' | 'dropdown' = 'choice'): MessageHistoryEntry => ({
      source: byBot,
      type,
      payload: { text: 'Sure?', options: structuredClone(options) },
    })
    const said = (text: string): MessageHistoryEntry => ({ source: byUser('user_1'), type: 'text', payload: { text } })
    const talk = (...history: MessageHistoryEntry[]): string => brief({ history }).split('so far:\n')[1] ?? ''

    it.each([
      ['with its label', 'No'],
      ['with its label in other letter case', ' no '],
      ['with the value behind the button, which the agent does not see', 'internal-2'],
    ])('is marked if the end user answers %s', (_, answer) => {
      for (const type of ['choice', 'dropdown'] as const) {
        expect(talk(asked(type), said(answer))).toBe('Bot: Sure? [Yes / No (chosen)]\nCustomer: No')
      }
    })

    it('is marked if the end user says something else first', () => {
      expect(talk(asked(), said('Hmm'), said('No'))).toContain('/ No (chosen)]')
    })

    it('is marked on a card, but never if it is a link', () => {
      const shown: MessageHistoryEntry = { source: byBot, type: 'carousel', payload: { items: [card] } }
      expect(talk(shown, said('Buy'))).toContain('[Buy (chosen) / No, thanks]')
      expect(talk(shown, said('Look'))).not.toContain('chosen')
    })

    it('belongs to the latest question', () => {
      expect(talk(asked(), asked(), said('No'))).toBe(
        'Bot: Sure? [Yes / No]\nBot: Sure? [Yes / No (chosen)]\nCustomer: No',
      )
    })

    it.each([
      ['the bot said it', [asked(), { ...said('No'), source: byBot }]],
      ['nothing was offered', [said('No')]],
      ['the end user said something else', [asked(), said('Maybe')]],
      ['it was said before the question', [said('No'), asked()]],
      [
        'two options look the same',
        [{ ...asked(), payload: { text: '?', options: [...options, ...options] } }, said('No')],
      ],
    ])('is not marked if %s', (_, history) => {
      expect(talk(...(history as MessageHistoryEntry[]))).not.toContain('chosen')
    })

    it('is the only one, even if the end user then names another', () => {
      expect(talk(asked(), said('No'), said('Yes')).match(/chosen/g)).toHaveLength(1)
    })
  })

  describe('a long conversation', () => {
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

  describe('of an end user who comes back', () => {
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
})
