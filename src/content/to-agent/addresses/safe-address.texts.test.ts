import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../../../test/helpers/cpu-time'
import { isKey, withoutKeys } from './safe-address'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

describe('a text that a flow or bot fills in', () => {
  const left = '[a link that cannot be shown safely]'
  it.each([
    ['keys by their look', 'It is xoxb-123456789-abc.', `It is ${left}.`],
    ['a JSON web token', `Use ${jwt}!`, `Use ${left}!`],
    ['a password with a blank', 'See https://user:my pass@files.example/a, ok', `See ${left}, ok`],
    ['a password with a quote', 'See https://user:my"pass@files.example/a, ok', `See ${left}, ok`],
    ['an address without a scheme', 'See //user:PW@files.example/a', `See ${left}`],
    ['an encoded address', `See ${encodeURIComponent('https://u:p@files.example')}`, `See ${left}`],
    ['an address behind a word', 'Photo:https://u:p@files.example', `Photo:${left}`],
    ['a link in Markdown', '[photo](https://u:p@files.example)', `[photo](${left})`],
    ['a tab in the key', 'See https://api.telegram.org/file/bot123\t:ABC/x now', `See ${left} now`],
    ['an invisible character in the key', 'See https://api.telegram.org/file/b\u200Bot123:ABC/x', `See ${left}`],
    ['columns', `a\thttps://u:p@files.example\tb`, `a\t${left}`],
  ])('is shown without %s', (_, text, shown) => {
    expect(withoutKeys(text)).toBe(shown)
  })

  it.each([
    'Mail jo@example.com or call 10:30',
    'See https://example.com:8080 or mail jo@example.com',
    'See https://example.com: mail jo@example.com',
    '{"site":"https://a.example","mail":"jo@a.example","port":"https://a.example:80"}',
    'Password = secret, and/or user: x',
    'Email:jo@example.com Tel:+1/555',
    'C:\\temp\\a.pdf and /var/log/x',
    '50% = 1/2 @ home',
  ])('stays as it is otherwise: %s', (text) => {
    expect(withoutKeys(text)).toBe(text)
  })
})

describe('the search for keys', () => {
  it.each([
    'https://a.example/?',
    'https://api.telegram.org/',
    'eyJ',
    'eyJa.',
    '/bot1',
    'SG.a',
    'xoxb',
    '%2568ttp://',
    'http://',
    '://@',
    'Bearer ',
    'a=',
    ')',
    ';',
  ])('takes time in proportion to the length: %j', (unit) => {
    const long = unit.repeat(50_000 / unit.length)
    const tookMs = cpuMs(() => {
      for (const text of [long, `https://files.example/${long}`]) {
        isKey(text)
        withoutKeys(text)
      }
    })
    expect(tookMs).toBeLessThan(1_500)
  })

  it('never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), (text, url) => {
        isKey(text)
        isKey(url + text)
        expect(withoutKeys(text.replace(/:|telegram/g, ''))).toBe(text.replace(/:|telegram/g, ''))
      }),
    )
  })
})
