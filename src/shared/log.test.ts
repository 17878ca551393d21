import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog } from './log'

const createRecorder = () => {
  const lines: string[] = []
  const write = (level: string) => (line: string) => void lines.push(`${level} ${line}`)
  return {
    lines,
    log: createLog({
      forBot: () => ({
        debug: write('debug'),
        info: write('info'),
        warn: write('warn'),
        error: write('error'),
        issue: (issue) => void lines.push(JSON.stringify(issue)),
      }),
    }),
  }
}

describe('createLog', () => {
  it.each(['debug', 'info', 'warn', 'error'] as const)(
    'writes a record of level %s at this level and no other',
    (level) => {
      const { log, lines } = createRecorder()
      log[level]('code', { id: 'x1' })
      expect(lines).toEqual([`${level} code {"id":"x1"}`])
    },
  )

  it('writes a code without fields', () => {
    const { log, lines } = createRecorder()
    log.info('code')
    expect(lines).toEqual(['info code {}'])
  })

  it('keeps numbers and booleans and leaves out undefined fields', () => {
    const { log, lines } = createRecorder()
    log.info('code', { durationMs: 12, isRepeat: false, nothing: undefined })
    expect(lines).toEqual(['info code {"durationMs":12,"isRepeat":false}'])
  })

  it('shortens a long value and marks the cut', () => {
    const { log, lines } = createRecorder()
    log.info('code', { value: 'x'.repeat(5_000) })
    expect(lines).toEqual([`info code {"value":"${'x'.repeat(200)}…"}`])
  })

  it('keeps a value of exactly the longest length', () => {
    const { log, lines } = createRecorder()
    log.info('code', { value: 'x'.repeat(200) })
    expect(lines).toEqual([`info code {"value":"${'x'.repeat(200)}"}`])
  })

  it.each([
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['a vertical tab', '\v'],
    ['a form feed', '\f'],
    ['an escape sequence', '\u001b[2J'],
    ['a one-byte escape sequence', '\u009b2J'],
    ['the next-line character', '\u0085'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a null character', '\0'],
  ])('stays on one line if a value holds %s', (_, hostile) => {
    const { log, lines } = createRecorder()
    log.info('code', { value: `a${hostile}error forged {}` })
    expect(lines[0]).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
    expect(JSON.parse(lines[0]!.slice('info code '.length))).toEqual({ value: `a${hostile}error forged {}` })
  })

  it('writes one line of readable JSON for any value', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', '"', '\\', '{', '\ud83d', '\0', '…'), maxLength: 300 }),
    )
    fc.assert(
      fc.property(hostile, (value) => {
        const { log, lines } = createRecorder()
        log.warn('code', { value })
        expect(lines).toHaveLength(1)
        expect(lines[0]).toMatch(/^warn code [^\p{Cc}\p{Zl}\p{Zp}]+$/u)
        const record = JSON.parse(lines[0]!.slice('warn code '.length)) as { value: string }
        expect(record.value.length).toBeLessThanOrEqual(201)
      }),
      { numRuns: 200 },
    )
  })

  it('writes an issue as one line of JSON, with its fields as short texts', () => {
    const { log, lines } = createRecorder()
    const texts = { code: 'code', category: 'other', title: 'Title', description: 'What to do.' } as const
    log.issue({
      ...texts,
      fields: { id: 'a\u2028b', count: 2, nothing: undefined, long: 'x'.repeat(300) },
      groupBy: ['id'],
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
    expect(JSON.parse(lines[0]!)).toEqual({
      type: 'issue',
      ...texts,
      data: { id: { raw: 'a\\u2028b' }, count: { raw: '2' }, long: { raw: `${'x'.repeat(200)}…` } },
      groupBy: ['id'],
    })
  })
})
