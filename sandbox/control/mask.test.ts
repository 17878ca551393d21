import { describe, expect, it } from 'vitest'
import { MASK, Masker } from './mask'

describe('the masker', () => {
  it.each([
    ['a token', { access_token: 'dal:0123456789' }, { access_token: MASK }],
    ['a webhook secret', { secret_key: 'abc', action: 'incoming_chat' }, { secret_key: MASK, action: 'incoming_chat' }],
    [
      'a customer kept in a state',
      { customers: [{ id: 'c', secret: 'x' }] },
      { customers: [{ id: 'c', secret: MASK }] },
    ],
    ['a token that is absent', { token: null }, { token: null }],
    ['nothing secret', { text: 'Hello', count: 2 }, { text: 'Hello', count: 2 }],
  ])('shows %s', (_name, value, shown) => {
    expect(new Masker().value(value)).toEqual(shown)
  })

  it('hides a secret everywhere once it has seen it', () => {
    const masker = new Masker()
    masker.value({ access_token: 'dal:0123456789' })
    expect(masker.text('GET /?t=dal:0123456789')).toBe(`GET /?t=${MASK}`)
  })

  it('hides the secrets that it was given at the start', () => {
    expect(new Masker(['sandbox-secret']).text('{"key":"sandbox-secret"}')).toContain(MASK)
  })

  it('hides signatures and bearer tokens in text that is not JSON', () => {
    expect(new Masker().text('https://files/1?expires=1&signature=abc Bearer xyz')).toBe(
      `https://files/1?expires=1&signature=${MASK} Bearer ${MASK}`,
    )
  })
})
