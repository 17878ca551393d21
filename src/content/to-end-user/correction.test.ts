import { describe, expect, it } from 'vitest'
import { correctionOf, fingerprint } from './correction'
import type { IncomingMessage } from './incoming-message'

const text = (words: string): IncomingMessage & { type: 'text' } => ({ type: 'text', payload: { text: words } })
const image = { type: 'image', payload: { imageUrl: 'https://example.com/1', title: 'One' } } as const

describe('correctionOf', () => {
  it.each<[string, IncomingMessage, IncomingMessage]>([
    ['a text', text('at 5'), text('Correction: at 5')],
    ['a picture', image, { type: 'bloc', payload: { items: [text('Correction:'), image] } }],
    [
      'several things',
      { type: 'bloc', payload: { items: [image, text('at 5')] } },
      { type: 'bloc', payload: { items: [text('Correction:'), image, text('at 5')] } },
    ],
  ])('announces the correction of %s and shows the new content', (_, message, correction) => {
    expect(correctionOf(message, 'Correction:')).toEqual(correction)
  })
})

describe('fingerprint', () => {
  it('does not depend on the order of fields', () => {
    const turned = { payload: { title: 'One', imageUrl: 'https://example.com/1' }, type: 'image' }
    expect(fingerprint(turned)).toBe(fingerprint(image))
  })

  it.each<[string, { type: string; payload: unknown }]>([
    ['another word', text('at 6')],
    ['another type', { type: 'markdown', payload: { text: 'at 5' } }],
    ['another field', { type: 'text', payload: { text: 'at 5', title: 'x' } }],
  ])('differs for %s', (_, message) => {
    expect(fingerprint(message)).not.toBe(fingerprint(text('at 5')))
  })

  it('depends on the order of items', () => {
    const items = [text('a'), text('b')]
    expect(fingerprint({ type: 'bloc', payload: { items } })).not.toBe(
      fingerprint({ type: 'bloc', payload: { items: [...items].reverse() } }),
    )
  })

  it('is short enough for a tag and reveals nothing of the message', () => {
    expect(fingerprint(text('secret'))).toMatch(/^[0-9a-f]{16}$/)
  })
})
