import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventSchema, type LiveChatEvent } from '../../livechat/schema'
import { choicesOf } from '../choices'
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

  it('ignores the fields of other types', () => {
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
    ['IMAGE/PNG', { type: 'image', payload: { imageUrl: url, title: 'one' } }],
    ['audio/mpeg; rate=1', { type: 'audio', payload: { audioUrl: url, title: 'one' } }],
    [undefined, { type: 'file', payload: { fileUrl: url, title: 'one' } }],
    [7, { type: 'file', payload: { fileUrl: url, title: 'one' } }],
  ])('of content type %j becomes the message that shows it best', (content_type, message) => {
    expect(show({ type: 'file', url, name: 'one', content_type })).toEqual(message)
  })

  it.each([
    ...['png', 'jpeg', 'jpg', 'pjpeg', 'x-png', 'gif', 'webp', 'avif', 'bmp', 'svg+xml', 'x-icon'].map((type) => [
      `image/${type}`,
      'image',
    ]),
    ...['mpeg', 'mp3', 'mp4', 'x-m4a', 'aac', 'ogg', 'opus', 'wav', 'x-wav', 'webm', 'flac'].map((type) => [
      `audio/${type}`,
      'audio',
    ]),
    ...['mp4', 'webm', 'ogg', 'quicktime', '3gpp', 'x-m4v'].map((type) => [`video/${type}`, 'video']),
    ...[
      ...['vnd.dwg', 'x-dwg', 'vnd.adobe.photoshop', 'x-photoshop', 'tiff', 'heic', 'heif', 'vnd.djvu', 'x-djvu'],
      ...['jp2', 'jxl', 'vnd.dxf', 'x-canon-cr2', 'x-adobe-dng', 'emf', 'wmf', 'x-pcx', 'x-portable-bitmap'],
    ].map((type) => [`image/${type}`, 'file']),
    ...['x-mpegurl', 'mpegurl', 'midi', 'x-midi', 'amr', 'basic', 'x-aiff', 'x-ms-wma', 'x-scpls'].map((type) => [
      `audio/${type}`,
      'file',
    ]),
    ...['x-msvideo', 'x-matroska', 'x-ms-wmv', 'x-flv', 'mpeg', 'mp2t', 'vnd.mpegurl'].map((type) => [
      `video/${type}`,
      'file',
    ]),
    ['application/vnd.apple.mpegurl', 'file'],
    ['application/ogg', 'file'],
  ])('of type %s is shown only if browsers and channels can: %s', (content_type, type) => {
    expect(show({ type: 'file', url, content_type })).toMatchObject({ type })
  })

  it.each([
    ['drawing.dwg', 'file'],
    ['photo.HEIC', 'file'],
    ['scan.tif', 'file'],
    ['list.m3u', 'file'],
    ['film.avi', 'file'],
    ['photo.jpg', 'image'],
    ['voice.opus', 'audio'],
    ['film.mov', 'video'],
  ])('of no type is shown by its name %s: %s', (name, type) => {
    expect(show({ type: 'file', url, name, content_type: 'application/octet-stream' })).toMatchObject({ type })
  })

  it.each([
    ['its alternative text, then its name', { name: 'x.png', alternative_text: 'A boat' }, 'A boat (x.png)'],
    ['its name alone if the alternative text is the same', { name: 'x.png', alternative_text: 'x.png' }, 'x.png'],
    ['its alternative text if it has no name', { alternative_text: 'A boat' }, 'A boat'],
    ['its name', { name: 'x.png' }, 'x.png'],
    ['its name if the alternative text is empty', { name: 'x.png', alternative_text: '' }, 'x.png'],
  ])('is titled by %s', (_, fields, title) => {
    expect(show({ type: 'file', url, content_type: 'image/png', ...fields })).toMatchObject({ payload: { title } })
  })

  it.each([
    ['application/octet-stream', 'song.mp3', 'audio'],
    ['binary/octet-stream', 'PHOTO.JPG', 'image'],
    [undefined, 'film.mp4', 'video'],
    ['', 'film.MP4', 'video'],
    [undefined, 'mp4', 'file'],
    ['application/octet-stream', 'thing.unknown', 'file'],
  ])('of content type %j gets its kind from its name %j', (content_type, name, type) => {
    expect(show({ type: 'file', url, name, content_type })).toMatchObject({ type })
  })

  it.each(['javascript:alert(1)', 'data:image/png;base64,AAAA', 'file:///etc/passwd', 'not an address', 'https://'])(
    'at %j, which no channel may open, becomes text',
    (address) => {
      const shown = show({ type: 'file', url: address, name: 'x.png', content_type: 'image/png' })
      expect(shown).toEqual({ type: 'text', payload: { text: `x.png\n${address}` } })
    },
  )

  it.each(['//cdn.livechat-files.com/1', 'cdn.livechat-files.com/1'])('at %j gets the missing scheme', (address) => {
    expect(show({ type: 'file', url: address, content_type: 'image/png' })).toEqual({
      type: 'image',
      payload: { imageUrl: url },
    })
  })

  it('has no title if LiveChat gives no name', () => {
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

describe('a form', () => {
  const form = (...fields: unknown[]) => show({ type: 'form', form_id: 'f', form_type: 'ask_for_email', fields })

  it('becomes a readable question', () => {
    expect(form({ type: 'email', id: '1', label: 'Your e-mail:', required: true })).toEqual({
      type: 'text',
      payload: { text: 'Your e-mail: *' },
    })
  })

  it('shows all its questions with their options', () => {
    const options = [{ id: '1', label: 'Sales' }, { id: 2, label: 'Support' }, { id: '3' }, null]
    expect(
      form({ type: 'name', label: 'Name' }, { type: 'radio', label: 'Topic', required: true, options }, { type: 'x' }),
    ).toEqual({ type: 'text', payload: { text: 'Name\nTopic *\n  • Sales\n  • Support' } })
  })

  it('asks for an e-mail address even if the field has no label', () => {
    expect(form({ type: 'email', id: '1' })).toEqual({ type: 'text', payload: { text: 'E-mail' } })
  })

  it.each([[[]], [[{ type: 'name' }]], [[{ type: 'name', label: ' ' }]], [['x']]])(
    'with fields %j has nothing to show',
    (fields) => {
      expect(form(...fields)).toBeUndefined()
    },
  )
})

describe('an event of another type', () => {
  it.each(['system_message', 'system', 'filled_form', 'custom', 'annotation', 'MESSAGE', 'toString', 'something_new'])(
    '%s is not relayed, whatever it holds',
    (type) => {
      expect(show({ type, text: 'Hello', url, elements: [{ title: 'x' }] })).toBeUndefined()
    },
  )
})

describe('content from an agent', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `w${text}w`)
  const button = fc.record({
    text: words,
    type: fc.constantFrom('message', 'url', 'webview', 'phone', undefined),
    value: words.map((text) => `https://example.com/${encodeURIComponent(text)}`),
    postback_id: fc.uuid(),
    user_ids: fc.constant([]),
  })
  const element = fc.record(
    {
      title: words,
      subtitle: words,
      image: fc.record({ url: fc.webUrl(), name: words }),
      buttons: fc.array(button, { maxLength: 13 }),
    },
    { requiredKeys: [] },
  )
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

  it('keeps every word, picture, address and choice of a rich message', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 10 }), (elements) => {
        const message = rich(...elements)
        const shown = JSON.stringify(message ?? {}, (_, value: unknown) =>
          typeof value === 'string' ? oneLine(value) : value,
        )
        const told = elements.flatMap(({ title, subtitle, image, buttons = [] }) => [
          ...[title, subtitle, image?.url, image?.name],
          ...buttons.map(({ text }) => text),
          ...buttons.filter(({ type }) => type !== 'message' && type !== undefined).map(({ value }) => value),
        ])
        for (const each of told)
          if (each !== undefined) expect(shown).toContain(JSON.stringify(oneLine(each)).slice(1, -1))
        const answers = elements.flatMap(({ buttons = [] }) =>
          buttons.filter(({ type }) => type === 'message' || type === undefined),
        )
        const event = eventOf({ type: 'rich_message', elements })
        expect(choicesOf(event).map(({ postbackId }) => postbackId)).toEqual(answers.map((each) => each.postback_id))
        expect(choicesOf(event).map(({ number }) => number)).toEqual(answers.map((_, index) => index + 1))
      }),
    )
  })

  it('keeps every character of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 2_000 }), (text) => {
        expect(show({ type: 'message', text })).toEqual({ type: 'text', payload: { text } })
      }),
    )
  })
})
