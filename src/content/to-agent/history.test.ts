import { describe, expect, it } from 'vitest'
import { readHistory } from './history'

const byUser = { type: 'user', userId: 'user_1' }
const said = (entry: unknown) => readHistory([entry]).entries.flatMap((each) => each.said)
const media = { kind: 'media', mediaType: 'image', url: 'https://a.example/1', title: undefined }

describe('readHistory', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list of what are no messages', [null, 7, 'x', []].map((payload) => ({ source: null, type: 'text', payload }))],
    ['an empty message', [{ source: byUser, type: 'bloc', payload: { items: [] } }]],
  ])('reads nothing from %s', (_, given) => {
    expect(readHistory(given).entries).toEqual([])
  })

  it.each<[string, string, unknown, unknown[]]>([
    [
      'a text with fields of a channel',
      'text',
      { text: 'Hi', fileId: 'f', metadata: { a: 1 } },
      [{ kind: 'text', text: 'Hi' }],
    ],
    [
      'a picture with a field of the webchat',
      'image',
      { imageUrl: 'https://a.example/1', fileId: 'file_1' },
      [expect.objectContaining(media)],
    ],
    [
      'a picture with a title that is none',
      'image',
      { imageUrl: 'https://a.example/1', title: null },
      [expect.objectContaining(media)],
    ],
    ['a picture without an address', 'image', { title: 'Leak' }, [{ kind: 'text', text: 'Leak' }]],
    ['a number as text', 'text', { text: 4711 }, [{ kind: 'text', text: '4711' }]],
    ['an unknown type with words', 'sticker', { text: 'Wow' }, [{ kind: 'text', text: 'Wow' }]],
    [
      'an unknown type with an address',
      'voice',
      { audioUrl: 'https://a.example/1' },
      [expect.objectContaining({ mediaType: 'audio' })],
    ],
    [
      'an unknown type with options',
      'quickReplies',
      { text: '?', options: [{ label: 'Yes' }, null, {}] },
      [{ kind: 'choice', text: '?', options: [{ label: 'Yes', value: 'Yes' }] }],
    ],
    ['an unknown type with nothing', 'reaction', { code: [1] }, [{ kind: 'unknown' }]],
    ['an unknown type with an emoji', 'reaction', { emoji: '👍' }, [{ kind: 'text', text: '👍' }]],
    ['an unknown type with words elsewhere', 'html', { body: 'Wow' }, [{ kind: 'text', text: 'Wow' }]],
    [
      'an unknown type with an address of its own',
      'sticker',
      { stickerUrl: 'https://a.example/1' },
      [expect.objectContaining({ mediaType: 'file', url: 'https://a.example/1' })],
    ],
    [
      'a picture with another field for its address',
      'image',
      { url: 'https://a.example/1' },
      [expect.objectContaining(media)],
    ],
    [
      'a card with nothing but a picture',
      'card',
      { imageUrl: 'https://a.example/1' },
      [expect.objectContaining(media)],
    ],
    ['yes or no as text', 'text', { text: true }, [{ kind: 'text', text: 'true' }]],
    [
      'options that are texts, or have a title',
      'choice',
      { text: '?', options: ['Yes', { title: 'No', value: 'n' }] },
      [
        {
          kind: 'choice',
          text: '?',
          options: [
            { label: 'Yes', value: 'Yes' },
            { label: 'No', value: 'n' },
          ],
        },
      ],
    ],
    [
      'numbers as text',
      'location',
      { latitude: '1.5', longitude: ' 2 ' },
      [{ kind: 'location', location: { latitude: 1.5, longitude: 2, title: undefined, address: undefined } }],
    ],
    [
      'items of a bloc without a payload',
      'bloc',
      { items: [{ type: 'text', text: 'Hi' }] },
      [{ kind: 'text', text: 'Hi' }],
    ],
    [
      'a card without actions',
      'card',
      { title: 'One', actions: null },
      [{ kind: 'cards', cards: [{ title: 'One', subtitle: undefined, links: [], options: [] }] }],
    ],
    [
      'a carousel with an odd card',
      'carousel',
      { items: [null, { title: 'One' }] },
      [{ kind: 'cards', cards: [{ title: 'One', subtitle: undefined, links: [], options: [] }] }],
    ],
    [
      'a location without a place',
      'location',
      { address: '1 Quay', latitude: null },
      [
        {
          kind: 'location',
          location: { address: '1 Quay', title: undefined, latitude: undefined, longitude: undefined },
        },
      ],
    ],
    [
      'a bloc with odd items',
      'bloc',
      { items: [null, { type: 'sticker', payload: { x: 1 } }, { type: 'text', payload: { text: 'Hi', fileId: 'f' } }] },
      [{ kind: 'unknown' }, { kind: 'unknown' }, { kind: 'text', text: 'Hi' }],
    ],
  ])('reads %s', (_, type, payload, read) => {
    expect(said({ source: byUser, type, payload })).toEqual(read)
  })

  it('reads a message that holds its words itself', () => {
    expect(said({ source: byUser, type: 'text', text: 'Hi' })).toEqual([{ kind: 'text', text: 'Hi' }])
  })

  it('reads a bloc in a bloc, but not endlessly', () => {
    let bloc: object = { text: 'Hi' }
    let type = 'text'
    for (let depth = 0; depth < 2_000; depth += 1) {
      bloc = { items: [{ type, payload: bloc }] }
      type = 'bloc'
    }
    expect(readHistory([{ source: byUser, type, payload: bloc }]).entries).toEqual([])
  })

  it.each<[string, unknown, object]>([
    ['a user', { source: byUser, type: 'text', payload: { text: 'Hi' } }, { type: 'user', userId: 'user_1' }],
    [
      'a user without an id',
      { source: { type: 'user' }, type: 'text', payload: { text: 'Hi' } },
      { type: 'user', userId: '' },
    ],
    ['the bot', { source: { type: 'bot' }, type: 'text', payload: { text: 'Hi' } }, { type: 'bot' }],
    [
      'the plugin',
      { source: { type: 'bot' }, type: 'text', payload: { type: 'text', text: 'Hi' } },
      { type: 'plugin' },
    ],
    [
      'an agent',
      { source: { type: 'bot' }, type: 'text', payload: { type: 'text', text: 'Hi', userId: 'user_9' } },
      { type: 'agent', userId: 'user_9' },
    ],
    ['nobody that we know', { source: null, type: 'text', payload: { text: 'Hi' } }, { type: 'user', userId: '' }],
  ])('tells who said it: %s', (_, entry, speaker) => {
    expect(readHistory([entry]).entries[0]?.speaker).toEqual(speaker)
  })

  it('counts the messages that show nothing', () => {
    const empty = [
      { source: byUser, type: 'text', payload: { text: '' } },
      { source: byUser, type: 'image', payload: 'x' },
      { source: byUser, type: 'bloc', payload: {} },
      { source: byUser, type: 'text', payload: { text: ' \n ' } },
      { source: byUser, type: 'location', payload: { latitude: 1 } },
    ]
    expect(readHistory([...empty, { source: byUser, type: 'text', payload: { text: 'Hi' } }]).emptyCount).toBe(5)
  })

  it('names the types that it cannot show, and no words', () => {
    const unknown = (type: string) => ({ source: byUser, type, payload: { code: [1] } })
    expect(readHistory([unknown('reaction'), unknown('reaction'), unknown('my secret words')]).unreadTypes).toEqual([
      'reaction',
      '(unusual type)',
    ])
  })
})
