import { describe, expect, it } from 'vitest'
import { MASK, Masker, unmask } from './mask'

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

describe('headers', () => {
  it.each([
    ['authorization', 'Bearer dal:0123456789', MASK],
    ['cookie', '__lc_cst=0123456789', MASK],
    ['set-cookie', '__lc_cst=0123456789', MASK],
    ['x-bp-configuration', Buffer.from('{"webhookSecret":"abc"}').toString('base64'), MASK],
    ['content-type', 'application/json', 'application/json'],
  ])('%s', (name, value, shown) => {
    expect(new Masker().headers({ [name]: value })).toEqual({ [name]: shown })
  })
})

it('hides the token of a Telegram bot in an address', () => {
  expect(new Masker().text('https://api.telegram.org/file/bot1:abc/photos/1.jpg')).toBe(
    `https://api.telegram.org/file/bot${MASK}/photos/1.jpg`,
  )
})

it.each([
  ['Basic dXNlcjpwYXNzd29yZDEyMw==', `Basic ${MASK}`],
  ['Our Basic kettle costs 10', 'Our Basic kettle costs 10'],
])('in %s hides credentials only', (text, shown) => {
  expect(new Masker().text(text)).toBe(shown)
})

it('puts the secrets back into what somebody has edited, and nothing else', () => {
  const original = JSON.stringify({ secret_key: 'abc', payload: { text: 'Hello' }, list: [{ token: 'x' }] })
  const edited = JSON.stringify({ secret_key: MASK, payload: { text: 'Bye' }, list: [{ token: MASK }], more: 1 })
  expect(JSON.parse(unmask(edited, original))).toEqual({
    ...{ secret_key: 'abc', payload: { text: 'Bye' }, list: [{ token: 'x' }], more: 1 },
  })
})
