import { describe, expect, it } from 'vitest'
import { verifySecret } from './verify'

const secret = 'correct horse battery staple'
const wrong = { valid: false, reason: 'secret_wrong' }
const missing = { valid: false, reason: 'secret_missing' }

describe('verifySecret', () => {
  it('accepts the configured secret', () => {
    expect(verifySecret({ action: 'x', secret_key: secret }, [secret])).toEqual({ valid: true })
  })

  it('accepts the old and the new secret while it is being changed', () => {
    for (const given of [secret, 'older']) {
      expect(verifySecret({ secret_key: given }, [secret, 'older'])).toEqual({ valid: true })
    }
  })

  it('accepts a secret of any script and length', () => {
    for (const odd of ['ключ 漢字 🔑', 'x'.repeat(10_000), '"quotes" \\ and\nbreaks', ' spaces around ']) {
      expect(verifySecret({ secret_key: odd }, [odd])).toEqual({ valid: true })
    }
  })

  it.each([
    ['another one', 'incorrect'],
    ['a beginning of it', secret.slice(0, -1)],
    ['one that begins with it', `${secret}!`],
    ['another letter case', secret.toUpperCase()],
    ['a space in front', ` ${secret}`],
    ['a space at the end', `${secret} `],
    ['a line break at the end', `${secret}\n`],
    ['a null character at the end', `${secret}\0`],
    ['nothing', ''],
    ['a space', ' '],
    ['the word undefined', 'undefined'],
  ])('refuses %s', (_, given) => {
    expect(verifySecret({ secret_key: given }, [secret, undefined])).toEqual(wrong)
  })

  it('does not treat two encodings of one letter as the same', () => {
    expect(verifySecret({ secret_key: 'cle\u0301' }, ['cl\u00e9'])).toEqual(wrong)
  })

  it.each([
    ['absent', {}],
    ['null', { secret_key: null }],
    ['undefined', { secret_key: undefined }],
    ['a number', { secret_key: 5 }],
    ['true', { secret_key: true }],
    ['a list that holds it', { secret_key: [secret] }],
    ['an object that prints as it', { secret_key: { toString: () => secret } }],
    ['somewhere deeper', { payload: { secret_key: secret }, additional_data: { secret_key: secret } }],
    ['under another name', { Secret_Key: secret, secretKey: secret, secret: secret }],
    ['inherited', Object.create({ secret_key: secret }) as object],
  ])('refuses a body in which the secret is %s', (_, body) => {
    expect(verifySecret(body, [secret])).toEqual(missing)
  })

  it.each([null, undefined, secret, 5, true, [], [secret], [{ secret_key: secret }]])(
    'refuses %j, which is not an object with a secret',
    (body) => {
      expect(verifySecret(body, [secret])).toEqual(missing)
    },
  )

  it.each([
    ['none', []],
    ['undefined', [undefined, undefined]],
    ['an empty one', ['', undefined]],
    ['a blank one', ['  \n', undefined]],
  ])('accepts nothing, not even the same value, when the configured secret is %s', (_, secrets) => {
    for (const given of ['', '  \n', undefined, 'undefined', secret]) {
      expect(verifySecret({ secret_key: given }, secrets)).toEqual({ valid: false, reason: 'no_secret_configured' })
    }
  })

  it('does not accept an empty secret because the second one is empty', () => {
    expect(verifySecret({ secret_key: '' }, [secret, ''])).toEqual(wrong)
  })

  it('reveals neither secret', () => {
    const verification = verifySecret({ secret_key: 'given' }, [secret])
    expect(JSON.stringify(verification)).toBe('{"valid":false,"reason":"secret_wrong"}')
  })
})
