import { describe, expect, it } from 'vitest'
import { eventSchema, type LiveChatEvent } from '../../livechat/schema'
import { toIncomingMessage } from './incoming-message'

const eventOf = (fields: Record<string, unknown>): LiveChatEvent => eventSchema.parse({ id: 'e1', ...fields })
const show = (fields: Record<string, unknown>) => toIncomingMessage(eventOf(fields))
const rich = (...elements: unknown[]) => show({ type: 'rich_message', template_id: 'cards', elements })
const url = 'https://cdn.livechat-files.com/1'

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
          { type: 'text', payload: { text: 'Shoes\nSize 40\n• Look: https://example.com/shoes\n1. Buy' } },
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

  it('numbers its choices across all cards, but no button that opens a page or dials', () => {
    const answer = (text: string) => ({ text, type: 'message', value: text, postback_id: `p-${text}`, user_ids: [] })
    const message = rich(
      { title: 'Shoes', buttons: [answer('Blue'), { ...answer('Look'), type: 'url', value: 'https://a.example' }] },
      { title: 'Hat', buttons: [{ ...answer('Call'), type: 'phone', value: '+1 555' }, answer('Red')] },
    )
    expect(message).toEqual({
      type: 'bloc',
      payload: {
        items: [
          { type: 'text', payload: { text: 'Shoes\n1. Blue\n• Look: https://a.example' } },
          { type: 'text', payload: { text: 'Hat\n• Call: +1 555\n2. Red' } },
        ],
      },
    })
  })

  it('shows a label as one line, so that it cannot pass for several choices', () => {
    const message = rich({ buttons: [{ text: ' Blue\n2. Free\tmoney ', postback_id: 'p', user_ids: [] }] })
    expect(message).toEqual({ type: 'text', payload: { text: '1. Blue 2. Free money' } })
  })

  it('of a shop shows its label and options', () => {
    const ecommerce = {
      view_type: 'select',
      product_id: 'sku-1',
      label: 'Size',
      options: [{ id: '1', label: 'Small', price: 5 }, { name: 'Large' }, {}, 'odd'],
      addons: [{ title: 'Gift wrap' }],
    }
    expect(rich({ title: 'Shirt', ecommerce })).toEqual({
      type: 'text',
      payload: { text: 'Shirt\nSize\n• Small 5\n• Large\n• Gift wrap' },
    })
  })

  it.each([
    ['its alternative text', { alternative_text: 'A boat', name: 'x.png' }, 'A boat'],
    ['its name', { name: 'x.png' }, 'x.png'],
  ])('titles a picture by %s', (_, fields, title) => {
    expect(rich({ image: { url, ...fields } })).toEqual({ type: 'image', payload: { imageUrl: url, title } })
  })

  it('shows a picture whose address no channel may open as text', () => {
    expect(rich({ image: { url: 'javascript:alert(1)' }, title: 'Boat' })).toEqual({
      type: 'text',
      payload: { text: 'javascript:alert(1)\nBoat' },
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
    ['webview', 'javascript:alert(1)', '• Go: javascript:alert(1)'],
  ])('shows a button of type %j with value %j in a usable form', (type, value, line) => {
    expect(rich({ buttons: [{ text: 'Go', type, value }] })).toEqual({ type: 'text', payload: { text: line } })
  })

  it.each([
    ['without elements', {}],
    ['with no element', { elements: [] }],
    ['with elements that are no list', { elements: 'x' }],
    ['with an empty element', { elements: [{}] }],
    ['with a nameless button', { elements: [{ buttons: [{ type: 'message', value: 'x', postback_id: 'p' }] }] }],
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
