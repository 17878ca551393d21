import { describe, expect, it } from 'vitest'
import { opening, brief, byBot, byUser, card, options } from '../../../../test/helpers/brief'
import type { MessageHistoryEntry } from '../../../bp'

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

  it('shows what was said before a bare word, if there is more to read than a few lines', () => {
    const bot = { source: byBot, type: 'text', payload: { text: 'Sorry?' } }
    const user = (text: string) => ({ source: byUser('user_1'), type: 'text', payload: { text } })
    const history = [user('Hi'), bot, user('Charged twice'), bot, user('Twice!'), bot, user('agent')]
    expect(brief({ title: 'agent', history }).split('\n').slice(0, 3)).toEqual([
      'Customer: Twice!',
      'Customer: agent',
      '',
    ])
    expect(brief({ title: 'Money', history })).toMatch(/^Money\nCustomer: agent\n\n/)
    expect(brief({ title: 'agent', history: history.slice(2) })).toMatch(/^Customer: agent\n\n/)
  })

  it('has no blank lines in the bot’s words', () => {
    const message = (source: object) => ({ source, type: 'text', payload: { text: 'a\n\n- b\n\nc' } })
    const told = brief({ history: [message(byUser('user_2')), message(byBot), message(byUser('user_1'))] })
    expect(told).toContain('Bot: a\n│ • b\n│ c')
    expect(told).toContain('│ - b\n│ \n│ c')
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

    it.each<[string, string[], string, string]>([
      ['its number', ['Mortgage', 'Loan'], '2', '[Mortgage / Loan (chosen)]\nCustomer: 2 (Loan)'],
      ['its number with marks', ['Mortgage', 'Loan'], ' #1. ', '[Mortgage (chosen) / Loan]\nCustomer: #1. (Mortgage)'],
      [
        'the number in its label',
        ['1 month', '3 months'],
        '3',
        '[1 month / 3 months (chosen)]\nCustomer: 3 (3 months)',
      ],
      ['a number that none has', ['1 month', '3 months'], '2', '[1 month / 3 months]'],
      ['a number above theirs', ['Mortgage', 'Loan'], '3', '[Mortgage / Loan]'],
      ['a number among words', ['Mortgage', 'Loan'], '2 please', '[Mortgage / Loan]'],
    ])('is marked for what its labels say: %s', (_, labels, answer, told) => {
      const question = { ...asked(), payload: { text: '?', options: labels.map((label) => ({ label, value: label })) } }
      expect(talk(question as MessageHistoryEntry, said(answer))).toBe(`Bot: ? ${told}`)
    })

    it('is not marked for a number that may answer a later question', () => {
      const later: MessageHistoryEntry = { ...said('How many?'), source: byBot }
      expect(talk(asked(), later, said('2'))).not.toContain('chosen')
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
})
