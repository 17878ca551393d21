import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeMultipartFile } from './multipart'

const encode = (name: string, bytes = Buffer.from('hello'), contentType = 'text/plain') =>
  encodeMultipartFile({ name, contentType, bytes }, 'boundary-1')
const headOf = (body: Buffer): string => body.subarray(0, body.indexOf('\r\n\r\n')).toString()

describe('encodeMultipartFile', () => {
  it('writes exactly these bytes', () => {
    const { body, contentType } = encode('a.txt')
    expect(body.toString()).toBe(
      '--boundary-1\r\n' +
        'content-disposition: form-data; name="file"; filename="a.txt"\r\n' +
        'content-type: text/plain\r\n' +
        '\r\n' +
        'hello\r\n' +
        '--boundary-1--\r\n',
    )
    expect(contentType).toBe('multipart/form-data; boundary=boundary-1')
  })

  it('leaves the bytes of the file as they are', () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256))
    const { body } = encode('a.bin', bytes)
    const from = body.indexOf('\r\n\r\n') + 4
    expect(body.subarray(from, from + bytes.length).equals(bytes)).toBe(true)
  })

  it('accepts an empty file', () => {
    expect(encode('a.txt', Buffer.alloc(0)).body.toString()).toMatch(/\r\n\r\n\r\n--boundary-1--\r\n$/)
  })

  it.each([
    ['a quote', 'a"b.txt', 'a%22b.txt'],
    ['a line break', 'a\r\nb.txt', 'a%0D%0Ab.txt'],
    ['a second header', 'a"\r\ncontent-type: text/html', 'a%22%0D%0Acontent-type: text/html'],
    ['other scripts', '漢字 é.txt', '漢字 é.txt'],
  ])('keeps %s within the file name', (_, name, written) => {
    const lines = headOf(encode(name).body).split('\r\n')
    expect(lines).toEqual([
      '--boundary-1',
      `content-disposition: form-data; name="file"; filename="${written}"`,
      'content-type: text/plain',
    ])
  })

  it('keeps a line break in a content type from becoming a header', () => {
    const { body } = encode('a.txt', Buffer.from('hello'), 'text/plain\r\nx-evil: 1')
    expect(headOf(body).split('\r\n')).toHaveLength(3)
  })

  it('has three header lines for any file name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, contentType) => {
        const head = headOf(encode(name, Buffer.from('hello'), contentType).body)
        expect(head.split(/\r\n|\r|\n/)).toHaveLength(3)
        expect(head.split('\r\n')[1]?.match(/"/g)).toHaveLength(4)
      }),
    )
  })
})
