import { describe, expect, it } from 'vitest'
import { eventSchema, type LiveChatEvent } from '../livechat/schema'
import { toIncomingMessage } from './incoming-message'

const eventOf = (fields: Record<string, unknown>): LiveChatEvent => eventSchema.parse({ id: 'e1', ...fields })
const show = (fields: Record<string, unknown>) => toIncomingMessage(eventOf(fields))
const rich = (...elements: unknown[]) => show({ type: 'rich_message', template_id: 'cards', elements })
const url = 'https://cdn.livechat-files.com/1'

describe('a message', () => {
  it('becomes a text', () => {
    expect(show({ type: 'message', text: 'Hello' })).toEqual({ type: 'text', payload: { text: 'Hello' } })
  })

  it.each([
    ['no text', {}],
    ['an empty text', { text: '' }],
    ['a text that is no string', { text: 5 }],
  ])('with %s has nothing to show', (_, fields) => {
    expect(show({ type: 'message', ...fields })).toBeUndefined()
  })

  it('shows none of the fields that belong to other types', () => {
    expect(show({ type: 'message', text: 'Hello', url, elements: [{ title: 'x' }] })).toEqual({
      type: 'text',
      payload: { text: 'Hello' },
    })
  })
})

describe('a file', () => {
  it.each([
    ['image/png', { type: 'image', payload: { imageUrl: url, title: 'one' } }],
    ['image/svg+xml', { type: 'image', payload: { imageUrl: url, title: 'one' } }],
    ['audio/mpeg', { type: 'audio', payload: { audioUrl: url, title: 'one' } }],
    ['video/mp4', { type: 'video', payload: { videoUrl: url, title: 'one' } }],
    ['application/pdf', { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    ['text/plain', { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    ['imaginary/png', { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    ['', { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    [undefined, { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    [7, { type: 'file', payload: { fileUrl: url, title: 'one' } }],
  ])('of content type %j becomes the message that shows it best', (content_type, message) => {
    expect(show({ type: 'file', url, name: 'one', content_type })).toEqual(message)
  })

  it.each([
    ['what the agent wrote for those who do not see it', { name: 'x.png', alternative_text: 'A boat' }, 'A boat'],
    ['its name', { name: 'x.png' }, 'x.png'],
    ['its name where the alternative is empty', { name: 'x.png', alternative_text: '' }, 'x.png'],
  ])('is titled by %s', (_, fields, title) => {
    expect(show({ type: 'file', url, content_type: 'image/png', ...fields })).toMatchObject({ payload: { title } })
  })

  it('has no title where LiveChat gives no name', () => {
    expect(show({ type: 'file', url, content_type: 'image/png' })).toEqual({
      type: 'image',
      payload: { imageUrl: url },
    })
  })

  it.each([
    ['no address', {}],
    ['an empty address', { url: '' }],
    ['an address that is no string', { url: null }],
  ])('with %s has nothing to show', (_, fields) => {
    expect(show({ type: 'file', name: 'one', ...fields })).toBeUndefined()
  })
})

describe('a rich message', () => {
  it('shows picture, words and buttons of each card in order', () => {
    expect(
      rich(
        {
          title: 'Shoes',
          subtitle: 'Size 40',
          image: { url, name: 'shoes.png' },
          buttons: [
            { text: 'Look', type: 'url', value: 'https://example.com/shoes', postback_id: 'p1', user_ids: [] },
            { text: 'Buy', type: 'message', value: 'internal', postback_id: 'p2', user_ids: [] },
          ],
        },
        { title: 'Hat' },
      ),
    ).toEqual({
      type: 'bloc',
      payload: {
        items: [
          { type: 'image', payload: { imageUrl: url, title: 'shoes.png' } },
          { type: 'text', payload: { text: 'Shoes\nSize 40\n• Look: https://example.com/shoes\n• Buy' } },
          { type: 'text', payload: { text: 'Hat' } },
        ],
      },
    })
  })

  it('of quick replies is one readable text', () => {
    expect(rich({ title: 'Sure?', buttons: [{ text: 'Yes' }, { text: 'No' }] })).toEqual({
      type: 'text',
      payload: { text: 'Sure?\n• Yes\n• No' },
    })
  })

  it('of a sticker is one image', () => {
    expect(rich({ image: { url } })).toEqual({ type: 'image', payload: { imageUrl: url } })
  })

  it.each([
    ['url', 'https://example.com', '• Go: https://example.com'],
    ['webview', 'https://example.com', '• Go: https://example.com'],
    ['phone', '+1 555 0100', '• Go: +1 555 0100'],
    ['message', 'internal', '• Go'],
    ['invented', 'internal', '• Go'],
    [undefined, 'internal', '• Go'],
    ['url', undefined, '• Go'],
    ['url', '', '• Go'],
    ['phone', 'Go', '• Go'],
  ])('prints a button of type %j with value %j so that it can be used', (type, value, line) => {
    expect(rich({ buttons: [{ text: 'Go', type, value }] })).toEqual({ type: 'text', payload: { text: line } })
  })

  it.each([
    ['without elements', {}],
    ['with no element', { elements: [] }],
    ['with elements that are no list', { elements: 'x' }],
    ['with an empty element', { elements: [{}] }],
    ['with a nameless button', { elements: [{ buttons: [{ type: 'url', value: 'https://example.com' }] }] }],
    ['with an image without an address', { elements: [{ image: { name: 'x' } }] }],
    ['with empty words', { elements: [{ title: '', subtitle: '' }] }],
  ])('%s has nothing to show', (_, fields) => {
    expect(show({ type: 'rich_message', ...fields })).toBeUndefined()
  })

  it.each([null, 'x', 5, []])('shows the readable elements beside the unreadable one %j', (unreadable) => {
    expect(rich(unreadable, { title: 'Shoes' })).toEqual({ type: 'text', payload: { text: 'Shoes' } })
  })

  it.each([null, 'x', 5, []])('shows the readable buttons beside the unreadable one %j', (unreadable) => {
    expect(rich({ buttons: [unreadable, { text: 'Go' }] })).toEqual({ type: 'text', payload: { text: '• Go' } })
  })

  it('shows what is readable of an element with a broken part', () => {
    expect(rich({ title: 'Shoes', subtitle: 5, image: 'x', buttons: {} })).toEqual({
      type: 'text',
      payload: { text: 'Shoes' },
    })
  })
})

describe('an event of another type', () => {
  it.each([
    'system_message',
    'system',
    'filled_form',
    'form',
    'custom',
    'annotation',
    'MESSAGE',
    'toString',
    'something_new',
  ])('%s is not relayed, whatever it holds', (type) => {
    expect(show({ type, text: 'Hello', url, elements: [{ title: 'x' }] })).toBeUndefined()
  })
})
