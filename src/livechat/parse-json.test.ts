import { describe, expect, it } from 'vitest'
import * as z from 'zod/v4-mini'
import { parseJson } from './parse-json'
import { nothing } from './schema'

describe('parseJson', () => {
  const schema = z.object({ a: z.object({ b: z.array(z.number()) }) })

  it('gives the value that fits', () => {
    expect(parseJson(schema, '{"a":{"b":[1,2]}}')).toEqual({ ok: true, value: { a: { b: [1, 2] } } })
  })

  it.each(['<html>', '{', 'undefined', "{'a':1}", '\u0000'])('calls %j no JSON without quoting it', (json) => {
    expect(parseJson(schema, json)).toEqual({ ok: false, paths: ['(not JSON)'] })
  })

  it('reads an empty body, as of methods that answer nothing, as an empty object', () => {
    expect(parseJson(nothing, '')).toEqual({ ok: true, value: {} })
    expect(parseJson(schema, '')).toEqual({ ok: false, paths: ['a'] })
  })

  it('names the paths that do not fit and never their values', () => {
    const answer = parseJson(schema, '{"a":{"b":["private words"]}}')
    expect(answer).toEqual({ ok: false, paths: ['a.b.0'] })
    expect(JSON.stringify(answer)).not.toContain('private')
  })

  it.each(['null', '5', '"x"', '[]'])('names the whole when it is %s', (json) => {
    expect(parseJson(schema, json)).toEqual({ ok: false, paths: ['(root)'] })
  })
})
