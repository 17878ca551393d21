import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../../test/helpers/cpu-time'
import { readDataAddress } from './data-address'

describe('readDataAddress', () => {
  it.each([
    ['Base64', 'data:image/png;base64,YWJj', 'image/png', 'abc'],
    ['capitals', 'DATA:IMAGE/PNG;BASE64,YWJj', 'image/png', 'abc'],
    ['blanks around it', ' data:image/png;base64,YWJj\n', 'image/png', 'abc'],
    ['Base64 for addresses', 'data:;base64,-_-_', '', '\xFB\xFF\xBF'],
    ['Base64 in percent signs', 'data:;base64,YWI%3D', '', 'ab'],
    ['plain text', 'data:text/plain,hello', 'text/plain', 'hello'],
    ['plain text without a type', 'data:,hello', 'text/plain', 'hello'],
    ['percent signs', 'data:,a%20%E2%82', 'text/plain', 'a \xE2\x82'],
    ['a stray percent sign', 'data:,100%', 'text/plain', '100%'],
    ['a control character before it', '\0\x1Fdata:image/png;base64,YWJj', 'image/png', 'abc'],
    ['quotes around it', '"data:image/png;base64,YWJj"', 'image/png', 'abc'],
    ['angle brackets around it', '<data:image/png;base64,YWJj>', 'image/png', 'abc'],
    ['a quote at the end of its text', 'data:text/plain,say "hi"', 'text/plain', 'say "hi"'],
    ['tabs in its name', 'da\tta\n:image/png;base64,YWJj', 'image/png', 'abc'],
    ['parameters', 'data:text/plain;charset=utf-8;base64,YWJj', 'text/plain', 'abc'],
    ['nothing', 'data:,', 'text/plain', ''],
  ])('reads %s', (_, address, contentType, bytes) => {
    expect(readDataAddress(address, 100)).toEqual({
      ok: true,
      bytes: Buffer.from(bytes, 'latin1'),
      contentType,
      fileName: undefined,
    })
  })

  it.each([
    ['data:application/pdf;name=a.pdf;base64,YWJj', 'a.pdf'],
    ['data:application/pdf;filename=M%C3%A4rz.pdf;base64,YWJj', 'März.pdf'],
  ])('finds the name in %s', (address, fileName) => {
    expect(readDataAddress(address, 100)).toMatchObject({ fileName })
  })

  it.each([
    ['no comma', 'data:image/png;base64', 'not_reachable'],
    ['no Base64', 'data:image/png;base64,!!!', 'not_reachable'],
    ['too many bytes', `data:;base64,${'YWJj'.repeat(34)}`, 'too_large'],
    ['far too many bytes', `data:,${'a'.repeat(1_000)}`, 'too_large'],
  ])('reads nothing from %s', (_, address, reason) => {
    expect(readDataAddress(address, 100)).toEqual({ ok: false, reason })
  })

  it('reads any bytes, in both forms', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (array) => {
        const bytes = Buffer.from(array)
        const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
        for (const rest of [`base64,${bytes.toString('base64')}`, `x=1,${percent}`])
          expect(readDataAddress(`data:;${rest}`, 50)).toMatchObject({ ok: true, bytes })
      }),
    )
  })

  it('reads 10 MB soon', () => {
    const content = `${'A'.repeat(13_000_000)}%41%41`
    const tookMs = cpuMs(() =>
      expect(readDataAddress(`data:;base64,${content}`, 10_000_000)).toMatchObject({ ok: true }),
    )
    expect(tookMs).toBeLessThan(3_000)
  })
})
