import { describe, expect, it } from 'vitest'
import { describeLocation, partsOf, type OutgoingPart } from './outgoing-parts'

const text = (words: string): OutgoingPart => ({ kind: 'text', text: words })
const image: OutgoingPart = {
  kind: 'media',
  mediaType: 'image',
  url: 'https://example.com/1',
  title: undefined,
  fileName: undefined,
}

describe('partsOf', () => {
  it('turns a text into one text', () => {
    expect(partsOf.text({ text: 'Hello' })).toEqual([text('Hello')])
  })

  it.each([
    ['image', partsOf.image({ imageUrl: 'https://example.com/1', title: 'One' })],
    ['audio', partsOf.audio({ audioUrl: 'https://example.com/1', title: 'One' })],
    ['video', partsOf.video({ videoUrl: 'https://example.com/1', title: 'One' })],
    ['file', partsOf.file({ fileUrl: 'https://example.com/1', title: 'One' })],
  ])('turns a message of type %s into one file with its title', (mediaType, parts) => {
    expect(parts).toEqual([{ kind: 'media', mediaType, url: 'https://example.com/1', title: 'One' }])
  })

  it.each([
    ['image', partsOf.image({ imageUrl: 'https://example.com/1' })],
    ['audio', partsOf.audio({ audioUrl: 'https://example.com/1' })],
    ['video', partsOf.video({ videoUrl: 'https://example.com/1' })],
    ['file', partsOf.file({ fileUrl: 'https://example.com/1' })],
  ])('needs no title for a message of type %s', (mediaType, parts) => {
    expect(parts).toEqual([{ kind: 'media', mediaType, url: 'https://example.com/1', title: undefined }])
  })

  it.each<[unknown, string | undefined]>([
    ['Rechnung März (1).pdf', 'Rechnung März (1).pdf'],
    [' a.pdf ', 'a.pdf'],
    ['', undefined],
    [null, undefined],
    [7, undefined],
  ])('takes over the name that a channel gives: %j', (filename, fileName) => {
    const payload = { fileUrl: 'https://example.com/1', ...{ filename } }
    const expected = [{ kind: 'media', mediaType: 'file', url: 'https://example.com/1', fileName }]
    expect(partsOf.file(payload)).toEqual(expected)
    expect(partsOf.bloc({ items: [{ type: 'file', payload }] })).toEqual(expected)
  })

  it('converts all seven kinds of items of a bloc, in order', () => {
    const parts = partsOf.bloc({
      items: [
        { type: 'image', payload: { imageUrl: 'https://example.com/1' } },
        { type: 'text', payload: { text: 'Hello' } },
        { type: 'audio', payload: { audioUrl: 'https://example.com/2' } },
        { type: 'markdown', payload: { markdown: '**Hello**' } },
        { type: 'video', payload: { videoUrl: 'https://example.com/3' } },
        { type: 'location', payload: { latitude: 1.5, longitude: -2.5, title: 'Harbour' } },
        { type: 'file', payload: { fileUrl: 'https://example.com/4', title: 'Four' } },
      ],
    })
    expect(parts).toEqual([
      image,
      text('Hello'),
      { kind: 'media', mediaType: 'audio', url: 'https://example.com/2', title: undefined },
      text('Hello'),
      { kind: 'media', mediaType: 'video', url: 'https://example.com/3', title: undefined },
      text('Harbour\nhttps://www.google.com/maps?q=1.5,-2.5'),
      { kind: 'media', mediaType: 'file', url: 'https://example.com/4', title: 'Four' },
    ])
  })

  it('joins neighbouring texts of a bloc, so that the agent is notified once', () => {
    const parts = partsOf.bloc({
      items: [
        { type: 'text', payload: { text: 'one' } },
        { type: 'markdown', payload: { markdown: 'two' } },
        { type: 'location', payload: { latitude: 0, longitude: 0 } },
        { type: 'image', payload: { imageUrl: 'https://example.com/1' } },
        { type: 'text', payload: { text: 'three' } },
      ],
    })
    expect(parts).toEqual([text('one\ntwo\nhttps://www.google.com/maps?q=0,0'), image, text('three')])
  })

  it('does not join texts across a file', () => {
    const parts = partsOf.bloc({
      items: [
        { type: 'text', payload: { text: 'one' } },
        { type: 'image', payload: { imageUrl: 'https://example.com/1' } },
        { type: 'text', payload: { text: 'two' } },
      ],
    })
    expect(parts).toEqual([text('one'), image, text('two')])
  })

  it('gives no parts for a bloc without items', () => {
    expect(partsOf.bloc({ items: [] })).toEqual([])
  })

  it('ignores the fields that the plugin adds', () => {
    const added = { userId: 'user_1', additionalData: 'internal', undeclared: 'internal' }
    const everything = [
      ...partsOf.text({ text: 'Hello', ...added }),
      ...partsOf.image({ imageUrl: 'https://example.com/1', ...added }),
      ...partsOf.audio({ audioUrl: 'https://example.com/1', ...added }),
      ...partsOf.video({ videoUrl: 'https://example.com/1', ...added }),
      ...partsOf.file({ fileUrl: 'https://example.com/1', ...added }),
      ...partsOf.bloc({ items: [{ type: 'text', payload: { text: 'Hello' } }], ...added }),
    ]
    expect(everything).toHaveLength(6)
    expect(JSON.stringify(everything)).not.toMatch(/internal|user_1/)
  })
})

describe('describeLocation', () => {
  const map = 'https://www.google.com/maps?q=48.85,2.35'

  it.each([
    ['name, address and map', { title: 'Café', address: '1 Quay' }, `Café\n1 Quay\n${map}`],
    ['name and map', { title: 'Café' }, `Café\n${map}`],
    ['address and map', { address: '1 Quay' }, `1 Quay\n${map}`],
    ['the map alone', {}, map],
    ['the map alone if name and address are empty', { title: '', address: '' }, map],
  ])('shows %s', (_, words, shown) => {
    expect(describeLocation({ latitude: 48.85, longitude: 2.35, ...words })).toBe(shown)
  })
})
