import { describe, expect, it } from 'vitest'
import type { MessageHistoryEntry } from '../../bp'
import { composeBriefing } from './briefing/briefing'
import { customerDetails } from './briefing/customer-details'
import { readHistory } from './history'

const token = '7012345678:AAH-x_Yz0123456789abcdefghijklmnopq'
const photo = `https://api.telegram.org/file/bot${token}/photos/file_0.jpg`
const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(6_000)}`
const signed = `https://b.s3.amazonaws.com/a.pdf?X-Amz-Security-Token=${'Fwo'.repeat(900)}&X-Amz-Signature=ab`

const person = { type: 'user', userId: 'user_1' } as const
const bot = { type: 'bot' } as const
const option = { action: 'url', label: 'Open', value: photo } as const
const bye = { source: person, type: 'text', payload: { text: 'Bye' } } as const
/** The conversation in the briefing, which has the end user's last words elsewhere. */
const told = (...said: MessageHistoryEntry[]): string => {
  const history = readHistory([...said, bye]).entries
  const parts = { title: 'T', description: undefined, fields: {}, history, endUserId: 'user_1', names: new Map() }
  return composeBriefing(parts).split('so far:\n').at(-1) ?? ''
}

describe('the history shows', () => {
  const rows: [what: string, entry: MessageHistoryEntry, line: string][] = [
    [
      'a photo whose address is a key',
      { source: person, type: 'image', payload: { imageUrl: photo } },
      'Customer: Image, which cannot be linked safely',
    ],
    [
      'a voice message whose address is a key',
      { source: person, type: 'audio', payload: { audioUrl: photo, title: 'Voice' } },
      'Customer: Audio "Voice", which cannot be linked safely',
    ],
    [
      'a film whose address is a key',
      { source: person, type: 'video', payload: { videoUrl: photo } },
      'Customer: Video, which cannot be linked safely',
    ],
    [
      'a document whose address is a key, by its own name',
      { source: person, type: 'file', payload: { fileUrl: photo, ...{ filename: 'Rechnung März (1).pdf' } } },
      'Customer: File "Rechnung März (1).pdf", which cannot be linked safely',
    ],
    [
      'a photo whose title repeats the address',
      { source: person, type: 'image', payload: { imageUrl: photo, title: photo } },
      'Customer: Image, which cannot be linked safely',
    ],
    [
      'a photo whose title holds a key',
      {
        source: person,
        type: 'image',
        payload: { imageUrl: 'https://a.example/1', title: 'My /api_key/SECRET.jpg now' },
      },
      'Customer: Image "My [a link that cannot be shown safely] now": https://a.example/1',
    ],
    [
      'a document whose own name holds a key',
      {
        source: person,
        type: 'file',
        payload: { fileUrl: 'https://a.example/1', ...{ filename: `xoxb-${'1'.repeat(12)}.pdf` } },
      },
      'Customer: File: https://a.example/1',
    ],
    [
      'a place whose address holds a key',
      { source: person, type: 'location', payload: { latitude: 1, longitude: 2, address: photo } },
      'Customer: [a link that cannot be shown safely]\n│ https://www.google.com/maps?q=1,2',
    ],
    [
      'a key with an invisible character in a card',
      { source: bot, type: 'card', payload: { title: photo.replace('/bot', '/b\u200Bot'), actions: [] } },
      'Bot: [a link that cannot be shown safely]',
    ],
    [
      'the bot’s words without the bytes of a picture',
      { source: bot, type: 'text', payload: { text: `Scan ![code](${picture.slice(0, 10_000)}) now` } },
      'Bot: Scan code ([a file without an address]) now',
    ],
    [
      'several of them',
      {
        source: person,
        type: 'bloc',
        payload: {
          items: [
            { type: 'image', payload: { imageUrl: photo } },
            { type: 'text', payload: { text: 'Look' } },
          ],
        },
      },
      'Customer: Image, which cannot be linked safely\n│ Look',
    ],
    [
      'a card with such addresses',
      {
        source: bot,
        type: 'card',
        payload: { title: 'Card', subtitle: photo, imageUrl: photo, actions: [option] },
      },
      'Bot: Card – [a link that cannot be shown safely] – Open, which cannot be linked safely',
    ],
    [
      'the bot’s words',
      { source: bot, type: 'text', payload: { text: `I have [it](${photo}).` } },
      'Bot: I have it ([a link that cannot be shown safely]).',
    ],
    [
      'what people type, as typed',
      { source: person, type: 'text', payload: { text: `my link: ${photo}` } },
      `Customer: my link: ${photo}`,
    ],
    [
      'a picture that came without an address',
      { source: person, type: 'image', payload: { imageUrl: picture } },
      'Customer: Image, which has no address of its own',
    ],
    [
      'a signed link, whole however long it is',
      { source: person, type: 'file', payload: { fileUrl: signed, title: 'A' } },
      `Customer: File "A": ${signed}`,
    ],
    [
      'a signed link among others, whole',
      {
        source: person,
        type: 'bloc',
        payload: {
          items: [
            { type: 'text', payload: { text: 'x'.repeat(740) } },
            { type: 'file', payload: { fileUrl: signed } },
          ],
        },
      },
      `Customer: ${'x'.repeat(740)}\n│ File: ${signed}`,
    ],
  ]
  it.each(rows)('%s', (_, entry, line) => {
    expect(told(entry)).toBe(line)
  })
})

describe('what a flow fills in', () => {
  it('is shown without keys: title, description and fields', () => {
    const briefing = composeBriefing({
      title: `Photo ${photo}`,
      description: `See ${photo}`,
      fields: { Photo: photo, [photo]: 'x', Hidden: photo.replace('/bot', '/b\u200Bot'), Language: photo },
      history: [],
      endUserId: 'user_1',
      names: new Map(),
    })
    const left = '[a link that cannot be shown safely]'
    expect(briefing).toBe(
      `Photo ${left}\nSee ${left}\n\nPhoto: ${left}\na link that cannot be shown safely: x\nHidden: ${left}\nLanguage: ${left}`,
    )
  })

  it('reaches the customer card without keys: picture and fields', () => {
    const details = customerDetails({ id: 'user_1', pictureUrl: photo, tags: {} }, { Photo: photo })
    expect(JSON.stringify(details)).not.toContain(token)
    expect(details.avatar).toBeUndefined()
    expect(details.session_fields).toContainEqual({ Photo: '[a link that cannot be shown safely]' })
  })

  it('reaches the customer card without keys: name and names of fields', () => {
    const details = customerDetails({ id: 'user_1', name: photo, tags: {} }, { [photo]: 'x' })
    expect(JSON.stringify(details)).not.toContain(token)
  })
})
