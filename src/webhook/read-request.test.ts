import { describe, expect, it } from 'vitest'
import { readRequest } from './read-request'

const megabyte = 1024 * 1024
const post = (body?: string) => readRequest({ method: 'POST', body })
/** A JSON string of at most this many bytes, filled with `unit`. */
const jsonOf = (bytes: number, unit = 'a'): string =>
  `"${unit.repeat(Math.floor((bytes - 2) / Buffer.byteLength(unit)))}"`

describe('readRequest', () => {
  it('reads a JSON body', () => {
    expect(post('{"action":"incoming_event"}')).toEqual({ ok: true, body: { action: 'incoming_event' } })
  })

  it.each(['POST', 'post', 'Post'])('accepts the method %s', (method) => {
    expect(readRequest({ method, body: '{}' })).toEqual({ ok: true, body: {} })
  })

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '', 'POSTS', ' POST'])(
    'refuses the method %j',
    (method) => {
      expect(readRequest({ method, body: '{}' })).toEqual({ ok: false, status: 405 })
    },
  )

  it.each(['null', '5', '"text"', '[]', 'true', ' {} \n'])('reads %j, which is also JSON', (body) => {
    expect(post(body)).toEqual({ ok: true, body: JSON.parse(body) as unknown })
  })

  it.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['a blank body', '  '],
    ['half a body', '{"action":'],
    ['a form', 'action=incoming_event&secret_key=x'],
    ['XML', '<action/>'],
    ['two values', '{}{}'],
    ['a trailing comma', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['a byte order mark', '\uFEFF{}'],
    ['NaN', '{"a":NaN}'],
  ])('refuses %s', (_, body) => {
    expect(post(body)).toEqual({ ok: false, status: 400 })
  })

  it('accepts a body of exactly the largest size', () => {
    expect(post(jsonOf(megabyte)).ok).toBe(true)
  })

  it('refuses a body of one byte more', () => {
    expect(post(jsonOf(megabyte + 1))).toEqual({ ok: false, status: 413 })
  })

  it('counts bytes and not characters', () => {
    const text = jsonOf(megabyte + 4, '漢')
    expect(text.length).toBeLessThan(megabyte / 2)
    expect(post(text)).toEqual({ ok: false, status: 413 })
  })

  it('checks the size before it parses', () => {
    expect(post('{'.repeat(megabyte + 1))).toEqual({ ok: false, status: 413 })
  })

  it('checks the method before the size', () => {
    expect(readRequest({ method: 'PUT', body: 'a'.repeat(megabyte + 1) })).toEqual({ ok: false, status: 405 })
  })

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('survives a body of %s nested as deeply as its size allows', (_, open, close) => {
    const depth = Math.floor((megabyte - 1) / (open.length + close.length))
    const { ok } = post(`${open.repeat(depth)}1${close.repeat(depth)}`)
    expect([true, false]).toContain(ok)
  })

  it('lets no body change what other objects inherit', () => {
    post('{"__proto__":{"polluted":true}}')
    expect({}).not.toHaveProperty('polluted')
  })
})
