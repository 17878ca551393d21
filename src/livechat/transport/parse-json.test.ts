import { describe, expect, it } from 'vitest'
import * as z from 'zod/v4-mini'
import { parseJson } from './parse-json'
import { nothing } from '../schema'

describe('parseJson', () => {
  const schema = z.object({ a: z.object({ b: z.array(z.number()) }) })

  it('gives the parsed value', () => {
    expect(parseJson(schema, '{"a":{"b":[1,2]}}')).toEqual({ ok: true, value: { a: { b: [1, 2] } } })
  })

  it.each(['<html>', '{', 'undefined', "{'a':1}", '\u0000'])('calls %j not JSON and does not quote it', (json) => {
    expect(parseJson(schema, json)).toEqual({ ok: false, paths: ['(not JSON)'] })
  })

  it('reads an empty body, which some methods answer, as an empty object', () => {
    expect(parseJson(nothing, '')).toEqual({ ok: true, value: {} })
    expect(parseJson(schema, '')).toEqual({ ok: false, paths: ['a'] })
  })

  it('names the paths that do not fit and never their values', () => {
    const answer = parseJson(schema, '{"a":{"b":["private words"]}}')
    expect(answer).toEqual({ ok: false, paths: ['a.b.0'] })
    expect(JSON.stringify(answer)).not.toContain('private')
  })

  it.each(['null', '5', '"x"', '[]'])('names the root if the value is %s', (json) => {
    expect(parseJson(schema, json)).toEqual({ ok: false, paths: ['(root)'] })
  })
})
