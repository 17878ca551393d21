import { describe, expect, it } from 'vitest'
import type { MessageHistoryEntry } from '../bp'
import { composeBriefing, type Briefing } from './briefing'

const opening = 'A conversation with the bot was handed over to you.'
const brief = (parts: Partial<Briefing>): string =>
  composeBriefing({ title: undefined, description: undefined, history: [], names: new Map(), ...parts })

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
  ])('says what it is about: %s', (_, parts, told) => {
    expect(brief(parts)).toBe(told)
  })

  it('has no heading for a conversation of no words', () => {
    expect(brief({ title: 'Refund', history: [] })).not.toMatch(/so far/)
  })

  it('tells the conversation line by line with who said what', () => {
    const told = brief({
      title: 'Refund',
      history: [
        { source: byBot, type: 'text', payload: { text: 'How can I help?' } },
        { source: byUser('user_1'), type: 'text', payload: { text: 'I want a refund' } },
        { source: byUser('user_2'), type: 'text', payload: { text: 'Me too' } },
      ],
      names: new Map([['user_1', 'Ada']]),
    })
    expect(told).toBe('Refund\n\nConversation so far:\nBot: How can I help?\nAda: I want a refund\nCustomer: Me too')
  })

  const kinds: Record<MessageHistoryEntry['type'], [MessageHistoryEntry, string]> = {
    text: [{ source: byBot, type: 'text', payload: { text: 'Hello' } }, 'Hello'],
    markdown: [{ source: byBot, type: 'markdown', payload: { markdown: '**Hello**' } }, '**Hello**'],
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
      '1 Quay\nhttps://www.google.com/maps?q=1,2',
    ],
    card: [
      { source: byBot, type: 'card', payload: card },
      'Blue shoes\nSize 40\nhttps://example.com/shoes.png\n  • Look: https://example.com/shoes\n  • Buy\n  • No, thanks',
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
      'One\nTwo',
    ],
    choice: [{ source: byBot, type: 'choice', payload: { text: 'Sure?', options } }, 'Sure?\n  • Yes\n  • No'],
    dropdown: [{ source: byBot, type: 'dropdown', payload: { text: 'Sure?', options } }, 'Sure?\n  • Yes\n  • No'],
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
      'Look\nImage: https://example.com/1\n*here*\nhttps://www.google.com/maps?q=1,2',
    ],
  }

  it.each(Object.entries(kinds))('makes a %s readable', (_, [entry, told]) => {
    expect(brief({ history: [entry] })).toBe(`${opening}\n\nConversation so far:\nBot: ${told}`)
  })

  it('shows the agent no code that a button stands for', () => {
    const history = Object.values(kinds).map(([entry]) => entry)
    expect(brief({ history })).not.toMatch(/internal/)
  })

  it('never says undefined, null or [object Object]', () => {
    const history = Object.values(kinds).map(([entry]) => entry)
    expect(brief({ history })).not.toMatch(/undefined|null|\[object/)
  })
})
