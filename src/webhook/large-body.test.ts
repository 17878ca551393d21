import { describe, expect, it } from 'vitest'
import { createHost } from '../../test/helpers/in-process'
import { webhookSecret } from '../../sandbox/start-sandbox'
import { isWorthParsing } from './large-body'

const secret = 'ключ "quoted" \\ and\nbroken'
const filler = 'x'.repeat(100_000)
const escaped = Array.from(secret, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const fit = (body: string): string => body.slice(0, 1024 * 1024)

describe('a large body is parsed if it holds the secret', () => {
  it.each([
    ['first', JSON.stringify({ secret_key: secret, filler })],
    ['last', JSON.stringify({ filler, secret_key: secret })],
    [
      'after another key of that name',
      JSON.stringify({ payload: { secret_key: 'other' }, filler, secret_key: secret }),
    ],
    ['with spaces and line breaks', JSON.stringify({ filler, secret_key: secret }, undefined, 2)],
    ['in escaped characters', JSON.stringify({ secret_key: '?', filler }).replace('?', escaped)],
  ])('%s', (_where, body) => {
    expect(isWorthParsing(body, [undefined, secret])).toBe(true)
  })

  it.each([
    ['nowhere', JSON.stringify({ filler })],
    ['only as a text', JSON.stringify({ filler, text: `"secret_key":"${secret}"` })],
    ['wrong', JSON.stringify({ filler, secret_key: `${secret}!` })],
    ['as a number', JSON.stringify({ filler, secret_key: 4711 })],
    ['cut off', `${JSON.stringify({ filler })}"secret_key":"${secret.slice(0, 4)}`],
  ])('not if the secret is %s', (_where, body) => {
    expect(isWorthParsing(body, [secret])).toBe(false)
  })
})

describe('our own part of a refused megabyte takes at most 2 ms:', () => {
  it.each([
    ['nested lists', '['.repeat(1024 * 1024)],
    ['nested objects', fit('{"a":'.repeat(300_000))],
    ['a long wrong secret', fit(`{"secret_key":"${'x'.repeat(1024 * 1024)}`)],
    ['many wrong secrets', fit('{"secret_key":"guess","x":'.repeat(50_000))],
    ['a key and spaces', fit(`{"secret_key"${' '.repeat(1024 * 1024)}`)],
    ['a key and backslashes', fit(`{"secret_key":"${'\\'.repeat(1024 * 1024)}`)],
    ['a webhook with a wrong secret', fit(JSON.stringify({ secret_key: 'guess', payload: 'x'.repeat(1_048_000) }))],
    ['beginnings of the key', fit('"secret_ke'.repeat(100_000))],
    ['letters of three bytes', `{"secret_key":"guess","x":"${'漢'.repeat(340_000)}"}`],
  ])('%s', async (_name, body) => {
    const { webhook } = createHost()
    const times: number[] = []
    for (let round = 0; round < 9; round += 1) {
      const startedMs = performance.now()
      expect((await webhook(body, 'POST')).status).toBe(401)
      times.push(performance.now() - startedMs)
    }
    const median = times.sort((a, b) => a - b)[4]
    expect(median, `median of ${times.map((ms) => ms.toFixed(2)).join()}`).toBeLessThan(2)
    expect(body).not.toContain(webhookSecret)
  })
})
